/* Giving the processor away, and making threads by hand. */
#ifndef LIBC_SCHED_H
#define LIBC_SCHED_H

#include <abi/sched.h>

int sched_yield(void);
/*
 * The child calls function(argument) on its own stack, of which `stack` is the end, and exits with
 * what that returns. Its tid, or -1. (This library is not made for threads: errno is one for all.)
 */
int clone(int (*function)(void *), void *stack, int flags, void *argument, int *parent_tid,
	void *tls, int *child_tid);

#endif
