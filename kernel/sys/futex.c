/* System calls: futex, and the lists of locks that end with their thread. */
#include <abi/errno.h>
#include <abi/futex.h>
#include <abi/time.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/futex.h>
#include <task/task.h>
#include <task/user_time.h>
#include "arch/arch.h"

/* 0 with the deadline set: WAIT's time is relative, WAIT_BITSET's a clock's reading. */
static int
read_deadline(const void *timeout, enum time_layout layout, unsigned operation, uint64_t *deadline)
{
	uint64_t ns, booted = 0;
	int error;

	*deadline = ~0ull;
	if (!timeout)
		return 0;
	error = user_time_get(timeout, layout, &ns);
	if (error)
		return error;
	if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT) {
		*deadline = wait_deadline(deadline_in(ns));
		return 0;
	}
	if (operation & FUTEX_CLOCK_REALTIME)
		booted = clock_real_ns() - arch_clock_ns();
	*deadline = ns > booted ? ns - booted : 0;
	return 0;
}

static long
wait(const unsigned *word, unsigned operation, unsigned expected, unsigned bits,
	const void *timeout, enum time_layout layout)
{
	uint64_t deadline;
	int error = read_deadline(timeout, layout, operation, &deadline);

	if (!error && !bits)
		error = -EINVAL;
	if (!error)
		error = futex_wait(word, !(operation & FUTEX_PRIVATE_FLAG), expected, bits,
			deadline);
	return error == -ERESTARTSYS && timeout ? wait_again(deadline) : error;
}

static long
wake(const unsigned *word, bool shared, unsigned count, unsigned bits)
{
	struct futex_key key;
	int error = bits ? futex_key(word, shared, &key) : -EINVAL;

	return error ? error : futex_wake(&key, count, bits);
}

/* `expected`: the word must be that still; NULL: whatever it is. */
static long
requeue(const unsigned *from, bool shared, int wake_count, int move, const unsigned *to,
	const unsigned *expected)
{
	struct futex_key from_key, to_key;
	unsigned value;

	if (wake_count < 0 || move < 0)
		return -EINVAL;
	if (expected && copy_from_user(&value, from, sizeof(value)))
		return -EFAULT;
	int error = futex_key(from, shared, &from_key);
	if (!error)
		error = futex_key(to, shared, &to_key);
	if (error)
		return error;
	if (expected && value != *expected)
		return -EAGAIN;
	return futex_requeue(&from_key, wake_count, &to_key, move);
}

static long
futex(unsigned *word, unsigned operation, unsigned value, void *timeout, unsigned *word2,
	unsigned value3, enum time_layout layout)
{
	bool shared = !(operation & FUTEX_PRIVATE_FLAG);
	unsigned command = operation & FUTEX_CMD_MASK;

	if (operation & FUTEX_CLOCK_REALTIME && command != FUTEX_WAIT &&
		command != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (command) {
	case FUTEX_WAIT:
		value3 = FUTEX_BITSET_MATCH_ANY;
		/* fall through */
	case FUTEX_WAIT_BITSET:
		return wait(word, operation, value, value3, timeout, layout);
	case FUTEX_WAKE:
		return wake(word, shared, value, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return wake(word, shared, value, value3);
	case FUTEX_REQUEUE: /* the fourth argument is a number here */
		return requeue(word, shared, value, (long)timeout, word2, NULL);
	case FUTEX_CMP_REQUEUE:
		return requeue(word, shared, value, (long)timeout, word2, &value3);
	}
	return -ENOSYS;
}

long
sys_futex(unsigned *word, unsigned operation, unsigned value, void *timeout, unsigned *word2,
	unsigned value3)
{
	return futex(word, operation, value, timeout, word2, value3, TIME_TIMESPEC);
}

long
sys_futex_time64(unsigned *word, unsigned operation, unsigned value, void *timeout, unsigned *word2,
	unsigned value3)
{
	return futex(word, operation, value, timeout, word2, value3, TIME_TIMESPEC64);
}

long
sys_set_robust_list(struct robust_list_head *head, size_t size)
{
	if (size != sizeof(*head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

long
sys_get_robust_list(int tid, struct robust_list_head **head, size_t *size)
{
	const struct task *task = tid ? task_find(tid) : current;
	const struct credentials *me = &current->process->cred, *it;

	if (!task)
		return -ESRCH;
	it = &task->process->cred;
	if (task->process != current->process && me->euid && me->uid != it->uid)
		return -EPERM;
	struct robust_list_head *list = task->robust_list;
	size_t length = sizeof(*list);
	if (copy_to_user(size, &length, sizeof(length)) || copy_to_user(head, &list, sizeof(list)))
		return -EFAULT;
	return 0;
}

/* set_tid_address(2) */
long
sys_set_tid_address(int *address)
{
	current->clear_tid = address;
	return current->tid;
}
