/* The dispatcher: from the caller's registers to the handler and back. */
#include <abi/errno.h>
#include <dev/trace.h>
#include <lib/check.h>
#include <sys/check.h>
#include <sys/dispatch.h>
#include <task/task.h>
#include "arch/arch.h"

typedef long (*syscall_handler)(long, long, long, long, long, long);
#define HANDLER(function) ((syscall_handler)(void (*)(void))(function))

/* What the table has where Linux may have a call, and nopage has none. */
static long
sys_unknown(void)
{
	if (trace_unknown)
		trace_call(syscall_number(arch_task_frame(current)));
	return -ENOSYS;
}

/*
 * The port's table, which knows a handler by its name only; the types stand in syscall.h and
 * file_calls.h (which are therefore not included here but for the door). A handler with fewer
 * arguments does not look at the others.
 */
#define SYSCALL(number, handler) extern long handler(void);
#include <syscall_table.h>
#undef SYSCALL

static const syscall_handler table[] = {
#define SYSCALL(number, handler) [number] = HANDLER(handler),
#include <syscall_table.h>
#undef SYSCALL
};

void
syscall_dispatch(struct trap_frame *frame)
{
	unsigned long number = syscall_number(frame);
	bool listed = number < ARRAY_SIZE(table);
	syscall_handler handler = listed ? table[number] : HANDLER(sys_unknown);

	syscall_return(frame, syscall_call(frame, handler));
	if (check_enabled)
		check_laws();
}
