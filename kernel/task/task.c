/* The set of tasks: making one, finding one by tid, taking one back. */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define TID_CHAINS 256

static struct task *by_tid[TID_CHAINS];
static unsigned long count;
static struct task *to_bury; /* ended; its stack was in use when it did */

struct task *
task_find(int tid)
{
	struct task *task = by_tid[(unsigned)tid % TID_CHAINS];

	while (task && task->tid != tid)
		task = task->next_by_tid;
	return task;
}

unsigned long
task_count(void)
{
	return count;
}

static void
wake_from_sleep(struct timer *timer)
{
	sched_wake(container_of(timer, struct task, wakeup), -ETIMEDOUT);
}

static void
set_up(struct task *task, struct process *process)
{
	memset(task, 0, offsetof(struct task, arch)); /* the port fills in the rest */
	task->canary = TASK_CANARY;
	task->state = TASK_NEW;
	task->slice = SLICE_TICKS;
	signals_init(&task->signals.pending);
	task->signals.stack.ss_flags = SS_DISABLE;
	list_init(&task->run_link);
	timer_init(&task->wakeup, wake_from_sleep);
	task->tid = list_empty(&process->tasks) ? process->pid : pid_new();
	task->process = process;
	list_add_before(&process->tasks, &task->of_process);
}

static void
enter(struct task *task)
{
	struct task **chain = &by_tid[task->tid % TID_CHAINS];

	task->next_by_tid = *chain;
	*chain = task;
}

static void
take_out(struct task *task)
{
	struct task **link = &by_tid[task->tid % TID_CHAINS];

	while (*link != task)
		link = &(*link)->next_by_tid;
	*link = task->next_by_tid;
}

void
task_set_tid(struct task *task, int tid)
{
	take_out(task);
	task->tid = tid;
	enter(task);
}

struct task *
task_create(struct process *process)
{
	task_trim();
	pfn_t stack = frame_alloc_run(KSTACK_ORDER, FRAME_KERNEL);
	if (!stack)
		return NULL;
	struct task *task = arch_frame_address(stack);
	set_up(task, process);
	enter(task);
	count++;
	return task;
}

/* Nobody finds it any more. */
static void
forget(struct task *task)
{
	signal_forget(&task->signals.pending, ~0ull);
	take_out(task);
	list_remove(&task->of_process);
	count--;
}

void
task_free(struct task *task)
{
	assert(task != current && !task->space && !task->files);
	forget(task);
	frame_free_run(arch_frame_of(task), KSTACK_ORDER);
}

void
task_bury(struct task *task)
{
	task_trim();
	forget(task);
	to_bury = task;
}

void
task_trim(void)
{
	if (!to_bury || to_bury == current)
		return;
	frame_free_run(arch_frame_of(to_bury), KSTACK_ORDER);
	to_bury = NULL;
}
