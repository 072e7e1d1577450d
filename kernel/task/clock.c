/* The time of day: the real-time clock read once, and what has passed since. */
#include <task/clock.h>
#include <task/load.h>
#include <task/task.h>
#include <task/timer.h>
#include "arch/arch.h"

static unsigned long seconds;	 /* of the last tick */
static uint64_t next_second_ns; /* when it changes */
static uint64_t boot_ns;	 /* the time of day at boot */
static uint64_t tick_ns;	 /* since boot, of the last tick */

void
clock_init(void)
{
	boot_ns = arch_boot_seconds() * NS_PER_SECOND;
	seconds = arch_boot_seconds();
	next_second_ns = NS_PER_SECOND;
}

unsigned long
clock_seconds(void)
{
	return seconds;
}

uint64_t
clock_real_ns(void)
{
	return boot_ns + arch_clock_ns();
}

unsigned long
clock_second_ns(void)
{
	return tick_ns - (next_second_ns - NS_PER_SECOND);
}

void
clock_tick(void)
{
	uint64_t now = tick_ns = arch_clock_ns();

	while (now >= next_second_ns) {
		seconds++;
		next_second_ns += NS_PER_SECOND;
		load_second();
	}
	timer_tick(now);
	sched_tick();
}
