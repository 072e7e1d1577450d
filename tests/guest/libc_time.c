/* Dates against known ones, and clocks against each other. */
#include "_tap.h"
#include <sys/time.h>

static void
is_date(time_t when, const char *want)
{
	char got[64];
	strftime(got, sizeof(got), "%Y-%m-%d %H:%M:%S %a %j", gmtime(&when));
	if (!ok(strcmp(got, want) == 0, "the second %ld is %s", (long)when, want))
		note("it is said to be %s", got);
}

static void
dates(void)
{
	is_date(0, "1970-01-01 00:00:00 Thu 001");
	is_date(-1, "1969-12-31 23:59:59 Wed 365");
	is_date(951782400, "2000-02-29 00:00:00 Tue 060");
	is_date(951868800, "2000-03-01 00:00:00 Wed 061");
	is_date(1735689599, "2024-12-31 23:59:59 Tue 366");
	is_date(2147483647, "2038-01-19 03:14:07 Tue 019");

	int wrong = 0;
	for (time_t when = -2000000000; when < 2000000000; when += 7654321) {
		struct tm date = *gmtime(&when);
		wrong += timegm(&date) != when;
	}
	is_int(wrong, 0, "timegm is the way back");
	struct tm late = {.tm_year = 100, .tm_mon = 14, .tm_mday = -3, .tm_hour = 25};
	is_int(timegm(&late), 983149200, "timegm takes fields out of their range");
	ok(late.tm_mon == 1 && late.tm_mday == 26 && late.tm_hour == 1, "and puts them right");
}

static void
texts(void)
{
	time_t when = 1000000000;
	char text[64];
	ok(!strcmp(asctime(gmtime(&when)), "Sun Sep  9 01:46:40 2001\n"), "asctime");
	is_int(strftime(text, sizeof(text), "%A %B %e, %I:%M %p %y%%", gmtime(&when)), 33,
		"strftime: its length");
	ok(!strcmp(text, "Sunday September  9, 01:46 AM 01%"), "strftime: its text");
	is_int(strftime(text, 5, "%Y-%m", gmtime(&when)), 0, "strftime: too little room");
}

static long long
nanoseconds(clockid_t clock)
{
	struct timespec now;
	must(clock_gettime(clock, &now));
	return now.tv_sec * 1000000000ll + now.tv_nsec;
}

static void
clocks(void)
{
	struct timeval day;
	struct timespec step, bad = {0, 1000000000};
	long long before = nanoseconds(CLOCK_MONOTONIC);
	ok(usleep(20000) == 0, "usleep");
	long long slept = nanoseconds(CLOCK_MONOTONIC) - before;
	ok(slept >= 20000000 && slept < 2000000000, "it slept as long as it was told");
	must(gettimeofday(&day, 0));
	ok(labs(time(0) - day.tv_sec) <= 1, "time and gettimeofday agree");
	ok(time(0) > 1700000000, "the clock is set");
	ok(clock_getres(CLOCK_MONOTONIC, &step) == 0 && step.tv_sec == 0, "clock_getres");
	fails(nanosleep(&bad, 0), EINVAL, "nanosleep: a second in nanoseconds");
	fails(clock_gettime(99, &step), EINVAL, "clock_gettime: no such clock");
	clock_t used = clock();
	for (volatile int i = 0; i < 30000000; i++)
		;
	ok(clock() > used, "clock counts the work of this process");
}

int
main(void)
{
	dates();
	texts();
	clocks();
	return done();
}
