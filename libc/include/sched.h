/* Giving the processor away. */
#ifndef LIBC_SCHED_H
#define LIBC_SCHED_H

int sched_yield(void);

#endif
