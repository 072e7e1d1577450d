/*
 * guard=1: user memory, which is domain 1 (ARM ARM B3.7.3), is shut while the kernel runs, and open
 * in the copy routines alone: an access from anywhere else panics.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <lib/bootargs.h>

bool guarded;
void (*leave_for_first_time)(void) = leave_to_user;

void
guard_init(void)
{
	if (!bootarg_number("guard", 0))
		return;
	guarded = true;
	leave_for_first_time = guarded_leave_to_user;
	write_vbar((uint32_t)guarded_vectors);
	write_dacr(DOMAINS_CLOSED);
	isb();
}
