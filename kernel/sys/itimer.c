/* System calls: the timer that rings by a signal, once or again and again. */
#include <abi/errno.h>
#include <abi/time.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/task.h>
#include "arch/arch.h"

#define NS_PER_MICROSECOND 1000ull

static bool
is_valid(const struct timeval *time)
{
	return time->tv_sec >= 0 && time->tv_usec >= 0 && time->tv_usec < 1000000;
}

static uint64_t
to_ns(const struct timeval *time)
{
	return time->tv_sec * NS_PER_SECOND + time->tv_usec * NS_PER_MICROSECOND;
}

/* Rounded up: what still runs never shows as 0, which would mean that it does not. */
static struct timeval
to_timeval(uint64_t ns)
{
	ns += NS_PER_MICROSECOND - 1;
	return (struct timeval){ns / NS_PER_SECOND, ns % NS_PER_SECOND / NS_PER_MICROSECOND};
}

static struct itimerval
state_of(const struct process *process, uint64_t now)
{
	const struct timer *alarm = &process->alarm;
	struct itimerval state = {.it_interval = to_timeval(process->alarm_interval)};

	if (timer_running(alarm))
		state.it_value = to_timeval(alarm->deadline > now ? alarm->deadline - now : 1);
	return state;
}

/* Only real time is measured exactly enough to ring by: the other two timers are not there. */
long
sys_setitimer(int which, const struct itimerval *user, struct itimerval *old)
{
	struct process *process = current->process;
	struct itimerval new = {0};
	uint64_t now = arch_clock_ns();

	if (user && copy_from_user(&new, user, sizeof(new)))
		return -EFAULT;
	if (which != ITIMER_REAL || !is_valid(&new.it_value) || !is_valid(&new.it_interval))
		return -EINVAL;
	struct itimerval before = state_of(process, now);
	timer_stop(&process->alarm);
	process->alarm_interval = to_ns(&new.it_interval);
	if (to_ns(&new.it_value))
		timer_start(&process->alarm, now + to_ns(&new.it_value));
	return old && copy_to_user(old, &before, sizeof(before)) ? -EFAULT : 0;
}

long
sys_getitimer(int which, struct itimerval *user)
{
	if (which != ITIMER_REAL)
		return -EINVAL;
	struct itimerval state = state_of(current->process, arch_clock_ns());
	return copy_to_user(user, &state, sizeof(state));
}

/* To the nearest second, but 0 means that no alarm is set. */
static unsigned long
seconds_left(const struct timer *alarm, uint64_t now)
{
	if (!timer_running(alarm))
		return 0;
	uint64_t rest = alarm->deadline > now ? alarm->deadline - now : 0;
	return rest < NS_PER_SECOND ? 1 : (rest + NS_PER_SECOND / 2) / NS_PER_SECOND;
}

long
sys_alarm(unsigned seconds)
{
	struct timer *alarm = &current->process->alarm;
	uint64_t now = arch_clock_ns();
	unsigned long left = seconds_left(alarm, now);

	if (seconds > INT32_MAX)
		seconds = INT32_MAX;
	timer_stop(alarm);
	current->process->alarm_interval = 0;
	if (seconds)
		timer_start(alarm, now + seconds * NS_PER_SECOND);
	return left;
}
