/* The time of day in microseconds. */
#ifndef LIBC_SYS_TIME_H
#define LIBC_SYS_TIME_H

#include <abi/time.h>
#include <sys/select.h>
#include <sys/types.h>

int gettimeofday(struct timeval *restrict now, void *restrict zone);
int setitimer(int which, const struct itimerval *restrict new, struct itimerval *restrict old);
int getitimer(int which, struct itimerval *state);

#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timersub(a, b, result) \
	do { \
		(result)->tv_sec = (a)->tv_sec - (b)->tv_sec; \
		(result)->tv_usec = (a)->tv_usec - (b)->tv_usec; \
		if ((result)->tv_usec < 0) { \
			(result)->tv_sec--; \
			(result)->tv_usec += 1000000; \
		} \
	} while (0)

#endif
