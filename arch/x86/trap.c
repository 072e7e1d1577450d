/*
 * What the CPU reports, in the kernel's words. A page fault is decoded and handed to vm_fault;
 * every other exception of a program becomes a signal; one of the kernel itself is a bug, unless a
 * copy routine met a bad user address.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <abi/signal.h>
#include <dev/console.h>
#include <mm/vm.h>
#include <task/task.h>

_Static_assert(__builtin_offsetof(struct trap_frame, cs) == 52, "entry.asm: FRAME_CS");

/*
 * SDM vol. 3, table 6-1. signal 0: not a program's fault. The signals are those that Linux sends.
 */
static const struct exception {
	const char *name;
	int signal, code; /* 0: SI_KERNEL; < 0: the FPU knows */
} exceptions[VECTOR_IRQ] = {
	[0] = {"divide error", SIGFPE, FPE_INTDIV},
	[1] = {"debug exception", SIGTRAP, TRAP_TRACE},
	[2] = {"non-maskable interrupt", 0, 0},
	[3] = {"breakpoint", SIGTRAP, 0},
	[4] = {"overflow", SIGSEGV, 0},
	[5] = {"bound range exceeded", SIGSEGV, 0},
	[6] = {"invalid opcode", SIGILL, ILL_ILLOPN},
	[7] = {"no FPU", SIGFPE, 0},
	[10] = {"invalid task state", SIGSEGV, 0},
	[11] = {"segment not present", SIGBUS, 0},
	[12] = {"stack segment fault", SIGBUS, 0},
	[13] = {"general protection", SIGSEGV, 0},
	[14] = {"page fault", 0, 0},
	[16] = {"floating-point error", SIGFPE, -1},
	[17] = {"alignment check", SIGBUS, BUS_ADRALN},
	[18] = {"machine check", 0, 0},
	[19] = {"SIMD floating-point error", SIGFPE, -1},
};

const char *
trap_name(unsigned vector)
{
	if (vector == VECTOR_SYSCALL)
		return "system call";
	if (vector >= VECTOR_IRQ)
		return "interrupt";
	return exceptions[vector].name ? exceptions[vector].name : "unknown exception";
}

/* A door for entry.asm: every exception but page and double faults. */
void
trap_exception(struct trap_frame *frame)
{
	const char *name = trap_name(frame->vector);
	int signal = exceptions[frame->vector].signal, code = exceptions[frame->vector].code;

	if (!trap_from_user(frame) || !signal)
		panic_frame(frame, "%s in the kernel", name);
	if (code < 0)
		code = fpu_error_code(frame->vector == VECTOR_SIMD);
	current->arch.fault.vector = frame->vector;
	current->arch.fault.error = frame->error;
	user_fault(frame, signal, code ? code : SI_KERNEL, trap_pc(frame), name);
}

/* The CPU's bits of a page fault in our words. */
static const uint8_t access_words[] = {
	[0] = VM_READ,
	[FAULT_PRESENT] = VM_READ | VM_PRESENT,
	[FAULT_WRITE] = VM_WRITE,
	[FAULT_WRITE | FAULT_PRESENT] = VM_WRITE | VM_PRESENT,
	[FAULT_USER] = VM_USER | VM_READ,
	[FAULT_USER | FAULT_PRESENT] = VM_USER | VM_READ | VM_PRESENT,
	[FAULT_USER | FAULT_WRITE] = VM_USER | VM_WRITE,
	[FAULT_USER | FAULT_WRITE | FAULT_PRESENT] = VM_USER | VM_WRITE | VM_PRESENT,
};

/* Without an NX bit the CPU does not tell a fetch from a read, but a fetch faults at the pc. */
static unsigned
access_of(const struct trap_frame *frame, vaddr_t address)
{
	unsigned access = access_words[frame->error % ARRAY_SIZE(access_words)];

	if (unlikely(address == trap_pc(frame)) && access & VM_READ)
		access ^= VM_READ | VM_EXEC;
	return access;
}

static bool
in_user_copy(const struct trap_frame *frame)
{
	return frame->eip >= (vaddr_t)uaccess_code && frame->eip < (vaddr_t)uaccess_code_end;
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
unresolved(struct trap_frame *frame, vaddr_t address, int error)
{
	/*
	 * vm_fault may have slept, and others faulted: arch_describe_fault wants to see this
	 * fault's address.
	 */
	write_cr2(address);

	current->arch.fault = (struct last_fault){frame->vector, frame->error, address};
	if (trap_from_user(frame) || error == -ENOMEM)
		user_page_fault(arch_task_frame(current), address, error);
	if (!trap_from_user(frame))
		frame->eip = (uint32_t)uaccess_failed;
}

/* A door for entry.asm. */
void
trap_page_fault(struct trap_frame *frame)
{
	vaddr_t address = read_cr2();
	int error;

	if (!trap_from_user(frame))
		check_kernel_fault(frame, address);
	error = vm_fault(current->space, address, access_of(frame, address));
	if (unlikely(error))
		unresolved(frame, address, error);
}
