/* The set of tasks: making one, finding one by pid, taking one back. */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define PID_CHAINS 256

struct list tasks = LIST_INIT(tasks);
struct task *init_task;

static struct task *by_pid[PID_CHAINS];
static unsigned long count;
static int last_pid;

struct task *
task_find(int pid)
{
	struct task *task = by_pid[(unsigned)pid % PID_CHAINS];

	while (task && task->pid != pid)
		task = task->next_by_pid;
	return task;
}

unsigned long
task_count(void)
{
	return count;
}

/* A number is taken while a process, a group or a session still goes by it. */
static bool
pid_in_use(int pid)
{
	list_for_each(link, &tasks) {
		struct task *task = list_entry(link, struct task, all);
		if (task->pid == pid || task->pgid == pid || task->sid == pid)
			return true;
	}
	return false;
}

/*
 * Pids go round, so that a pid is not soon another process. Until they have gone round once, none
 * can be in use.
 */
static int
new_pid(void)
{
	static bool went_round;

	do {
		last_pid++;
		if (last_pid == PID_MAX) {
			went_round = true;
			last_pid = 2;
		}
	} while (went_round && pid_in_use(last_pid));
	return last_pid;
}

static void
wake_from_sleep(struct timer *timer)
{
	sched_wake(container_of(timer, struct task, wakeup), -ETIMEDOUT);
}

static void
ring_alarm(struct timer *timer)
{
	struct task *task = container_of(timer, struct task, alarm);

	signal_send(task, SIGALRM);
	if (task->alarm_interval) { /* rings that were missed are not made up for */
		uint64_t next = timer->deadline + task->alarm_interval, now = arch_clock_ns();
		timer_start(timer, next > now ? next : now + 1);
	}
}

static void
set_up(struct task *task, struct task *parent)
{
	memset(task, 0, parent ? TASK_INHERITED : sizeof(*task));
	task->canary = TASK_CANARY;
	task->state = TASK_SLEEPING;
	task->started = arch_clock_ns();
	task->slice = SLICE_TICKS;
	list_init(&task->children);
	list_init(&task->sibling);
	list_init(&task->run_link);
	wait_queue_init(&task->child_changed);
	timer_init(&task->wakeup, wake_from_sleep);
	timer_init(&task->alarm, ring_alarm);
	if (parent) {
		memcpy((char *)task + TASK_INHERITED, (const char *)parent + TASK_INHERITED,
			TASK_INHERITED_END - TASK_INHERITED);
		task->parent = parent;
		list_add_before(&parent->children, &task->sibling);
	}
}

struct task *
task_create(struct task *parent)
{
	pfn_t stack = frame_alloc_run(KSTACK_ORDER, FRAME_KERNEL);
	if (!stack)
		return NULL;
	struct task *task = arch_frame_address(stack);
	set_up(task, parent);
	task->pid = new_pid();
	struct task **chain = &by_pid[task->pid % PID_CHAINS];
	task->next_by_pid = *chain;
	*chain = task;
	list_add_before(&tasks, &task->all);
	count++;
	return task;
}

void
task_free(struct task *task)
{
	struct task **link = &by_pid[task->pid % PID_CHAINS];

	assert(task != current && !task->space && !task->files);
	while (*link != task)
		link = &(*link)->next_by_pid;
	*link = task->next_by_pid;
	list_remove(&task->all);
	list_remove(&task->sibling);
	count--;
	frame_free_run(arch_frame_of(task), KSTACK_ORDER);
}
