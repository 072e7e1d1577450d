/* The dispatcher: from the caller's registers to the handler and back. */
#include <abi/errno.h>
#include <dev/trace.h>
#include <lib/check.h>
#include <machine/trap_frame.h>
#include <sys/check.h>
#include <sys/dispatch.h>

typedef long (*syscall_handler)(long, long, long, long, long, long);

/*
 * The port's table, which knows a handler by its name only; the types stand in syscall.h and
 * file_calls.h (which are therefore not included here but for the door). A handler with fewer
 * arguments does not look at the others.
 */
#define SYSCALL(number, handler) extern long handler(void);
#include <syscall_table.h>
#undef SYSCALL

static const syscall_handler table[] = {
#define SYSCALL(number, handler) [number] = (syscall_handler)(void (*)(void))handler,
#include <syscall_table.h>
#undef SYSCALL
};

void
syscall_dispatch(struct trap_frame *frame)
{
	unsigned long number = syscall_number(frame);
	long result = -ENOSYS;

	if (number < ARRAY_SIZE(table) && table[number])
		result = syscall_call(frame, table[number]);
	else if (trace_unknown)
		trace_call(number);
	syscall_return(frame, result);
	if (check_enabled)
		check_laws();
}
