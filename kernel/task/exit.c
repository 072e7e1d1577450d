/* The end of a process, and waiting for it. */
#include <abi/errno.h>
#include <abi/wait.h>
#include <dev/console.h>
#include <file/file.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

/* The machine runs as long as its first program does. */
static _Noreturn void
stop_machine(int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);

	kprintf_boot("init has ended with status %d\n", code);
	console_status("exit %d", code);
	arch_halt(HALT_POWEROFF);
}

static bool
ignores_children(const struct task *parent)
{
	const struct kernel_sigaction *action = &parent->actions[SIGCHLD];
	return action->handler == SIG_IGN || action->flags & SA_NOCLDWAIT;
}

static void
adopt(struct task *child, struct task *parent)
{
	list_remove(&child->sibling);
	child->parent = parent;
	list_add_before(&parent->children, &child->sibling);
}

/* Tell the parent; one that does not want to know loses the child to init, which always waits. */
static void
notify_parent(struct task *task)
{
	if (ignores_children(task->parent)) {
		wait_wake_all(&task->parent->child_changed); /* it may wait for the last of them */
		adopt(task, init_task);
	}
	signal_send(task->parent, SIGCHLD);
	wait_wake_all(&task->parent->child_changed);
}

static void
give_children_away(struct task *task)
{
	list_for_each_safe(link, &task->children)
		adopt(list_entry(link, struct task, sibling), init_task);
	wait_wake_all(&init_task->child_changed); /* zombies may be among them */
}

/* The space is another's business once its last task has left it. */
static void
leave_space(struct task *task)
{
	struct space *space = task->space;

	task->space = NULL;
	mmu_switch_kernel();
	space_put(space);
}

_Noreturn void
task_exit(int status)
{
	struct task *task = current;

	if (task == init_task)
		stop_machine(status);
	timer_stop(&task->alarm);
	files_put(task->files);
	task->files = NULL;
	leave_space(task);
	give_children_away(task);
	task->exit_status = status;
	task->state = TASK_ZOMBIE;
	notify_parent(task);
	schedule();
	panic("a zombie runs");
}

/* `child` is one of those that `pid` asks for, in wait4's words. */
static bool
is_wanted(const struct task *child, int pid)
{
	if (pid > 0)
		return child->pid == pid;
	if (pid == -1)
		return true;
	return child->pgid == (pid ? -pid : current->pgid);
}

/* The child has something to report: its status, and true. */
static bool
has_changed(struct task *child, int options, int *status)
{
	if (child->state == TASK_ZOMBIE) {
		*status = child->exit_status;
		return true;
	}
	if (options & WUNTRACED && child->state == TASK_STOPPED && !child->stop_reported) {
		child->stop_reported = true;
		*status = child->exit_status;
		return true;
	}
	if (options & WCONTINUED && child->continued) {
		child->continued = false;
		*status = 0xffff;
		return true;
	}
	return false;
}

/* One look at the children. Their pid, 0: none has changed yet, -ECHILD: there are none such. */
static long
look(int pid, int options, int *status)
{
	long result = -ECHILD;

	list_for_each(link, &current->children) {
		struct task *child = list_entry(link, struct task, sibling);
		if (!is_wanted(child, pid))
			continue;
		result = 0;
		if (!has_changed(child, options, status))
			continue;
		result = child->pid;
		if (child->state == TASK_ZOMBIE)
			task_free(child);
		return result;
	}
	return result;
}

long
task_wait(int pid, int options, int *status)
{
	for (;;) {
		long result = look(pid, options, status);
		if (result || options & WNOHANG)
			return result;
		int error = wait_sleep(&current->child_changed, SLEEP_INTERRUPTIBLE);
		if (error)
			return error;
		/* slept: look again */
	}
}
