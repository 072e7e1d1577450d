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

/* A signal ended the sleep, or keeps it from beginning. */
int
wait_interrupted(void)
{
	struct task *task = current;

	task->attention |= ATTENTION_SIGNAL;
	task->signals.call.interrupted = true;
	task->signals.call.first_word = syscall_first_word(arch_task_frame(task));
	return -ERESTARTSYS;
}

uint64_t
wait_deadline(uint64_t deadline)
{
	if (!current->signals.call.resumed)
		return deadline;
	current->signals.call.resumed = false;
	return current->signals.call.deadline;
}

int
wait_again(uint64_t deadline)
{
	current->signals.call.deadline = deadline;
	return -ERESTART_RESTARTBLOCK;
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
	return task->wake_reason == -EINTR ? wait_interrupted() : task->wake_reason;
}

int
wait_sleep(struct wait_queue *queue, enum sleep kind)
{
	if (must_not_sleep(kind))
		return wait_interrupted();
	return fall_asleep(queue, kind);
}

int
wait_sleep_until(struct wait_queue *queue, enum sleep kind, uint64_t deadline)
{
	if (must_not_sleep(kind))
		return wait_interrupted();
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
