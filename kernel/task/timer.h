/*
 * Timers: something to do when a time has come. Resolution: one tick (1 / HZ s), rounded up, never
 * early.
 */
#ifndef TASK_TIMER_H
#define TASK_TIMER_H

#include <lib/list.h>

struct timer {
	/* on the list of running timers, by deadline; to itself when not running */
	struct list link;
	uint64_t deadline; /* ns since boot */
	/* called from the timer interrupt: may only wake and send signals */
	void (*expire)(struct timer *timer);
};

void timer_init(struct timer *timer, void (*expire)(struct timer *timer));
/* Start, or start again with another deadline. O(timers that are due earlier). */
void timer_start(struct timer *timer, uint64_t deadline);
/* Harmless when it does not run. */
void timer_stop(struct timer *timer);
bool timer_running(const struct timer *timer);
/* Expire all that are due. The clock's tick calls it. */
void timer_tick(uint64_t now);

#endif
