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
too_many(const struct task *task)
{
	unsigned long mine = 0, limit = task->limits[RLIMIT_NPROC].rlim_cur;

	if (task_count() >= TASKS_MAX)
		return true;
	if (!task->cred.uid || task_count() <= limit)
		return false;
	list_for_each(link, &tasks)
		mine += list_entry(link, struct task, all)->cred.uid == task->cred.uid;
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

	if (too_many(parent))
		return -EAGAIN;
	if (too_little_memory(parent->space))
		return -ENOMEM;
	struct task *child = task_create(parent);
	if (!child)
		return -ENOMEM;
	if (space_fork(parent->space, &child->space))
		goto no_space;
	child->files = files_fork(parent->files);
	if (!child->files)
		goto no_files;
	arch_task_fork(child, parent, frame);
	sched_ready(child);
	return child->pid;

no_files:
	space_put(child->space);
	child->space = NULL;
no_space:
	task_free(child);
	return -ENOMEM;
}
