/* setitimer: an alarm to the microsecond, once or again and again. */
#include "_tap.h"
#include <sys/time.h>

#define MS 1000 /* microseconds */

static struct itimerval
timer_of(long first, long next)
{
	return (struct itimerval){{0, next}, {0, first}};
}

static void
run_timer(long first, long next)
{
	struct itimerval timer = timer_of(first, next);
	must(setitimer(ITIMER_REAL, &timer, 0));
}

static long
left(void)
{
	struct itimerval now;
	must(getitimer(ITIMER_REAL, &now));
	return now.it_value.tv_sec * 1000 * MS + now.it_value.tv_usec;
}

int
main(void)
{
	struct itimerval old, wrong = timer_of(1000000, 0);
	is_int(left(), 0, "V05 no timer runs at first");
	is_int(in_child(run_timer(20 * MS, 0); sleep(5)), -SIGALRM, "V05 it rings once");

	signal(SIGALRM, SIG_IGN);
	run_timer(20 * MS, 0);
	ok(left() > 0 && left() <= 20 * MS, "V05 what is left");
	usleep(60 * MS);
	is_int(left(), 0, "V05 after the one ring it does not run");
	run_timer(20 * MS, 30 * MS);
	is_int(in_child(exit(left() != 0)), 0, "V05 a child has no timer");
	must(setitimer(ITIMER_REAL, 0, &old));
	ok(old.it_interval.tv_usec == 30 * MS && old.it_value.tv_usec > 0,
		"V05 what it was before");
	is_int(left(), 0, "V05 no value stops it");

	fails(setitimer(ITIMER_REAL, &wrong, 0), EINVAL, "V05 a million microseconds");
	fails(setitimer(99, &old, 0), EINVAL, "V05 no such timer");
	fails(setitimer(ITIMER_REAL, (void *)8, 0), EFAULT, "V08 a bad pointer");
	return done();
}
