/* What a switch between tasks saves, and how the running task is found. */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

#include <lib/types.h>
#include <machine/page.h>

struct task;

/* VFP's and NEON's registers. */
struct fpu_state {
	uint64_t d[32];
	uint32_t fpscr;
};

struct arch_context {
	uint32_t sp;	       /* the kernel stack pointer while not running */
	uint32_t tls;	       /* the thread pointer: a program reads it, set_tls sets it */
	uint32_t tls_writable; /* the thread register that a program writes itself */
	/* of the last fault that became a signal: for its report, and for handlers */
	uint32_t fault_status;
	vaddr_t fault_address;
	struct fpu_state fpu;
};

/*
 * The running task: its struct lies at the bottom of the kernel stack in use, so the CPU itself
 * knows.
 */
static inline struct task *
arch_current(void)
{
	struct task *task;
	__asm__("mov %0, sp\n\tbfc %0, #0, %1" : "=r"(task) : "i"(PAGE_SHIFT + KSTACK_ORDER));
	return task;
}

#endif
