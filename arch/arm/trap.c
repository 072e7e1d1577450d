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

/* The fault status, bits 10 and 3:0 (ARM ARM table B3-23, short-descriptor format). */
#define STATUS(status) ((status >> 6 & 16) | (status & 15))
static const char *const abort_names[32] = {
	[0x01] = "alignment fault",
	[0x02] = "breakpoint",
	[0x03] = "page fault", /* access flag: of a section, of a page */
	[0x06] = "page fault",
	[0x05] = "page fault", /* translation: first level, second level */
	[0x07] = "page fault",
	[0x08] = "external abort",
	[0x09] = "domain fault",
	[0x0b] = "domain fault",
	[0x0c] = "external abort of a table walk",
	[0x0e] = "external abort of a table walk",
	[0x0d] = "page fault", /* permission: of a section, of a page */
	[0x0f] = "page fault",
	[0x16] = "asynchronous external abort",
};

/* 0x05 and 0x07, by far the most frequent. */
static bool
is_missing(uint32_t status)
{
	return (status & 0x40d) == 0x05;
}

enum abort_kind
abort_kind(uint32_t status)
{
	switch (STATUS(status)) {
	case 0x05:
	case 0x07:
		return ABORT_MISSING;
	case 0x03:
	case 0x06:
	case 0x0d:
	case 0x0f:
		return ABORT_REFUSED;
	case 0x01:
		return ABORT_ALIGNMENT;
	case 0x02:
		return ABORT_BREAKPOINT;
	default:
		return ABORT_OTHER;
	}
}

const char *
abort_name(uint32_t status)
{
	const char *name = abort_names[STATUS(status)];

	if (status == ABORT_NONE)
		return "undefined instruction";
	return name ? name : "unknown abort";
}

static bool
in_user_copy(const struct trap_frame *frame)
{
	return frame->pc >= (vaddr_t)uaccess_code && frame->pc < (vaddr_t)uaccess_code_end;
}

/* vm_fault could not mend it: somebody has to be told. */
static void
unresolved(struct trap_frame *frame, vaddr_t address, uint32_t status, int error)
{
	current->arch.fault_status = status;
	current->arch.fault_address = address;
	if (trap_from_user(frame) || error == -ENOMEM)
		user_page_fault(arch_task_frame(current), address, error);
	if (!trap_from_user(frame))
		frame->pc = (uint32_t)uaccess_failed;
}

/* A program's abort that is not the page's: the signals are those that Linux sends. */
static void
other_abort(struct trap_frame *frame, vaddr_t address, uint32_t status)
{
	current->arch.fault_status = status;
	current->arch.fault_address = address;
	if (abort_kind(status) == ABORT_BREAKPOINT)
		user_fault(frame, SIGTRAP, TRAP_HWBKPT, trap_pc(frame), abort_name(status));
	else if (abort_kind(status) == ABORT_ALIGNMENT)
		user_fault(frame, SIGBUS, BUS_ADRALN, address, abort_name(status));
	else
		user_fault(frame, SIGBUS, BUS_OBJERR, address, abort_name(status));
}

/* 0, or why the page cannot be had. */
static int
page_fault(vaddr_t address, uint32_t status, unsigned access)
{
	struct space *space = current->space;

	space->mmu.writing = access & VM_WRITE;
	if (unlikely(!is_missing(status))) {
		if (address < USER_END && mmu_mark(&space->mmu, address, access & VM_WRITE))
			return 0;
		access |= VM_PRESENT;
	}
	return vm_fault(space, address, access);
}

static void
user_abort(struct trap_frame *frame, vaddr_t address, uint32_t status, unsigned access)
{
	int error;

	if (unlikely(!is_missing(status)) && abort_kind(status) < ABORT_REFUSED) {
		other_abort(frame, address, status);
		return;
	}
	error = page_fault(address, status, access | VM_USER);
	if (unlikely(error))
		unresolved(frame, address, status, error);
}

/* The kernel may touch user memory in the copy routines alone, and nothing else may fault there. */
static void
kernel_abort(struct trap_frame *frame, vaddr_t address, uint32_t status, unsigned access)
{
	int error;

	if (!in_user_copy(frame) || address >= USER_END || !current->space ||
		abort_kind(status) < ABORT_REFUSED)
		panic_frame(frame, "%s in the kernel at 0x%08lx", abort_name(status), address);
	error = page_fault(address, status, access);
	if (error)
		unresolved(frame, address, status, error);
	if (guarded)
		write_dacr(DOMAINS_OPEN); /* back into a copy routine */
}

/* A door for vectors.S. */
void
trap_data_abort(struct trap_frame *frame)
{
	uint32_t status = read_dfsr();
	unsigned access = status & ABORT_WRITE ? VM_WRITE : VM_READ;

	if (likely(trap_from_user(frame)))
		user_abort(frame, read_dfar(), status, access);
	else
		kernel_abort(frame, read_dfar(), status, access);
}

/* A door for vectors.S. */
void
trap_prefetch_abort(struct trap_frame *frame)
{
	uint32_t status = (read_ifsr() & ~ABORT_WRITE) | ABORT_FETCH;

	if (!trap_from_user(frame))
		panic_frame(frame, "%s in the kernel at 0x%08lx", abort_name(status),
			trap_pc(frame));
	user_abort(frame, read_ifar(), status, VM_EXEC);
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
	user_fault(frame, SIGILL, ILL_ILLOPC, trap_pc(frame), "undefined instruction");
}
