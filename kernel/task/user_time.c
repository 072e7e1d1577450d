/* Times as programs pass them, to nanoseconds and back; deadlines. */
#include <abi/errno.h>
#include <abi/time.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/user_time.h>

#define MICROSECONDS 1000000 /* a second */

static int
read_layout(const void *user, enum time_layout layout, struct timespec64 *time)
{
	struct timespec narrow;

	if (layout == TIME_TIMESPEC64) {
		if (copy_from_user(time, user, sizeof(*time)))
			return -EFAULT;
		time->tv_nsec = (int32_t)time->tv_nsec;
		return 0;
	}
	if (copy_from_user(&narrow, user, sizeof(narrow)))
		return -EFAULT;
	*time = (struct timespec64){narrow.tv_sec, narrow.tv_nsec};
	if (layout == TIME_TIMEVAL && narrow.tv_nsec >= 0) {
		time->tv_sec += narrow.tv_nsec / MICROSECONDS;
		time->tv_nsec = narrow.tv_nsec % MICROSECONDS * 1000;
	}
	return 0;
}

int
user_time_get(const void *user, enum time_layout layout, uint64_t *ns)
{
	struct timespec64 time;
	int error = read_layout(user, layout, &time);
	if (error)
		return error;
	if (time.tv_sec < 0 || time.tv_nsec < 0 || time.tv_nsec >= (int64_t)NS_PER_SECOND)
		return -EINVAL;
	if ((uint64_t)time.tv_sec >= TIME_LONGEST / NS_PER_SECOND)
		*ns = TIME_LONGEST;
	else
		*ns = time.tv_sec * NS_PER_SECOND + time.tv_nsec;
	return 0;
}

int
user_time_put(void *user, enum time_layout layout, uint64_t ns)
{
	struct timespec64 time = {ns / NS_PER_SECOND, ns % NS_PER_SECOND};
	struct timespec narrow = {time.tv_sec, time.tv_nsec};

	if (layout == TIME_TIMESPEC64)
		return copy_to_user(user, &time, sizeof(time));
	if (layout == TIME_TIMEVAL)
		narrow.tv_nsec /= 1000;
	return copy_to_user(user, &narrow, sizeof(narrow));
}

uint64_t
deadline_in(uint64_t ns)
{
	return arch_clock_ns() + (ns < TIME_LONGEST ? ns : TIME_LONGEST);
}

uint64_t
deadline_rest(uint64_t deadline)
{
	uint64_t now = arch_clock_ns();

	return deadline > now ? deadline - now : 0;
}
