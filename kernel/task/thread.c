/*
 * What a task of several leaves behind when it gives up the memory that they share: its number in a
 * word where others wait for its end, and the locks that it had.
 */
#include <abi/errno.h>
#include <abi/futex.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/futex.h>
#include <task/task.h>

static void
wake_one(const unsigned *word)
{
	struct futex_key key;

	if (!futex_key(word, true, &key))
		futex_wake(&key, 1, FUTEX_BITSET_MATCH_ANY);
}

/*
 * A lock of the task's: marked, and the next who waits for it learns of that. Between reading the
 * word and writing it nothing sleeps: the page has just been there.
 */
static int
release_lock(unsigned *word, bool pending)
{
	unsigned value;

	if ((vaddr_t)word % sizeof(*word) || copy_from_user(&value, word, sizeof(value)))
		return -EFAULT;
	if (pending && !value) { /* it was free already, but nobody has been woken yet */
		wake_one(word);
		return 0;
	}
	if ((value & FUTEX_TID_MASK) != (unsigned)current->tid)
		return 0;
	unsigned marked = (value & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
	if (copy_to_user(word, &marked, sizeof(marked)))
		return -EFAULT;
	if (value & FUTEX_WAITERS)
		wake_one(word);
	return 0;
}

static unsigned *
word_of(const struct robust_list *entry, long offset)
{
	return (unsigned *)(((vaddr_t)entry & ~1ul) + offset);
}

/* The list is the program's: whatever it says, it comes to an end. */
static void
release_locks(const struct robust_list_head *user)
{
	struct robust_list_head head;
	struct robust_list entry;

	if (copy_from_user(&head, user, sizeof(head)))
		return;
	const struct robust_list *next = head.list.next, *pending = head.list_op_pending;
	for (int i = 0; i < ROBUST_LIST_LIMIT && next != &user->list; i++) {
		const struct robust_list *at = (const void *)((vaddr_t)next & ~1ul);
		bool broken = copy_from_user(&entry, at, sizeof(entry));
		if (at != (const void *)((vaddr_t)pending & ~1ul) &&
			release_lock(word_of(at, head.futex_offset), false))
			return;
		if (broken)
			return;
		next = entry.next;
	}
	if (pending)
		release_lock(word_of(pending, head.futex_offset), true);
}

void
task_leave_memory(void)
{
	struct task *task = current;
	const struct robust_list_head *locks = task->robust_list;
	int *clear_tid = task->clear_tid, none = 0;

	task->robust_list = NULL;
	task->clear_tid = NULL;
	if (locks)
		release_locks(locks);
	if (!clear_tid || task->space->references == 1)
		return;
	(void)copy_to_user(clear_tid, &none, sizeof(none)); /* its own business, if it cannot be */
	wake_one((unsigned *)clear_tid);
}

int
process_end_others(void)
{
	struct task *task = current;
	struct process *process = task->process;

	if (process->heir)
		return -EINTR;
	process->heir = task;
	signal_alert_all(process);
	while (process->tasks.next->next != &process->tasks) { /* more than this one */
		if (wait_sleep(&process->task_ended, SLEEP_KILLABLE)) {
			process->heir = NULL;
			return -EINTR;
		}
		/* slept: look again */
	}
	process->heir = NULL;
	task_set_tid(task, process->pid);
	return 0;
}
