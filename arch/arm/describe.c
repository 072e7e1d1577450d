/* Telling people what the CPU knows: registers, the last fault, what lies on a kernel stack. */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>
#include <lib/symbols.h>
#include <task/task.h>

void
arch_print_frame(const struct trap_frame *f)
{
	bool user = trap_from_user(f);
	/* The kernel's own stack goes on below the frame. */
	uint32_t sp = user ? f->sp : (uint32_t)(f + 1);

	for (unsigned i = 0; i < 12; i += 4)
		kprintf("r%-2u %08x  r%-2u %08x  r%-2u %08x  r%-2u %08x\n", i, f->r[i], i + 1,
			f->r[i + 1], i + 2, f->r[i + 2], i + 3, f->r[i + 3]);
	kprintf("r12 %08x  sp  %08x  lr  %08x  pc  %08x  cpsr %08x\n", f->r[12], sp,
		user ? f->lr : f->kernel_lr, f->pc, f->cpsr);
}

void
arch_describe_fault(const struct trap_frame *f)
{
	uint32_t status = current->arch.fault_status;
	const char *access = status & ABORT_FETCH   ? "fetch from"
			     : status & ABORT_WRITE ? "write to"
						    : "read of";

	if (abort_kind(status) < ABORT_REFUSED) {
		kprintf("%s (status 0x%x)", abort_name(status), status & 0xffff);
		return;
	}
	kprintf("%s a page that %s, by %s code (status 0x%x)", access,
		abort_kind(status) == ABORT_REFUSED ? "is there but refuses it" : "is not there",
		trap_from_user(f) ? "user" : "kernel", status & 0xffff);
}

static bool
is_code(unsigned long pc)
{
	return pc >= (unsigned long)kernel_start && pc < (unsigned long)kernel_constants;
}

/*
 * The two words that a function leaves where its fp points: its caller's fp, and above it the
 * return address. clang's fp points to the lower one, gcc's to the upper.
 */
const struct saved_call *
saved_call(unsigned long fp)
{
	const uint32_t *words = (const uint32_t *)fp;

	return (const struct saved_call *)(is_code(words[0]) ? words - 1 : words);
}

/* vectors.S has pushed nothing between the trap frame and its call. */
const struct trap_frame *
trap_above(const struct saved_call *call)
{
	return (const struct trap_frame *)(call + 1);
}

/* Each exception has an entry of its own, which says it. */
const char *
trap_words(const struct trap_frame *frame, unsigned long entry)
{
	unsigned long offset;

	(void)frame;
	return symbol_name(entry, &offset);
}
