/* fork: a second task that differs from the first in its pid and in what fork returned. */
#include <abi/errno.h>
#include <file/file.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define FRAMES_TO_START 64 /* that must be free beyond the floor before another process starts */

/* The machine's processes, and those of the caller's real user, where root is not limited. */
static bool
too_many(const struct process *process)
{
	unsigned long mine = 0, limit = process->limits[RLIMIT_NPROC].rlim_cur;

	if (process_count() >= TASKS_MAX || task_count() >= TASKS_MAX)
		return true;
	if (!process->cred.uid || process_count() <= limit)
		return false;
	list_for_each(link, &processes)
		mine += list_entry(link, struct process, all)->cred.uid == process->cred.uid;
	return mine >= limit;
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
	child->blocked = parent->blocked;
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
