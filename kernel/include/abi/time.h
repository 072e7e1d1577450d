/* Clocks, and the two sizes of time: 32 bits in the old calls, 64 in those whose name says so. */
#ifndef ABI_TIME_H
#define ABI_TIME_H

#include <stdint.h>

#define CLOCK_REALTIME		 0
#define CLOCK_MONOTONIC		 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID	 3
#define CLOCK_MONOTONIC_RAW	 4
#define CLOCK_REALTIME_COARSE	 5
#define CLOCK_MONOTONIC_COARSE	 6
#define CLOCK_BOOTTIME		 7

#define TIMER_ABSTIME 1

struct timespec {
	long tv_sec;
	long tv_nsec;
};

struct timespec64 {
	int64_t tv_sec;
	int64_t tv_nsec;
};

struct timeval {
	long tv_sec;
	long tv_usec;
};

#define ITIMER_REAL 0

struct itimerval {
	struct timeval it_interval; /* from one ring to the next; 0: it rings once */
	struct timeval it_value;    /* until the next; 0: it does not run */
};

struct timezone {
	int tz_minuteswest;
	int tz_dsttime;
};

#endif
