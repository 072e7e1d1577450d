/* Waiting for words of user memory. */
#include <abi/errno.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/futex.h>
#include <task/task.h>

#define BUCKETS 64

struct waiter {
	struct list link; /* its bucket, in the order in which they came; to itself: woken */
	struct futex_key key;
	unsigned bits;
	struct wait_queue queue; /* it alone */
};

static struct list buckets[BUCKETS];

static struct list *
bucket_of(const struct futex_key *key)
{
	uintptr_t hash = (uintptr_t)key->where / 64 + (uintptr_t)(key->offset / 4) * 31;
	struct list *bucket = &buckets[hash % BUCKETS];

	if (!bucket->next)
		list_init(bucket);
	return bucket;
}

static bool
same(const struct futex_key *a, const struct futex_key *b)
{
	return a->where == b->where && a->offset == b->offset;
}

int
futex_key(const void *word, bool shared, struct futex_key *key)
{
	vaddr_t address = (vaddr_t)word;
	struct vm_area *area;

	if (address % sizeof(unsigned))
		return -EINVAL;
	if (address >= USER_END)
		return -EFAULT;
	*key = (struct futex_key){current->space, address};
	if (!shared)
		return 0;
	area = space_find(current->space, address);
	if (!area)
		return -EFAULT;
	if (area->flags & VM_SHARED)
		*key = (struct futex_key){area->object,
			(uint64_t)area->offset * PAGE_SIZE + (address - area->start)};
	return 0;
}

/* Reading the word may sleep, and so comes first: then nothing changes until it sleeps. */
int
futex_wait(const unsigned *word, bool shared, unsigned expected, unsigned bits, uint64_t deadline)
{
	struct waiter waiter = {.bits = bits};
	unsigned value;
	int error = futex_key(word, shared, &waiter.key);

	if (error)
		return error;
	if (copy_from_user(&value, word, sizeof(value)))
		return -EFAULT;
	error = futex_key(word, shared, &waiter.key); /* slept, perhaps: look again */
	if (error)
		return error;
	if (value != expected)
		return -EAGAIN;
	wait_queue_init(&waiter.queue);
	list_add_before(bucket_of(&waiter.key), &waiter.link);
	do
		error = wait_sleep_until(&waiter.queue, SLEEP_INTERRUPTIBLE, deadline);
	while (!error && !list_empty(&waiter.link));
	if (list_empty(&waiter.link))
		return 0;
	list_remove(&waiter.link);
	return error;
}

static void
wake(struct waiter *waiter)
{
	list_remove(&waiter->link);
	wait_wake_all(&waiter->queue);
}

long
futex_wake(const struct futex_key *key, unsigned count, unsigned bits)
{
	struct list *bucket = bucket_of(key);
	unsigned long woken = 0;

	list_for_each_safe(link, bucket) {
		struct waiter *waiter = list_entry(link, struct waiter, link);
		if (!same(&waiter->key, key) || !(waiter->bits & bits))
			continue;
		wake(waiter);
		if (++woken >= count)
			break;
	}
	return woken;
}

long
futex_requeue(const struct futex_key *from, unsigned wake_count, const struct futex_key *to,
	unsigned move)
{
	struct list moved = LIST_INIT(moved);
	unsigned long done = 0;

	list_for_each_safe(link, bucket_of(from)) {
		struct waiter *waiter = list_entry(link, struct waiter, link);
		if (!same(&waiter->key, from))
			continue;
		if (done >= (unsigned long)wake_count + move)
			break;
		if (done++ < wake_count) {
			wake(waiter);
			continue;
		}
		waiter->key = *to;
		list_remove(&waiter->link);
		list_add_before(&moved, &waiter->link);
	}
	list_for_each_safe(link, &moved) { /* now: both may be in one bucket */
		list_remove(link);
		list_add_before(bucket_of(to), link);
	}
	return done;
}
