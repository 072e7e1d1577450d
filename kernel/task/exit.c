/* The end of tasks and of processes, and waiting for it. */
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
ignores_children(const struct process *parent)
{
	const struct kernel_sigaction *action = &parent->actions[SIGCHLD];
	return action->handler == SIG_IGN || action->flags & SA_NOCLDWAIT;
}

static void
adopt(struct process *child, struct process *parent)
{
	list_remove(&child->sibling);
	child->parent = parent;
	child->exit_signal = SIGCHLD; /* as on Linux: whoever has orphans waits for these */
	list_add_before(&parent->children, &child->sibling);
}

/* Tell the parent. If that does not want to wait for it, nobody does. */
static void
notify_parent(struct process *process)
{
	bool killed = WIFSIGNALED(process->exit_status);
	bool unwanted = process->exit_signal == SIGCHLD && ignores_children(process->parent);

	signal_parent(process, killed ? CLD_KILLED : CLD_EXITED,
		killed ? WTERMSIG(process->exit_status) : WEXITSTATUS(process->exit_status));
	if (!unwanted)
		return;
	current->process = &kernel_process; /* this was its last task, which runs still */
	process_free(process);
}

static void
give_children_away(struct process *process)
{
	if (list_empty(&process->children))
		return; /* the usual case: init sleeps on */
	list_for_each_safe(link, &process->children) {
		struct process *child = list_entry(link, struct process, sibling);
		bool guarded = group_is_guarded(child);
		adopt(child, init_process);
		if (child->death_signal)
			signal_send(child, child->death_signal);
		if (guarded)
			group_release(child->pgid);
	}
	wait_wake_all(&init_process->child_changed); /* zombies may be among them */
}

static bool
is_last(const struct task *task)
{
	return task->of_process.next == task->of_process.prev;
}

/* The space is another's business once its last task has left it. */
static void
leave_space(struct task *task)
{
	struct space *space = task->space;

	if (is_last(task))
		process_leaves_space(task->process, space);
	vfork_done();
	task->space = NULL;
	mmu_switch_kernel();
	space_put(space);
}

/* The last task of `process` has left it. */
static void
end_process(struct process *process)
{
	timer_stop(&process->alarm);
	if (process_ended)
		process_ended(process);
	give_children_away(process);
	if (group_is_guarded(process))
		group_release(process->pgid);
	notify_parent(process);
}

/* Others of it go on. */
static void
leave_process(struct process *process)
{
	wait_wake_all(&process->task_ended);
	if (process->signals.set)
		signal_alert_all(process); /* what it would have taken is theirs */
}

_Noreturn void
task_exit(int status)
{
	struct task *task = current;
	struct process *process = task->process;

	if (!process->exiting)
		process->exit_status = status; /* the last to end says it, as on Linux since 5.18 */
	task_leave_memory();
	if (process == init_process && is_last(task)) /* slept: only now is it sure */
		stop_machine(process->exit_status);
	files_put(task->files);
	task->files = NULL;
	leave_space(task);
	process->used.ticks += task->ticks;
	task->state = TASK_ENDED;
	task_bury(task);
	if (process_is_zombie(process))
		end_process(process);
	else
		leave_process(process);
	schedule();
	panic("a task that ended runs");
}

_Noreturn void
process_exit(int status)
{
	struct process *process = current->process;

	if (!process->exiting) {
		process->exiting = true;
		process->exit_status = status;
		signal_alert_all(process);
	}
	task_exit(status);
}

/* `child` is one of those that `pid` and `options` ask for, in wait4's words. */
static bool
is_wanted(const struct process *child, int pid, int options)
{
	bool ordinary = child->exit_signal == SIGCHLD;

	if (!(options & __WALL) && ordinary == !!(options & __WCLONE))
		return false;
	if (pid > 0)
		return child->pid == pid;
	if (pid == -1)
		return true;
	return child->pgid == (pid ? -pid : current->process->pgid);
}

/* The child has something to report: its status, and true. With WNOWAIT it will have it again. */
static bool
has_changed(struct process *child, int options, int *status)
{
	bool consume = !(options & WNOWAIT);

	if (options & WEXITED && process_is_zombie(child)) {
		*status = child->exit_status;
		return true;
	}
	if (options & WSTOPPED && child->stopped && !child->stop_reported) {
		child->stop_reported = consume;
		*status = child->exit_status;
		return true;
	}
	if (options & WCONTINUED && child->continued) {
		child->continued = !consume;
		*status = 0xffff;
		return true;
	}
	return false;
}

static struct usage
usage_with_children(const struct process *child)
{
	struct usage usage = process_usage(child);

	usage_add(&usage, &child->children_used);
	return usage;
}

/* One look at the children. Their pid, 0: none has changed yet, -ECHILD: there are none such. */
static long
look(int pid, int options, struct wait_report *report)
{
	struct process *process = current->process;
	long result = -ECHILD;

	list_for_each(link, &process->children) {
		struct process *child = list_entry(link, struct process, sibling);
		if (!is_wanted(child, pid, options))
			continue;
		result = 0;
		if (!has_changed(child, options, &report->status))
			continue;
		report->pid = child->pid;
		report->uid = child->cred.uid;
		report->usage = usage_with_children(child);
		if (process_is_zombie(child) && !(options & WNOWAIT)) {
			usage_add(&process->children_used, &report->usage);
			process_free(child);
		}
		return report->pid;
	}
	return result;
}

long
process_wait(int pid, int options, struct wait_report *report)
{
	for (;;) {
		long result = look(pid, options, report);
		if (result || options & WNOHANG)
			return result;
		int error = wait_sleep(&current->process->child_changed, SLEEP_INTERRUPTIBLE);
		if (error)
			return error;
		/* slept: look again */
	}
}
