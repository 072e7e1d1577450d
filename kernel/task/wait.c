/*
 * Wait queues. A sleeper stands on one queue (or, with only a deadline, on none) by its run_link.
 */
#include <abi/errno.h>
#include <task/task.h>
#include <task/wait.h>
#include "arch/arch.h"

static bool
must_not_sleep(enum sleep kind)
{
	if (kind == SLEEP_KILLABLE)
		return signal_fatal_pending(current);
	return signal_pending(current);
}

/*
 * A signal ended the sleep, or keeps it from beginning. A stop happens right here; after SIGCONT
 * the sleeper looks again.
 */
static int
interrupted(void)
{
	if (signal_fatal_pending(current))
		return -EINTR;
	signal_stop();
	return 0;
}

static int
fall_asleep(struct wait_queue *queue, enum sleep kind)
{
	struct task *task = current;

	task->state = TASK_SLEEPING;
	task->sleep_kind = kind;
	if (queue)
		list_add_before(&queue->sleepers, &task->run_link);
	schedule();
	return task->wake_reason == -EINTR ? interrupted() : task->wake_reason;
}

int
wait_sleep(struct wait_queue *queue, enum sleep kind)
{
	if (must_not_sleep(kind))
		return interrupted();
	return fall_asleep(queue, kind);
}

int
wait_sleep_until(struct wait_queue *queue, enum sleep kind, uint64_t deadline)
{
	if (must_not_sleep(kind))
		return interrupted();
	if (arch_clock_ns() >= deadline)
		return -ETIMEDOUT;
	timer_start(&current->wakeup, deadline);
	return fall_asleep(queue, kind);
}

void
wait_wake_one(struct wait_queue *queue)
{
	if (!list_empty(&queue->sleepers))
		sched_wake(list_entry(queue->sleepers.next, struct task, run_link), 0);
}

void
wait_wake_all(struct wait_queue *queue)
{
	while (!list_empty(&queue->sleepers))
		wait_wake_one(queue);
}
