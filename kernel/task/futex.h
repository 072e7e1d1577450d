/*
 * Futexes: a lock is a word of user memory, and the kernel is asked only when somebody has to wait
 * for it. Who waits stands in a table, under the place where the word lies: so processes that share
 * an object wait for each other, at whatever address they see it.
 *
 *     private memory:  the space,  the address          ─┐     buckets[hash] ──> waiter <──> waiter
 *     a shared area:   the object, the byte's offset     ─┴──>                    (on its stack)
 */
#ifndef TASK_FUTEX_H
#define TASK_FUTEX_H

#include <lib/types.h>

/* Where a word lies. `where` is only compared: what it pointed to may be gone. */
struct futex_key {
	const void *where;
	uint64_t offset;
};

/*
 * The key of a user's word. `shared`: others may see it through a shared area. 0, -EINVAL (not a
 * multiple of 4), -EFAULT.
 */
int futex_key(const void *word, bool shared, struct futex_key *key);
/*
 * Sleep while nobody wakes it, if the word is `expected` still. Only wakers with one of `bits`
 * count. 0, -EAGAIN (another value), -EFAULT, -EINVAL, -ETIMEDOUT, -ERESTARTSYS.
 */
int futex_wait(const unsigned *word, bool shared, unsigned expected, unsigned bits,
	uint64_t deadline);
/* Wake up to `count` (at least one) of those who wait; how many were. */
long futex_wake(const struct futex_key *key, unsigned count, unsigned bits);
/* Wake `wake` of them, and let up to `move` of the others wait at `to`. How many of both. */
long futex_requeue(const struct futex_key *from, unsigned wake, const struct futex_key *to,
	unsigned move);

#endif
