/*
 * Signals: sending, and what they do by default. (Handlers are a later chapter: rt_sigaction
 * refuses them, so an action is SIG_DFL or SIG_IGN.)
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define BIT(signal) (1ull << ((signal)-1))
#define STOPS (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
/* signal(7): default action Ign */
#define HARMLESS (BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) | BIT(SIGWINCH))

static bool
is_ignored(const struct process *process, int signal)
{
	sighandler_t handler = process->actions[signal].handler;

	/* pid 1 gets only what it asked for, so nobody can stop the machine by kill(1, …) */
	if (process == init_process)
		return handler == SIG_DFL || handler == SIG_IGN;
	return handler == SIG_IGN || (handler == SIG_DFL && BIT(signal) & HARMLESS);
}

/* Pending signals that will do something to the task now. */
static uint64_t
deliverable(const struct task *task)
{
	return (task->pending | task->process->pending) & ~task->blocked;
}

bool
signal_pending(const struct task *task)
{
	return deliverable(task);
}

bool
signal_fatal_pending(const struct task *task)
{
	return deliverable(task) & ~STOPS;
}

/* SIGCONT wakes a stopped process whatever it thinks of it. */
static void
go_on(struct process *process)
{
	if (!process->stopped)
		return;
	process->stopped = false;
	process->continued = true;
	list_for_each(link, &process->tasks) {
		struct task *task = list_entry(link, struct task, of_process);
		if (task->state == TASK_STOPPED)
			sched_ready(task);
	}
	wait_wake_all(&process->parent->child_changed);
}

/* Something is pending for the task, which may sleep. */
static void
call_attention(struct task *task, int signal)
{
	if (signal == SIGKILL && task->state == TASK_STOPPED)
		sched_ready(task);
	if (!deliverable(task))
		return;
	task->attention |= ATTENTION_SIGNAL;
	if (task->sleep_kind == SLEEP_INTERRUPTIBLE || signal_fatal_pending(task))
		sched_wake(task, -EINTR);
}

void
signal_send(struct process *process, int signal)
{
	if (process_is_zombie(process))
		return;
	if (signal == SIGCONT) {
		process->pending &= ~STOPS;
		go_on(process);
	} else if (BIT(signal) & STOPS) {
		process->pending &= ~BIT(SIGCONT);
	}
	bool ignored = is_ignored(process, signal);
	list_for_each(link, &process->tasks) {
		struct task *task = list_entry(link, struct task, of_process);
		if (ignored && !(task->blocked & BIT(signal)))
			continue;
		process->pending |= BIT(signal);
		call_attention(task, signal);
	}
}

void
signal_send_group(int pgid, int signal)
{
	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (process->pgid == pgid)
			signal_send(process, signal);
	}
}

static void
stop(int signal)
{
	struct process *process = current->process, *parent = process->parent;

	current->state = TASK_STOPPED;
	process->stopped = true;
	process->stop_reported = false;
	process->continued = false;
	process->exit_status = signal << 8 | 0x7f;
	if (!(parent->actions[SIGCHLD].flags & SA_NOCLDSTOP))
		signal_send(parent, SIGCHLD);
	wait_wake_all(&parent->child_changed);
	schedule();
	/* stopped and continued: other signals may be pending now */
}

/* Act on the lowest pending signal. */
static void
deliver(int signal)
{
	current->pending &= ~BIT(signal);
	current->process->pending &= ~BIT(signal);
	if (is_ignored(current->process, signal))
		return;
	if (BIT(signal) & STOPS)
		stop(signal);
	else
		process_exit(signal);
}

static int
next_signal(const struct task *task)
{
	uint64_t set = deliverable(task);

	if (set & BIT(SIGKILL))
		return SIGKILL;
	return set ? __builtin_ctzll(set) + 1 : 0;
}

void
signal_stop(void)
{
	int signal = next_signal(current);

	if (signal)
		deliver(signal);
}

void
return_to_user(struct trap_frame *frame)
{
	struct task *task = current;
	int signal;

	(void)frame; /* the place where handlers will be called */
	if (task->attention & ATTENTION_SCHEDULE) {
		task->attention &= ~ATTENTION_SCHEDULE;
		wait_yield();
	}
	task->attention &= ~ATTENTION_SIGNAL;
	while ((signal = next_signal(task)))
		deliver(signal);
}

static const char *
signal_name(int signal)
{
	switch (signal) {
	case SIGILL:
		return "SIGILL";
	case SIGTRAP:
		return "SIGTRAP";
	case SIGBUS:
		return "SIGBUS";
	case SIGFPE:
		return "SIGFPE";
	case SIGKILL:
		return "SIGKILL";
	default:
		return "SIGSEGV";
	}
}

/* The report of row V09. */
static void
explain(const struct trap_frame *frame, int signal, vaddr_t address, const char *what)
{
	console_begin();
	kprintf("%s[%d]: %s at 0x%lx, pc 0x%lx: %s\n", current->process->name, current->process->pid,
		signal_name(signal), address, trap_pc(frame), what);
	kprintf("  ");
	arch_describe_fault(frame);
	kprintf("\n");
	vm_explain(current->space, address);
	arch_print_frame(frame);
	kprintf("  so the kernel sends it %s, which kills it\n", signal_name(signal));
	console_end();
}

void
user_fault(struct trap_frame *frame, int signal, vaddr_t address, const char *what)
{
	struct task *task = current;

	/* A fault cannot be ignored or put off: the program would run into it again at once. */
	task->blocked &= ~BIT(signal);
	task->process->actions[signal] = (struct kernel_sigaction){.handler = SIG_DFL};
	explain(frame, signal, address, what);
	if (task->process == init_process)
		panic("init was killed by %s", signal_name(signal));
	task->pending |= BIT(signal);
	task->attention |= ATTENTION_SIGNAL;
}
