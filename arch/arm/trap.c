/*
 * What the CPU reports, in the kernel's words. An abort is decoded and handed to vm_fault; every
 * other exception of a program becomes a signal; one of the kernel itself is a bug, unless a copy
 * routine met a bad user address.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <abi/signal.h>
#include <dev/console.h>
#include <dev/irq.h>
#include <mm/vm.h>
#include <task/task.h>

_Static_assert(sizeof(struct trap_frame) == FRAME_SIZE, "vectors.S: FRAME_SIZE");
_Static_assert(__builtin_offsetof(struct trap_frame, cpsr) == FRAME_CPSR, "vectors.S: FRAME_CPSR");

/* The fault status: ARM ARM table B3-23, short-descriptor format. */
static const struct {
	const char *name;
	enum abort_kind kind;
} aborts[32] = {
	[0x01] = {"alignment fault", ABORT_ALIGNMENT},
	[0x02] = {"breakpoint", ABORT_BREAKPOINT},
	[0x03] = {"page fault", ABORT_REFUSED}, /* access flag: of a section, of a page */
	[0x06] = {"page fault", ABORT_REFUSED},
	[0x05] = {"page fault", ABORT_MISSING}, /* translation: first level, second level */
	[0x07] = {"page fault", ABORT_MISSING},
	[0x08] = {"external abort", ABORT_OTHER},
	[0x09] = {"domain fault", ABORT_OTHER},
	[0x0b] = {"domain fault", ABORT_OTHER},
	[0x0c] = {"external abort of a table walk", ABORT_OTHER},
	[0x0e] = {"external abort of a table walk", ABORT_OTHER},
	[0x0d] = {"page fault", ABORT_REFUSED}, /* permission: of a section, of a page */
	[0x0f] = {"page fault", ABORT_REFUSED},
	[0x16] = {"asynchronous external abort", ABORT_OTHER},
};

/* Bits 10 and 3:0. */
static unsigned
abort_index(uint32_t status)
{
	return (status >> 6 & 16) | (status & 15);
}

enum abort_kind
abort_kind(uint32_t status)
{
	return aborts[abort_index(status)].kind;
}

const char *
abort_name(uint32_t status)
{
	const char *name = aborts[abort_index(status)].name;

	if (status == ABORT_NONE)
		return "undefined instruction";
	return name ? name : "unknown abort";
}

static bool
in_user_copy(const struct trap_frame *frame)
{
	return frame->pc >= (vaddr_t)uaccess_code && frame->pc < (vaddr_t)uaccess_code_end;
}

/* The kernel may touch user memory in the copy routines alone, and nothing else may fault there. */
static void
check_kernel_fault(const struct trap_frame *frame, vaddr_t address)
{
	if (!in_user_copy(frame) || address >= USER_END || !current->space)
		panic_frame(frame, "page fault in the kernel at 0x%08lx", address);
}

/* vm_fault could not mend it: somebody has to be told. */
static void
unresolved(struct trap_frame *frame, vaddr_t address, uint32_t status, int error)
{
	current->arch.fault_status = status;
	if (error == -ENOMEM)
		user_fault(arch_task_frame(current), SIGKILL, address, "out of memory");
	if (!trap_from_user(frame))
		frame->pc = (uint32_t)uaccess_failed;
	else if (error == -EFAULT)
		user_fault(frame, SIGSEGV, address, "page fault");
	else if (error == -ENXIO)
		user_fault(frame, SIGBUS, address, "page fault beyond the object's end");
	/* else a signal that kills ended its sleep: that is dealt with on the way out */
}

/* Aborts that are not the page's: the signals are those that Linux sends. */
static void
other_abort(struct trap_frame *frame, vaddr_t address, uint32_t status)
{
	current->arch.fault_status = status;
	if (!trap_from_user(frame))
		panic_frame(frame, "%s in the kernel at 0x%08lx", abort_name(status), address);
	if (abort_kind(status) == ABORT_BREAKPOINT)
		user_fault(frame, SIGTRAP, trap_pc(frame), abort_name(status));
	else
		user_fault(frame, SIGBUS, address, abort_name(status));
}

/* A user page's entry refused, or there is none. */
static void
page_fault(struct trap_frame *frame, vaddr_t address, uint32_t status, unsigned access)
{
	struct mmu *mmu;
	int error;

	if (trap_from_user(frame))
		access |= VM_USER;
	else
		check_kernel_fault(frame, address);
	mmu = &current->space->mmu;
	mmu->writing = access & VM_WRITE;
	if (unlikely(abort_kind(status) == ABORT_REFUSED)) {
		if (address < USER_END && mmu_mark(mmu, address, access & VM_WRITE))
			goto out;
		access |= VM_PRESENT;
	}
	error = vm_fault(current->space, address, access);
	if (unlikely(error))
		unresolved(frame, address, status, error);
out:
	if (unlikely(guarded) && !trap_from_user(frame))
		write_dacr(DOMAINS_OPEN); /* back into a copy routine */
}

static void
any_abort(struct trap_frame *frame, vaddr_t address, uint32_t status, unsigned access)
{
	if (likely(abort_kind(status) >= ABORT_REFUSED))
		page_fault(frame, address, status, access);
	else
		other_abort(frame, address, status);
}

/* A door for vectors.S. */
void
trap_data_abort(struct trap_frame *frame)
{
	uint32_t status = read_dfsr();

	any_abort(frame, read_dfar(), status, status & ABORT_WRITE ? VM_WRITE : VM_READ);
}

/* A door for vectors.S. */
void
trap_prefetch_abort(struct trap_frame *frame)
{
	if (!trap_from_user(frame))
		panic_frame(frame, "page fault in the kernel at 0x%08lx", trap_pc(frame));
	any_abort(frame, read_ifar(), (read_ifsr() & ~ABORT_WRITE) | ABORT_FETCH, VM_EXEC);
}

/* A door for vectors.S, which took 4 off the pc: too much in Thumb state (ARM ARM table B1-7). */
void
trap_undefined(struct trap_frame *frame)
{
	if (frame->cpsr & CPSR_THUMB)
		frame->pc += 2;
	if (!trap_from_user(frame))
		panic_frame(frame, "undefined instruction in the kernel");
	current->arch.fault_status = ABORT_NONE;
	user_fault(frame, SIGILL, trap_pc(frame), "undefined instruction");
}
