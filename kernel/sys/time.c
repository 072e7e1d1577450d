/*
 * System calls: time. Linux's two sizes of it: 32 bits of seconds in the old calls, 64 in those
 * whose name says so.
 */
#include <abi/errno.h>
#include <abi/time.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/task.h>
#include <task/user_time.h>
#include "arch/arch.h"

/* 0 with *ns set, or -EINVAL. */
static int
read_clock(int clock, uint64_t *ns)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
		*ns = clock_real_ns();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
		*ns = arch_clock_ns();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*ns = process_ticks(current->process) * (NS_PER_SECOND / HZ);
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*ns = current->ticks * (NS_PER_SECOND / HZ);
		return 0;
	default:
		return -EINVAL;
	}
}

static long
give_clock(int clock, void *user, enum time_layout layout)
{
	uint64_t ns;
	int error = read_clock(clock, &ns);

	return error ? error : user_time_put(user, layout, ns);
}

long
sys_clock_gettime(int clock, void *user)
{
	return give_clock(clock, user, TIME_TIMESPEC);
}

long
sys_clock_gettime64(int clock, void *user)
{
	return give_clock(clock, user, TIME_TIMESPEC64);
}

static long
give_resolution(int clock, void *user, enum time_layout layout)
{
	uint64_t ns;
	int error = read_clock(clock, &ns);

	if (error || !user)
		return error;
	return user_time_put(user, layout, NS_PER_SECOND / HZ); /* of sleeping: a tick */
}

long
sys_clock_getres(int clock, void *user)
{
	return give_resolution(clock, user, TIME_TIMESPEC);
}

long
sys_clock_getres_time64(int clock, void *user)
{
	return give_resolution(clock, user, TIME_TIMESPEC64);
}

long
sys_time(void *user)
{
	long seconds = clock_real_ns() / NS_PER_SECOND;

	if (user && copy_to_user(user, &seconds, sizeof(seconds)))
		return -EFAULT;
	return seconds;
}

long
sys_gettimeofday(void *timeval, void *timezone)
{
	uint64_t ns = clock_real_ns();
	struct timeval time = {ns / NS_PER_SECOND, ns % NS_PER_SECOND / 1000};
	struct timezone zone = {0, 0};

	if (timeval && copy_to_user(timeval, &time, sizeof(time)))
		return -EFAULT;
	if (timezone && copy_to_user(timezone, &zone, sizeof(zone)))
		return -EFAULT;
	return 0;
}

/* Sleep until `deadline` of the monotonic clock. 0, -ERESTARTSYS. */
static int
sleep_until(uint64_t deadline)
{
	int error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, deadline);
	return error == -ETIMEDOUT ? 0 : error;
}

static long
sleep_for(const void *user, void *remaining, enum time_layout layout)
{
	uint64_t ns;
	int error = user_time_get(user, layout, &ns);
	if (error)
		return error;
	uint64_t deadline = wait_deadline(deadline_in(ns));
	if (!sleep_until(deadline))
		return 0;
	if (remaining && user_time_put(remaining, layout, deadline_rest(deadline)))
		return -EFAULT;
	return wait_again(deadline);
}

long
sys_nanosleep(const void *user, void *remaining)
{
	return sleep_for(user, remaining, TIME_TIMESPEC);
}

static long
clock_sleep(int clock, int flags, const void *user, void *remaining, enum time_layout layout)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return -EINVAL;
	if (!(flags & TIMER_ABSTIME))
		return sleep_for(user, remaining, layout);
	uint64_t deadline, booted = clock == CLOCK_REALTIME ? clock_real_ns() - arch_clock_ns() : 0;
	int error = user_time_get(user, layout, &deadline);
	if (error)
		return error;
	return deadline > booted && sleep_until(deadline - booted) ? -ERESTARTNOHAND : 0;
}

long
sys_clock_nanosleep(int clock, int flags, const void *user, void *remaining)
{
	return clock_sleep(clock, flags, user, remaining, TIME_TIMESPEC);
}

long
sys_clock_nanosleep_time64(int clock, int flags, const void *user, void *remaining)
{
	return clock_sleep(clock, flags, user, remaining, TIME_TIMESPEC64);
}
