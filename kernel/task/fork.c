/*
 * clone: a second process that differs from the first in its pid and in what clone returned, or a
 * second task of the same process. fork is a clone with its own copy of the memory, vfork one with
 * the same memory, while the parent sleeps; a thread shares everything.
 */
#include <abi/errno.h>
#include <abi/sched.h>
#include <file/file.h>
#include <mm/frame.h>
#include <mm/uaccess.h>
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

/* A parent that waits until its child has given up their common space; on the parent's stack. */
struct vfork {
	struct wait_queue queue;
	bool done;
};

void
vfork_done(void)
{
	struct vfork *vfork = current->vfork;

	if (!vfork)
		return;
	current->vfork = NULL;
	vfork->done = true;
	wait_wake_all(&vfork->queue);
}

/* Only what kills the parent ends it early: then the child has nobody to tell. */
static void
wait_for_child(struct vfork *vfork, int tid)
{
	while (!vfork->done) {
		if (wait_sleep(&vfork->queue, SLEEP_KILLABLE) == 0)
			continue;
		struct task *child = task_find(tid);
		if (child && child->vfork == vfork)
			child->vfork = NULL;
		return;
	}
}

/* The child's memory and files. 0, or -ENOMEM. */
static int
give(struct task *child, const struct task *parent, unsigned flags)
{
	if (flags & CLONE_VM)
		child->space = space_get(parent->space);
	else if (space_fork(parent->space, &child->space))
		return -ENOMEM;
	child->files = flags & CLONE_FILES ? files_share(parent->files) : files_fork(parent->files);
	return child->files ? 0 : -ENOMEM;
}

/* A task that was given something, but never ran. */
static void
drop(struct task *child)
{
	if (child->files)
		files_put(child->files);
	if (child->space)
		space_put(child->space);
	child->files = NULL;
	child->space = NULL;
	task_free(child);
}

/* Everything that may fail. */
static int
prepare(struct task *child, const struct trap_frame *frame, const struct clone_request *request)
{
	const struct task *parent = current;
	bool own_stack = (request->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM;

	int error = give(child, parent, request->flags);
	if (error)
		return error;
	child->signals.blocked = parent->signals.blocked;
	if (!own_stack)
		child->signals.stack = parent->signals.stack;
	if (request->flags & CLONE_CHILD_CLEARTID)
		child->clear_tid = request->child_tid;
	arch_task_fork(child, current, frame);
	if (request->stack)
		trap_set_sp(arch_task_frame(child), request->stack);
	return request->flags & CLONE_SETTLS ? arch_task_set_tls(child, request->tls) : 0;
}

/*
 * Linux lets the child write its number when it first runs; here the parent does, in the child's
 * memory. A bad address is the caller's own business, as there.
 */
static void
write_tids(const struct task *child, const struct clone_request *request)
{
	struct space *space = current->space;
	int tid = child->tid;

	if (request->flags & CLONE_PARENT_SETTID)
		(void)copy_to_user(request->parent_tid, &tid, sizeof(tid));
	if (request->flags & CLONE_CHILD_SETTID) {
		task_use_space(child->space);
		(void)copy_to_user(request->child_tid, &tid, sizeof(tid));
		task_use_space(space);
	}
}

static long
start(struct task *child, const struct clone_request *request)
{
	struct vfork vfork = {.done = false};
	int tid = child->tid;

	write_tids(child, request);
	if (request->flags & CLONE_VFORK) {
		wait_queue_init(&vfork.queue);
		child->vfork = &vfork;
	}
	sched_ready(child);
	if (request->flags & CLONE_VFORK)
		wait_for_child(&vfork, tid);
	return tid;
}

long
task_clone(const struct trap_frame *frame, const struct clone_request *request)
{
	struct process *process = current->process;
	bool thread = request->flags & CLONE_THREAD;
	int error = -ENOMEM;

	if (thread ? task_count() >= TASKS_MAX : too_many(process))
		return -EAGAIN;
	if (too_little_memory(current->space))
		return -ENOMEM;
	if (!thread)
		process = process_create(process);
	if (!process)
		return -ENOMEM;
	if (!thread)
		process->exit_signal = request->flags & CSIGNAL;
	struct task *child = task_create(process);
	if (child)
		error = prepare(child, frame, request);
	if (!error)
		return start(child, request);
	if (child)
		drop(child);
	if (!thread)
		process_free(process);
	return error;
}
