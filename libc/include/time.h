/* Clocks, dates and waiting. Local time is UTC. */
#ifndef LIBC_TIME_H
#define LIBC_TIME_H

#include <abi/time.h>
#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000L

struct tm {
	int tm_sec, tm_min, tm_hour;
	int tm_mday, tm_mon, tm_year; /* 1-31, 0-11, years since 1900 */
	int tm_wday, tm_yday, tm_isdst;
	long tm_gmtoff;
	const char *tm_zone;
};

time_t time(time_t *now);
clock_t clock(void);
double difftime(time_t later, time_t earlier);
int clock_gettime(clockid_t clock, struct timespec *now);
int clock_getres(clockid_t clock, struct timespec *step);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted,
		    struct timespec *left);
int nanosleep(const struct timespec *wanted, struct timespec *left);

struct tm *gmtime(const time_t *when);
struct tm *gmtime_r(const time_t *restrict when, struct tm *restrict date);
struct tm *localtime(const time_t *when);
struct tm *localtime_r(const time_t *restrict when, struct tm *restrict date);
time_t mktime(struct tm *date);
time_t timegm(struct tm *date);
char *asctime(const struct tm *date);
char *ctime(const time_t *when);
size_t strftime(char *restrict text, size_t size, const char *restrict format,
		const struct tm *restrict date);

#endif
