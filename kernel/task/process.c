/* The set of processes: making one, finding one by pid, taking one back. */
#include <dev/console.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include <task/process.h>
#include <task/task.h>
#include "arch/arch.h"

#define PID_CHAINS 256

struct list processes = LIST_INIT(processes);
struct process *init_process;
struct process kernel_process = {
	.tasks = LIST_INIT(kernel_process.tasks),
	.children = LIST_INIT(kernel_process.children),
	.child_changed = WAIT_QUEUE_INIT(kernel_process.child_changed),
	.name = "the kernel",
};
void (*process_ended)(struct process *process);

static struct cache cache = CACHE("process", struct process);
static struct process *by_pid[PID_CHAINS];
static unsigned long count, created;
static int last_pid;

struct process *
process_find(int pid)
{
	struct process *process = by_pid[(unsigned)pid % PID_CHAINS];

	while (process && process->pid != pid)
		process = process->next_by_pid;
	return process;
}

unsigned long
process_count(void)
{
	return count;
}

unsigned long
process_created(void)
{
	return created;
}

int
pid_last(void)
{
	return last_pid;
}

struct task *
process_first_task(const struct process *process)
{
	if (process_is_zombie(process))
		return NULL;
	return list_entry(process->tasks.next, struct task, of_process);
}

struct space *
process_space(const struct process *process)
{
	const struct task *task = process_first_task(process);

	return task ? task->space : NULL;
}

unsigned long
process_ticks(const struct process *process)
{
	unsigned long ticks = process->used.ticks;

	list_for_each(link, &process->tasks)
		ticks += list_entry(link, struct task, of_process)->ticks;
	return ticks;
}

void
usage_add(struct usage *sum, const struct usage *other)
{
	sum->ticks += other->ticks;
	sum->faults += other->faults;
	if (sum->most_resident < other->most_resident)
		sum->most_resident = other->most_resident;
}

void
process_leaves_space(struct process *process, const struct space *space)
{
	const struct usage usage = {0, space->faults, space_most_resident(space)};

	usage_add(&process->used, &usage);
}

struct usage
process_usage(const struct process *process)
{
	const struct space *space = process_space(process);
	struct usage usage = process->used;

	usage.ticks = process_ticks(process);
	if (space) {
		const struct usage now = {0, space->faults, space_most_resident(space)};
		usage_add(&usage, &now);
	}
	return usage;
}

/* A number is taken while a process, a thread, a group or a session still goes by it. */
static bool
pid_in_use(int pid)
{
	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (process->pid == pid || process->pgid == pid || process->sid == pid)
			return true;
	}
	return task_find(pid);
}

/*
 * Pids go round, so that a pid is not soon another process. Until they have gone round once, none
 * can be in use.
 */
int
pid_new(void)
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
ring_alarm(struct timer *timer)
{
	struct process *process = container_of(timer, struct process, alarm);

	signal_send(process, SIGALRM);
	if (process->alarm_interval) { /* rings that were missed are not made up for */
		uint64_t next = timer->deadline + process->alarm_interval, now = arch_clock_ns();
		timer_start(timer, next > now ? next : now + 1);
	}
}

static void
inherit(struct process *process, const struct process *parent)
{
	memcpy((char *)process + PROCESS_INHERITED, (const char *)parent + PROCESS_INHERITED,
		sizeof(*process) - PROCESS_INHERITED);
}

struct process *
process_create(struct process *parent)
{
	struct process *process = cache_alloc(&cache);

	if (!process)
		return NULL;
	memset(process, 0, PROCESS_INHERITED);
	process->started = arch_clock_ns();
	signals_init(&process->signals);
	list_init(&process->tasks);
	list_init(&process->children);
	wait_queue_init(&process->child_changed);
	wait_queue_init(&process->task_ended);
	process->exit_signal = SIGCHLD;
	timer_init(&process->alarm, ring_alarm);
	inherit(process, parent);
	process->parent = parent;
	list_add_before(&parent->children, &process->sibling);
	process->pid = pid_new();
	struct process **chain = &by_pid[process->pid % PID_CHAINS];
	process->next_by_pid = *chain;
	*chain = process;
	list_add_before(&processes, &process->all);
	count++;
	created++;
	return process;
}

void
process_free(struct process *process)
{
	struct process **link = &by_pid[process->pid % PID_CHAINS];

	assert(process_is_zombie(process));
	signal_forget(&process->signals, ~0ull);
	while (*link != process)
		link = &(*link)->next_by_pid;
	*link = process->next_by_pid;
	list_remove(&process->all);
	list_remove(&process->sibling);
	count--;
	cache_free(&cache, process);
}
