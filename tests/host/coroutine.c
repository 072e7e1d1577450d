/* Coroutines by the C library's ucontext: deterministic, and AddressSanitizer can follow. */
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>
#include "coroutine.h"

#define STACK_SIZE (256 * 1024)

struct coroutine {
	ucontext_t context;
	char *stack;
	void (*entry)(void *);
	void *argument;
};

static struct coroutine *starting; /* a pointer does not fit into makecontext's int */

static void
start(void)
{
	starting->entry(starting->argument);
	abort(); /* an entry never returns */
}

struct coroutine *
coroutine_create(void (*entry)(void *), void *argument)
{
	struct coroutine *coroutine = calloc(1, sizeof(*coroutine));

	if (!entry)
		return coroutine;
	coroutine->entry = entry;
	coroutine->argument = argument;
	coroutine->stack = malloc(STACK_SIZE);
	getcontext(&coroutine->context);
	coroutine->context.uc_stack.ss_sp = coroutine->stack;
	coroutine->context.uc_stack.ss_size = STACK_SIZE;
	makecontext(&coroutine->context, start, 0);
	return coroutine;
}

void
coroutine_free(struct coroutine *coroutine)
{
	free(coroutine->stack);
	free(coroutine);
}

void
coroutine_switch(struct coroutine *from, struct coroutine *to)
{
	starting = to;
	swapcontext(&from->context, &to->context);
}
