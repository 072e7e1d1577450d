/* fork: a second task that differs from the first in its pid and in what fork returned. */
#include <abi/errno.h>
#include <file/file.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define FRAMES_TO_START 64 /* that must be free beyond the floor before another process starts */

bool
process_limit_passed(const struct process *process, int more)
{
	uint64_t limit = process->limits[RLIMIT_NPROC].rlim_cur, mine = more;

	if (!process->cred.uid || process_count() + 1 <= limit)
		return false;
	list_for_each(link, &processes)
		mine += list_entry(link, struct process, all)->cred.uid == process->cred.uid;
	return mine > limit;
}

/* The machine's processes, or those of the caller's real user. */
static bool
too_many(const struct process *process)
{
	if (process_count() >= TASKS_MAX || task_count() >= TASKS_MAX)
		return true;
	return process->cred.euid && process_limit_passed(process, 1);
}

/*
 * A new process will touch pages of its own soon. Refusing it while there still are some is kinder
 * than killing it, or its elders, at the touch.
 */
static bool
too_little_memory(const struct space *space)
{
	return !space->privileged && frame_free_count() < space_floor(space) + FRAMES_TO_START;
}

long
task_fork(const struct trap_frame *frame)
{
	struct task *parent = current;

	if (too_many(parent->process))
		return -EAGAIN;
	if (too_little_memory(parent->space))
		return -ENOMEM;
	struct process *process = process_create(parent->process);
	if (!process)
		return -ENOMEM;
	struct task *child = task_create(process);
	if (!child)
		goto no_task;
	if (space_fork(parent->space, &child->space))
		goto no_space;
	child->files = files_fork(parent->files);
	if (!child->files)
		goto no_files;
	child->signals.blocked = parent->signals.blocked;
	child->signals.stack = parent->signals.stack;
	arch_task_fork(child, parent, frame);
	sched_ready(child);
	return process->pid;

no_files:
	space_put(child->space);
	child->space = NULL;
no_space:
	task_free(child);
no_task:
	process_free(process);
	return -ENOMEM;
}
