/*
 * Sleeping. A task leaves the kernel only by returning or by sleeping on a wait queue; since
 * interrupts are off and there is one kernel lock, nothing happens between looking at a condition
 * and going to sleep on it. So the pattern is always
 *
 *     while (!condition) {
 *             error = wait_sleep(&queue, SLEEP_INTERRUPTIBLE);
 *             if (error) return error;
 *             // slept: look again, everything may have changed
 *     }
 *
 * This is the one header of task/ that lower rooms (mm) may include: a nopage may sleep.
 */
#ifndef TASK_WAIT_H
#define TASK_WAIT_H

#include <lib/list.h>

struct wait_queue {
	struct list sleepers;
};

#define WAIT_QUEUE_INIT(name)                                                                      \
	{                                                                                          \
		LIST_INIT((name).sleepers)                                                         \
	}

static inline void
wait_queue_init(struct wait_queue *queue)
{
	list_init(&queue->sleepers);
}

enum sleep {
	SLEEP_INTERRUPTIBLE, /* any signal that is not ignored wakes it */
	SLEEP_KILLABLE,	     /* only a signal that kills the task ends it */
};

/*
 * The kernel's own errors, of calls that a signal has interrupted. On the way out, when it is known
 * what the signal does, they become EINTR, or the call is made again: always if there was no
 * handler to call (stops, signals that are ignored by now), and else …
 */
#define ERESTARTSYS 512		  /* … if it has SA_RESTART */
#define ERESTARTNOHAND 514	  /* … never */
#define ERESTART_RESTARTBLOCK 516 /* … never; and then no longer than to the first deadline */

/*
 * Sleep until woken. 0, or -ERESTARTSYS when a signal ended it (or is pending already): the caller
 * must leave, with that, or with another of these, or with -EINTR if the call is never made again.
 * NULL: just sleep.
 */
int wait_sleep(struct wait_queue *queue, enum sleep kind);
/*
 * For who finds another reason to have the call made again, and has seen to a signal: -ERESTARTSYS.
 */
int wait_interrupted(void);
/*
 * A call that sleeps for a time of its own computes when that ends, and asks here what it is to
 * be: if it is made again, what it was at first. Interrupted, it returns wait_again(that).
 */
uint64_t wait_deadline(uint64_t deadline);
int wait_again(uint64_t deadline); /* -ERESTART_RESTARTBLOCK */

/*
 * The same, but no longer than until `deadline` (arch_clock_ns); then -ETIMEDOUT. `queue` may be
 * NULL: just time passes.
 */
int wait_sleep_until(struct wait_queue *queue, enum sleep kind, uint64_t deadline);
/* Wake all / the one that sleeps longest. Never sleep; interrupt handlers may call them. */
void wait_wake_all(struct wait_queue *queue);
void wait_wake_one(struct wait_queue *queue);
/* Give the CPU to others, once. */
void wait_yield(void);
/*
 * Between the bites of what takes long: interrupts come in, and if the task's time is up others
 * run. As after any sleep, look again; then look for signals, too.
 */
void wait_pause(void);

#endif
