/* What a switch between tasks saves, and how the running task is found. */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

#include <lib/types.h>
#include <machine/page.h>

struct task;

#define TLS_SLOTS 3

/* The last exception that became a signal: handlers may look at it. */
struct last_fault {
	uint32_t vector, error; /* the CPU's words */
	vaddr_t address;	/* of a page fault */
};

struct arch_context {
	uint32_t esp;			 /* the kernel stack pointer while not running */
	uint32_t gs;			 /* the user's gs and fs: the kernel does not touch them */
	uint32_t fs;
	uint64_t tls[TLS_SLOTS];	 /* set_thread_area's descriptors */
	struct last_fault fault;
	uint8_t fpu[512] __attribute__((aligned(16))); /* fxsave's area */
};

/*
 * The running task: its struct lies at the bottom of the kernel stack in use, so the CPU itself
 * knows.
 */
static inline struct task *
arch_current(void)
{
	struct task *task;
	__asm__("movl %%esp, %0\n\tandl %1, %0" : "=&r"(task) : "i"(-(long)KSTACK_SIZE));
	return task;
}

#endif
