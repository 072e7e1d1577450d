/* Telling people what the CPU knows: registers, the last fault, where the code came from. */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>
#include <lib/symbols.h>

#define BACKTRACE_MAX 24

void
arch_print_frame(const struct trap_frame *f)
{
	bool user = trap_from_user(f);
	/* From kernel mode the CPU saves no esp: the stack went on below the frame. */
	uint32_t esp = user ? f->esp : (uint32_t)&f->esp;

	kprintf("eax %08x  ebx %08x  ecx %08x  edx %08x\n", f->eax, f->ebx, f->ecx, f->edx);
	kprintf("esi %08x  edi %08x  ebp %08x  esp %08x\n", f->esi, f->edi, f->ebp, esp);
	kprintf("eip %08x  eflags %08x  cs %02x  vector %u  error %x\n", f->eip, f->eflags, f->cs,
		f->vector, f->error);
}

void
arch_describe_fault(const struct trap_frame *f)
{
	const char *access = f->error & FAULT_WRITE  ? "write to"
			     : read_cr2() == f->eip ? "fetch from"
						    : "read of";

	if (f->vector != VECTOR_PAGE_FAULT) {
		kprintf("%s (error 0x%x)", trap_name(f->vector), f->error);
		return;
	}
	kprintf("%s a page that %s, by %s code (error 0x%x)", access,
		f->error & FAULT_RESERVED  ? "has a broken entry"
		: f->error & FAULT_PRESENT ? "is there but refuses it"
					   : "is not there",
		f->error & FAULT_USER ? "user" : "kernel", f->error);
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
	kprintf("  0x%08x  (user)\n", frame->eip);
}

/* A saved ebp is believed only where a kernel stack can be: the trace must not fault. */
static bool
is_stack_address(unsigned long ebp)
{
	return ebp % 4 == 0 && ebp >= KERNEL_BASE &&
		ebp < KERNEL_BASE + memory_end() - 4 * sizeof(uint32_t);
}

static bool
is_trap_code(unsigned long pc)
{
	return pc >= (unsigned long)trap_code && pc < (unsigned long)trap_code_end;
}

/*
 * ebp leads through the stack frames: [0] the caller's ebp, [1] the return address, from [2] on the
 * arguments. When the caller is entry.asm, it has one argument, and behind that lies the trap
 * frame: the trace goes on in what was interrupted.
 */
void
backtrace_from(unsigned long pc, unsigned long ebp, unsigned returns)
{
	for (unsigned i = 0; i < BACKTRACE_MAX && pc; i++) {
		const uint32_t *frame = (const uint32_t *)ebp;

		print_place(pc, returns);
		if (!is_stack_address(ebp))
			return;
		pc = frame[1];
		ebp = frame[0];
		returns = 1;
		if (is_trap_code(pc)) {
			const struct trap_frame *trap = (const void *)(frame + 3);

			kprintf("  -- %s --\n", trap_name(trap->vector));
			if (trap_from_user(trap)) {
				print_user_place(trap);
				return;
			}
			pc = trap->eip;
			ebp = trap->ebp;
			returns = 0;
		}
	}
}

void
arch_backtrace(const struct trap_frame *frame)
{
	const uint32_t *here = __builtin_frame_address(0);

	if (!frame)
		backtrace_from(here[1], here[0], 1);
	else if (trap_from_user(frame))
		print_user_place(frame);
	else
		backtrace_from(frame->eip, frame->ebp, 0);
}
