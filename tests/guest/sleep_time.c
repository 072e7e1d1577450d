/* nanosleep sleeps as long as it should; the clocks run forward and agree. */
#include "_tap.h"
#include <sys/time.h>

static long long
now_ns(clockid_t clock)
{
	struct timespec t;
	must(clock_gettime(clock, &t));
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static long
sleep_us(long us)
{
	struct timespec t = {us / 1000000, us % 1000000 * 1000};
	long long before = now_ns(CLOCK_MONOTONIC);
	must(nanosleep(&t, 0));
	return (now_ns(CLOCK_MONOTONIC) - before) / 1000;
}

#define sleep_until(clock, seconds) \
	must(syscall(SYS_clock_nanosleep, clock, 1 /* TIMER_ABSTIME */, \
		&(struct timespec){seconds, 0}, 0))
#define nap(seconds, ns) nanosleep(&(struct timespec){seconds, ns}, 0)

int
main(void)
{
	long slept;
	ok(sleep_us(0) < 100000, "V05 no time at all");
	ok(sleep_us(1) >= 1, "V05 a microsecond, at least");
	ok((slept = sleep_us(20000)) >= 20000 && slept < 200000, "V05 20 ms");
	ok((slept = sleep_us(300000)) >= 300000 && slept < 600000, "V05 300 ms");
	ok((slept = sleep_us(1050000)) >= 1050000 && slept < 1500000, "V05 more than a second");
	fails(nap(0, 1000000000), EINVAL, "V05 a billion nanoseconds");
	fails(nap(0, -1), EINVAL, "V05 negative nanoseconds");
	fails(nap(-1, 0), EINVAL, "V05 negative seconds");
	fails(syscall(SYS_nanosleep, 0, 0), EFAULT, "V08 from null");
	is_int(in_child(alarm(2); sleep_until(CLOCK_REALTIME, 0)), 0, "V05 until 1970: it is past");
	is_int(in_child(alarm(2); sleep_until(CLOCK_MONOTONIC, 0)), 0, "V05 until the boot too");
	is_int(in_child(alarm(1); sleep_until(CLOCK_REALTIME, 0x7fffffff)), -SIGALRM,
		"V05 until 2038: not yet");

	long long last = 0;
	int backwards = 0;
	for (int i = 0; i < 20000; i++) {
		long long t = now_ns(CLOCK_MONOTONIC);
		backwards += t < last;
		last = t;
	}
	is_int(backwards, 0, "V05 CLOCK_MONOTONIC never goes back");
	struct timespec t;
	int odd = 0;
	for (int i = 0; i < 1000; i++)
		odd += clock_gettime(CLOCK_MONOTONIC, &t) != 0 || t.tv_nsec < 0 ||
		       t.tv_nsec > 999999999;
	is_int(odd, 0, "V05 nanoseconds stay below a second");

	long long real = now_ns(CLOCK_REALTIME), mono = now_ns(CLOCK_MONOTONIC);
	usleep(200000);
	real = now_ns(CLOCK_REALTIME) - real;
	mono = now_ns(CLOCK_MONOTONIC) - mono;
	ok(real - mono < 50000000 && mono - real < 50000000, "V05 the two clocks run alike");
	ok(now_ns(CLOCK_REALTIME) > 1700000000000000000ll, "V05 CLOCK_REALTIME knows the date");
	struct timeval day;
	must(gettimeofday(&day, 0));
	long apart = day.tv_sec - time(0);
	ok(apart >= -1 && apart <= 1, "V05 gettimeofday and time agree");
	fails(clock_gettime(99, &t), EINVAL, "V05 no such clock");
	fails(syscall(SYS_clock_gettime, CLOCK_REALTIME, 8), EFAULT,
		"V08 clock_gettime into page 0");

	/* Three who sleep at once wake in the order of their times. */
	volatile int *order = shared_pages(1);
	for (int i = 3; i >= 1; i--)
		spawn(sleep_us(i * 100000); order[0] = order[0] * 10 + i);
	while (wait(0) > 0)
		;
	is_int(order[0], 123, "V05 three sleepers wake in order");
	return done();
}
