/* Telling people what the CPU knows: registers, the last fault, where the code came from. */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>
#include <lib/symbols.h>
#include <task/task.h>

#define BACKTRACE_MAX 24

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

/* `returns`: 1 if a call returns to `pc`, which may lie behind the end of the caller; else 0. */
static void
print_place(unsigned long pc, unsigned returns)
{
	unsigned long offset;
	const char *name = symbol_name(pc - returns, &offset);

	if (name)
		kprintf("  0x%08lx  %s+0x%lx\n", pc, name, offset + returns);
	else
		kprintf("  0x%08lx\n", pc);
}

static void
print_user_place(const struct trap_frame *frame)
{
	kprintf("  0x%08x  (user)\n", frame->pc);
}

/* A saved fp is believed only where a kernel stack can be: the trace must not fault. */
static bool
is_stack_address(unsigned long fp)
{
	return fp % 4 == 0 && fp > KERNEL_BASE &&
		fp < (unsigned long)physical(memory_end()) - 4 * sizeof(uint32_t);
}

static bool
is_code(unsigned long pc)
{
	return pc >= (unsigned long)kernel_start && pc < (unsigned long)kernel_constants;
}

static bool
is_trap_code(unsigned long pc)
{
	return pc >= (unsigned long)trap_code && pc < (unsigned long)trap_code_end;
}

/*
 * The two words that a function leaves where its fp points: its caller's fp, and above it the
 * return address. clang's fp points to the lower one, gcc's to the upper.
 */
static const uint32_t *
saved_pair(unsigned long fp)
{
	const uint32_t *words = (const uint32_t *)fp;

	return is_code(words[0]) ? words - 1 : words;
}

/*
 * fp leads through the stack frames. When the caller is vectors.S, its trap frame lies right above
 * the stack frame's pair: the trace goes on in what was interrupted.
 */
void
backtrace_from(unsigned long pc, unsigned long fp, unsigned returns)
{
	for (unsigned i = 0; i < BACKTRACE_MAX && pc; i++) {
		const uint32_t *pair;
		unsigned long offset;

		print_place(pc, returns);
		if (!is_stack_address(fp))
			return;
		pair = saved_pair(fp);
		pc = pair[1];
		fp = pair[0];
		returns = 1;
		if (is_trap_code(pc)) {
			const struct trap_frame *trap = (const void *)(pair + 2);

			kprintf("  -- %s --\n", symbol_name(pc, &offset));
			if (trap_from_user(trap)) {
				print_user_place(trap);
				return;
			}
			pc = trap->pc;
			fp = trap->r[11];
			returns = 0;
		}
	}
}

void
arch_backtrace(const struct trap_frame *frame)
{
	const uint32_t *pair = saved_pair((unsigned long)__builtin_frame_address(0));

	if (!frame)
		backtrace_from(pair[1], pair[0], 1);
	else if (trap_from_user(frame))
		print_user_place(frame);
	else
		backtrace_from(frame->pc, frame->r[11], 0);
}
