/*
 * Where the kernel came from: frame pointers lead from each function to its caller. What a function
 * leaves on the stack, and where a trap frame lies, is the port's to know (its describe.c).
 */
#include "arch/arch.h"
#include "common.h"
#include <dev/console.h>
#include <lib/symbols.h>

#define BACKTRACE_MAX 24

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
	kprintf("  0x%08lx  (user)\n", trap_pc(frame));
}

/* A saved frame pointer is believed only where a kernel stack can be: the trace must not fault. */
static bool
is_stack_address(unsigned long fp)
{
	return fp % sizeof(long) == 0 && fp > KERNEL_BASE &&
		fp < (unsigned long)physical(memory_end()) - 4 * sizeof(long);
}

static bool
is_trap_code(unsigned long pc)
{
	return pc >= (unsigned long)trap_code && pc < (unsigned long)trap_code_end;
}

/* When the caller is the port's entry, the trace goes on in what was interrupted. */
void
backtrace_from(unsigned long pc, unsigned long fp, unsigned returns)
{
	for (unsigned i = 0; i < BACKTRACE_MAX && pc; i++) {
		const struct saved_call *call;

		print_place(pc, returns);
		if (!is_stack_address(fp))
			return;
		call = saved_call(fp);
		pc = call->pc;
		fp = call->fp;
		returns = 1;
		if (is_trap_code(pc)) {
			const struct trap_frame *trap = trap_above(call);

			kprintf("  -- %s --\n", trap_words(trap, pc));
			if (trap_from_user(trap)) {
				print_user_place(trap);
				return;
			}
			pc = trap_pc(trap);
			fp = trap_fp(trap);
			returns = 0;
		}
	}
}

void
arch_backtrace(const struct trap_frame *frame)
{
	const struct saved_call *here = saved_call((unsigned long)__builtin_frame_address(0));

	if (!frame)
		backtrace_from(here->pc, here->fp, 1);
	else if (trap_from_user(frame))
		print_user_place(frame);
	else
		backtrace_from(trap_pc(frame), trap_fp(frame), 0);
}
