/* Clocks and waiting. */
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <errno.h>
#include <limits.h>
#include <unistd.h>

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	return syscall(SYS_clock_gettime, clock, now);
}

int
clock_getres(clockid_t clock, struct timespec *step)
{
	return syscall(SYS_clock_getres, clock, step);
}

/* Unlike all others it returns the error, and leaves errno alone. */
int
clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left)
{
	int saved = errno, error = 0;

	if (syscall(SYS_clock_nanosleep, clock, flags, wanted, left) < 0)
		error = errno;
	errno = saved;
	return error;
}

int
nanosleep(const struct timespec *wanted, struct timespec *left)
{
	return syscall(SYS_nanosleep, wanted, left);
}

/* The answer is what was left when a signal came. */
unsigned
sleep(unsigned seconds)
{
	struct timespec time = {seconds, 0};

	return nanosleep(&time, &time) < 0 ? (unsigned)time.tv_sec + (time.tv_nsec > 0) : 0;
}

int
usleep(useconds_t microseconds)
{
	struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};

	return nanosleep(&time, NULL);
}

unsigned
alarm(unsigned seconds)
{
	struct itimerval new = {.it_value.tv_sec = seconds > LONG_MAX ? LONG_MAX : seconds}, old;

	setitimer(ITIMER_REAL, &new, &old);
	/* To the nearest second, but 0 means that no alarm was set. */
	if (old.it_value.tv_sec == 0 && old.it_value.tv_usec > 0)
		return 1;
	return old.it_value.tv_sec + (old.it_value.tv_usec >= 500000);
}

int
setitimer(int which, const struct itimerval *restrict new, struct itimerval *restrict old)
{
	return syscall(SYS_setitimer, which, new, old);
}

int
getitimer(int which, struct itimerval *state)
{
	return syscall(SYS_getitimer, which, state);
}

time_t
time(time_t *now)
{
	struct timespec clock;

	clock_gettime(CLOCK_REALTIME, &clock);
	if (now)
		*now = clock.tv_sec;
	return clock.tv_sec;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	return syscall(SYS_gettimeofday, now, zone);
}

/* Processor time used, in microseconds. */
clock_t
clock(void)
{
	struct timespec used;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
		return -1;
	return used.tv_sec * CLOCKS_PER_SEC + used.tv_nsec / 1000;
}

double
difftime(time_t later, time_t earlier)
{
	return (double)later - earlier;
}
