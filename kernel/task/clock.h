/* The time of day. */
#ifndef TASK_CLOCK_H
#define TASK_CLOCK_H

#include <lib/types.h>

#define NS_PER_SECOND 1000000000ull

/* Seconds since 1970 (UTC), of the last tick: cheap, for time stamps. */
unsigned long clock_seconds(void);
/* And the nanoseconds from then to that tick. */
unsigned long clock_second_ns(void);
/* Nanoseconds since 1970 (UTC). */
uint64_t clock_real_ns(void);
/* Once, from kmain: reads the real-time clock. */
void clock_init(void);

#endif
