/*
 * The system calls that Linux has on ARM alone (arch/arm/include/uapi/asm/unistd.h). Their numbers
 * lie far above all others, so they are no part of the table: vectors.S brings them here.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <abi/signal.h>
#include <dev/trace.h>
#include <mm/vm.h>
#include <task/task.h>

#define MACHINE_CALL 0xf0000
#define MACHINE_CALLS_END 0xf0800 /* Linux takes what lies beyond for an illegal instruction */
#define CACHEFLUSH (MACHINE_CALL + 2)
#define SET_TLS (MACHINE_CALL + 5)
#define GET_TLS (MACHINE_CALL + 6)

/*
 * Instructions were written to [start, end): let the CPU see them. The pages are reached by the
 * kernel's addresses, so those that are not there need no care.
 */
static long
flush_cache(vaddr_t start, vaddr_t end, unsigned flags)
{
	struct mmu_entry entry;

	if (flags || end < start)
		return -EINVAL;
	if (end > USER_END)
		return -EFAULT;
	for (; mmu_next(&current->space->mmu, &start, end, &entry); start += PAGE_SIZE)
		arch_sync_icache(entry.frame);
	return 0;
}

static long
set_tls(uint32_t value)
{
	current->arch.tls = value;
	write_tpidruro(value);
	return 0;
}

/* A door for vectors.S. */
void
trap_machine_call(struct trap_frame *frame)
{
	const uint32_t *r = frame->r;
	long result = -ENOSYS;

	if (syscall_number(frame) >= MACHINE_CALLS_END) {
		user_fault(frame, SIGILL, ILL_ILLTRP, trap_pc(frame) - 4, "no such system call");
		return;
	}
	if (syscall_number(frame) == CACHEFLUSH)
		result = flush_cache(r[0], r[1], r[2]);
	else if (syscall_number(frame) == SET_TLS)
		result = set_tls(r[0]);
	else if (syscall_number(frame) == GET_TLS)
		result = current->arch.tls;
	else if (trace_unknown)
		trace_call(syscall_number(frame));
	syscall_return(frame, result);
}
