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
is_ignored(const struct task *task, int signal)
{
	sighandler_t handler = task->actions[signal].handler;

	/* pid 1 gets only what it asked for, so nobody can stop the machine by kill(1, …) */
	if (task == init_task)
		return handler == SIG_DFL || handler == SIG_IGN;
	return handler == SIG_IGN || (handler == SIG_DFL && BIT(signal) & HARMLESS);
}

/* Pending signals that will do something to the task now. */
static uint64_t
deliverable(const struct task *task)
{
	return task->pending & ~task->blocked;
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

/* SIGCONT wakes a stopped task whatever it thinks of it. */
static void
go_on(struct task *task)
{
	if (task->state != TASK_STOPPED)
		return;
	task->continued = true;
	sched_ready(task);
	wait_wake_all(&task->parent->child_changed);
}

void
signal_send(struct task *task, int signal)
{
	if (task->state == TASK_ZOMBIE)
		return;
	if (signal == SIGCONT) {
		task->pending &= ~STOPS;
		go_on(task);
	} else if (BIT(signal) & STOPS) {
		task->pending &= ~BIT(SIGCONT);
	}
	if (is_ignored(task, signal) && !(task->blocked & BIT(signal)))
		return;
	task->pending |= BIT(signal);
	if (signal == SIGKILL && task->state == TASK_STOPPED)
		sched_ready(task);
	if (!deliverable(task))
		return;
	task->attention |= ATTENTION_SIGNAL;
	if (task->sleep_kind == SLEEP_INTERRUPTIBLE || signal_fatal_pending(task))
		sched_wake(task, -EINTR);
}

void
signal_send_group(int pgid, int signal)
{
	list_for_each(link, &tasks) {
		struct task *task = list_entry(link, struct task, all);
		if (task->pgid == pgid)
			signal_send(task, signal);
	}
}

static void
stop(int signal)
{
	struct task *task = current;

	task->state = TASK_STOPPED;
	task->stop_reported = false;
	task->continued = false;
	task->exit_status = signal << 8 | 0x7f;
	if (!(task->parent->actions[SIGCHLD].flags & SA_NOCLDSTOP))
		signal_send(task->parent, SIGCHLD);
	wait_wake_all(&task->parent->child_changed);
	schedule();
	/* stopped and continued: other signals may be pending now */
}

/* Act on the lowest pending signal. */
static void
deliver(int signal)
{
	current->pending &= ~BIT(signal);
	if (is_ignored(current, signal))
		return;
	if (BIT(signal) & STOPS)
		stop(signal);
	else
		task_exit(signal);
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
	kprintf("%s[%d]: %s at 0x%lx, pc 0x%lx: %s\n", current->name, current->pid,
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
	task->actions[signal] = (struct kernel_sigaction){.handler = SIG_DFL};
	explain(frame, signal, address, what);
	if (task == init_task)
		panic("init was killed by %s", signal_name(signal));
	task->pending |= BIT(signal);
	task->attention |= ATTENTION_SIGNAL;
}
