/* A switch between tasks is one between coroutines of the host's (coroutine.c). */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

struct task;

struct arch_context {
	struct coroutine *coroutine;
};

extern struct task *mock_current;

static inline struct task *
arch_current(void)
{
	return mock_current;
}

#endif
