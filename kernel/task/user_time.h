/*
 * Times as programs pass them: Linux's three layouts of seconds and a part of one. In the kernel a
 * time is a number of nanoseconds.
 */
#ifndef TASK_USER_TIME_H
#define TASK_USER_TIME_H

#include <lib/types.h>

enum time_layout {
	TIME_TIMEVAL,	 /* 32 bits each; microseconds, and a million of them are no error */
	TIME_TIMESPEC,	 /* 32 bits each; nanoseconds, fewer than a thousand million */
	TIME_TIMESPEC64, /* the same in 64 bits, of which the nanoseconds' upper half is padding */
};

#define TIME_LONGEST ((uint64_t)INT64_MAX) /* ns, some 292 years; what is longer becomes this */

/* 0 with *ns set, -EFAULT, -EINVAL (negative, or too large a part of a second). May sleep. */
int user_time_get(const void *user, enum time_layout layout, uint64_t *ns);
/* 0, -EFAULT. May sleep. */
int user_time_put(void *user, enum time_layout layout, uint64_t ns);

/* The clock's reading (arch_clock_ns) in `ns` from now, for wait_sleep_until; never its ~0. */
uint64_t deadline_in(uint64_t ns);
/* From now to the deadline; 0 when it is past. */
uint64_t deadline_rest(uint64_t deadline);

#endif
