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

static struct timespec
to_timespec(uint64_t ns)
{
	return (struct timespec){ns / NS_PER_SECOND, ns % NS_PER_SECOND};
}

long
sys_clock_gettime(int clock, void *user)
{
	uint64_t ns;
	int error = read_clock(clock, &ns);
	if (error)
		return error;
	struct timespec time = to_timespec(ns);
	return copy_to_user(user, &time, sizeof(time));
}

long
sys_clock_gettime64(int clock, void *user)
{
	uint64_t ns;
	int error = read_clock(clock, &ns);
	if (error)
		return error;
	struct timespec64 time = {ns / NS_PER_SECOND, ns % NS_PER_SECOND};
	return copy_to_user(user, &time, sizeof(time));
}

long
sys_clock_getres(int clock, void *user)
{
	struct timespec resolution = {0, NS_PER_SECOND / HZ}; /* of sleeping: a tick */
	uint64_t ns;
	int error = read_clock(clock, &ns);
	if (error || !user)
		return error;
	return copy_to_user(user, &resolution, sizeof(resolution));
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

/* Sleep until `deadline` of the monotonic clock. */
static int
sleep_until(uint64_t deadline)
{
	int error;

	do
		error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, deadline);
	while (!error); /* slept, and not to the end: it was stopped and continued */
	return error == -ETIMEDOUT ? 0 : error;
}

/* 0 with *ns set, -EFAULT or -EINVAL. */
static int
read_timespec(const void *user, uint64_t *ns)
{
	struct timespec time;

	if (copy_from_user(&time, user, sizeof(time)))
		return -EFAULT;
	if (time.tv_sec < 0 || time.tv_nsec < 0 || time.tv_nsec >= (long)NS_PER_SECOND)
		return -EINVAL;
	*ns = time.tv_sec * NS_PER_SECOND + time.tv_nsec;
	return 0;
}

long
sys_nanosleep(const void *user, void *remaining)
{
	uint64_t deadline;
	int error = read_timespec(user, &deadline);
	if (error)
		return error;
	deadline += arch_clock_ns();
	error = sleep_until(deadline);
	if (error && remaining) {
		uint64_t now = arch_clock_ns();
		struct timespec left = to_timespec(deadline > now ? deadline - now : 0);
		if (copy_to_user(remaining, &left, sizeof(left)))
			return -EFAULT;
	}
	return error;
}

long
sys_clock_nanosleep(int clock, int flags, const void *user, void *remaining)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return -EINVAL;
	if (!(flags & TIMER_ABSTIME))
		return sys_nanosleep(user, remaining);
	uint64_t deadline, booted = clock == CLOCK_REALTIME ? clock_real_ns() - arch_clock_ns() : 0;
	int error = read_timespec(user, &deadline);
	if (error)
		return error;
	return deadline > booted ? sleep_until(deadline - booted) : 0;
}
