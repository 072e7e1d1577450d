/* Telling people what the CPU knows: registers, the last fault, what lies on a kernel stack. */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>

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

/* ebp points to the caller's ebp, above which lies the return address. */
const struct saved_call *
saved_call(unsigned long ebp)
{
	return (const struct saved_call *)ebp;
}

/* entry.asm calls with one argument; behind that lies the trap frame. */
const struct trap_frame *
trap_above(const struct saved_call *call)
{
	const uint32_t *argument = (const uint32_t *)(call + 1);

	return (const struct trap_frame *)(argument + 1);
}

const char *
trap_words(const struct trap_frame *frame, unsigned long entry)
{
	(void)entry;
	return trap_name(frame->vector);
}
