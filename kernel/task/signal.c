/* Sending signals, and those that wait to be taken. */
#include <abi/errno.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <task/task.h>

/* Of a task's pending signals these come first: they are about the instruction it is at. */
#define SYNCHRONOUS                                                                                \
	(SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGTRAP) |     \
		SIGNAL_BIT(SIGFPE) | SIGNAL_BIT(SIGSYS))

struct signal_entry {
	struct list link;	/* pending->entries */
	struct process *sender_limit; /* whose RLIMIT_SIGPENDING it counts against */
	siginfo_t info;
};
static struct cache cache = CACHE("signal", struct signal_entry);

void
signals_init(struct pending_signals *pending)
{
	pending->set = 0;
	list_init(&pending->entries);
}

bool
signal_ignored(const struct process *process, int signal)
{
	sighandler_t handler = process->actions[signal].handler;

	/* pid 1 gets only what it asked for, so nobody can stop the machine by kill(1, …) */
	if (process == init_process)
		return handler == SIG_DFL || handler == SIG_IGN;
	return handler == SIG_IGN ||
		(handler == SIG_DFL && SIGNAL_BIT(signal) & SIGNALS_HARMLESS);
}

static uint64_t
deliverable(const struct task *task)
{
	uint64_t all = task->signals.pending.set | task->process->signals.set;
	return all & (~task->signals.blocked | task->signals.awaited);
}

/* The process ends, or executes by another task. */
static bool
must_end(const struct task *task)
{
	const struct process *process = task->process;

	return process->exiting || (process->heir && process->heir != task);
}

bool
signal_pending(const struct task *task)
{
	return deliverable(task) || must_end(task);
}

bool
signal_fatal_pending(const struct task *task)
{
	uint64_t set = deliverable(task) & ~(SIGNALS_STOP | task->signals.awaited);

	if (must_end(task))
		return true;
	for (; set; set &= set - 1) {
		int signal = __builtin_ctzll(set) + 1;
		if (task->process->actions[signal].handler == SIG_DFL &&
			!signal_ignored(task->process, signal))
			return true;
	}
	return false;
}

void
signal_block(uint64_t signals)
{
	struct task *task = current;
	uint64_t added = signals & ~task->signals.blocked & task->process->signals.set;

	task->signals.blocked = signals & ~SIGNALS_UNBLOCKABLE;
	if (signal_pending(task))
		task->attention |= ATTENTION_SIGNAL;
	if (unlikely(added)) /* what it would have taken is another task's business now */
		signal_alert_all(task->process);
}

void
signal_suspend(uint64_t signals)
{
	struct task_signals *s = &current->signals;

	s->blocked_before = s->blocked;
	s->suspended = true;
	signal_block(signals);
}

void
signal_resume(void)
{
	struct task_signals *s = &current->signals;

	if (!s->suspended)
		return;
	s->suspended = false;
	signal_block(s->blocked_before);
}

/* --- waiting to be taken --- */

static void
drop(struct signal_entry *entry)
{
	entry->sender_limit->signals_queued--;
	list_remove(&entry->link);
	cache_free(&cache, entry);
}

void
signal_forget(struct pending_signals *pending, uint64_t signals)
{
	if (!(pending->set & signals))
		return;
	pending->set &= ~signals;
	list_for_each_safe(link, &pending->entries) {
		struct signal_entry *entry = list_entry(link, struct signal_entry, link);
		if (SIGNAL_BIT(entry->info.si_signo) & signals)
			drop(entry);
	}
}

void
signal_forget_everywhere(struct process *process, uint64_t signals)
{
	signal_forget(&process->signals, signals);
	list_for_each(link, &process->tasks)
		signal_forget(&list_entry(link, struct task, of_process)->signals.pending, signals);
}

void
signal_forget_handlers(void)
{
	struct kernel_sigaction *actions = current->process->actions;

	for (int signal = 1; signal < NSIG; signal++) {
		sighandler_t kept = actions[signal].handler == SIG_IGN ? SIG_IGN : SIG_DFL;
		actions[signal] = (struct kernel_sigaction){.handler = kept};
	}
	current->signals.stack = (stack_t){.ss_flags = SS_DISABLE};
}

/* The oldest entry of `signal` goes to *info; the signal waits on while there are others. */
static void
take_entry(struct pending_signals *pending, int signal, siginfo_t *info)
{
	bool found = false;

	memset(info, 0, sizeof(*info));
	info->si_signo = signal;
	info->si_code = SI_KERNEL;
	pending->set &= ~SIGNAL_BIT(signal);
	list_for_each_safe(link, &pending->entries) {
		struct signal_entry *entry = list_entry(link, struct signal_entry, link);
		if (entry->info.si_signo != signal)
			continue;
		if (found) {
			pending->set |= SIGNAL_BIT(signal);
			return;
		}
		found = true;
		*info = entry->info;
		drop(entry);
	}
}

static int
first_of(uint64_t set)
{
	return __builtin_ctzll(set & SYNCHRONOUS ? set & SYNCHRONOUS : set) + 1;
}

int
signal_take(uint64_t among, siginfo_t *info)
{
	struct pending_signals *pending = &current->signals.pending;
	int signal;

	if (!(pending->set & among))
		pending = &current->process->signals;
	if (!(pending->set & among))
		return 0;
	signal = first_of(pending->set & among);
	take_entry(pending, signal, info);
	return signal;
}

/* --- sending --- */

/* Signal n below 32 waits once; real-time signals queue up. */
static int
enter(struct process *process, struct pending_signals *pending, int signal, const siginfo_t *info)
{
	struct signal_entry *entry = NULL;
	bool standard = signal < __SIGRTMIN;

	if (standard && pending->set & SIGNAL_BIT(signal))
		return 0;
	if (info && ((standard && info->si_code >= 0) ||
			process->signals_queued < process->limits[RLIMIT_SIGPENDING].rlim_cur))
		entry = cache_alloc(&cache);
	if (info && !entry && !standard && info->si_code != SI_USER)
		return -EAGAIN;
	if (entry) {
		entry->info = *info;
		entry->sender_limit = process;
		process->signals_queued++;
		list_add_before(&pending->entries, &entry->link);
	}
	pending->set |= SIGNAL_BIT(signal);
	return 0;
}

/* Something is pending for the task: it looks at it on its way out, and that begins now. */
static void
alert(struct task *task)
{
	task->attention |= ATTENTION_SIGNAL;
	if (task->state == TASK_STOPPED && must_end(task))
		sched_ready(task);
	if (task->sleep_kind == SLEEP_INTERRUPTIBLE || signal_fatal_pending(task))
		sched_wake(task, -EINTR);
}

/* The task that will take a process's signal: the first that does not block it. NULL: none. */
static struct task *
taker(const struct process *process, int signal)
{
	list_for_each(link, &process->tasks) {
		struct task *task = list_entry(link, struct task, of_process);
		uint64_t deaf = task->signals.blocked & ~task->signals.awaited;
		if (!(deaf & SIGNAL_BIT(signal)))
			return task;
	}
	return NULL;
}

static void
go_on(struct process *process)
{
	process->stopped = false;
	list_for_each(link, &process->tasks) {
		struct task *task = list_entry(link, struct task, of_process);
		if (task->state == TASK_STOPPED)
			sched_ready(task);
	}
}

/* Stopping and going on take back what of the other still waits. */
static void
prepare(struct process *process, int signal)
{
	if (SIGNAL_BIT(signal) & SIGNALS_STOP)
		signal_forget_everywhere(process, SIGNAL_BIT(SIGCONT));
	if (signal != SIGCONT)
		return;
	signal_forget_everywhere(process, SIGNALS_STOP);
	if (!process->stopped)
		return;
	go_on(process); /* whatever it thinks of the signal */
	process->continued = true;
	signal_parent(process, CLD_CONTINUED, SIGCONT);
}

void
signal_alert_all(struct process *process)
{
	list_for_each(link, &process->tasks)
		alert(list_entry(link, struct task, of_process));
}

static void
kill_process(struct process *process)
{
	if (process->exiting)
		return;
	process->exiting = true;
	process->exit_status = SIGKILL;
	signal_alert_all(process);
}

static int
send(struct process *process, struct task *task, int signal, const siginfo_t *info)
{
	struct task *first = task ? task : process_first_task(process);
	int error;

	if (!first || process->exiting)
		return 0; /* ending, or a zombie */
	prepare(process, signal);
	/* who blocks it may change its mind about it */
	if (signal_ignored(process, signal) && !(first->signals.blocked & SIGNAL_BIT(signal)))
		return 0;
	if (signal == SIGKILL) {
		kill_process(process);
		return 0;
	}
	error = enter(process, task ? &task->signals.pending : &process->signals, signal, info);
	if (error)
		return error;
	first = task ? task : taker(process, signal);
	if (first && deliverable(first))
		alert(first);
	return 0;
}

void
signal_send(struct process *process, int signal)
{
	send(process, NULL, signal, NULL);
}

int
signal_send_info(struct process *process, struct task *task, const siginfo_t *info)
{
	return send(process, task, info->si_signo, info);
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

void
signal_parent(struct process *process, int code, int status)
{
	struct process *parent = process->parent;
	bool ended = code == CLD_EXITED || code == CLD_KILLED;
	int signal = ended ? process->exit_signal : SIGCHLD;
	siginfo_t info = {.si_signo = signal, .si_code = code};

	info.si_pid = process->pid;
	info.si_uid = process->cred.uid;
	info.si_status = status;
	info.si_utime = process_ticks(process);
	if (signal && parent->actions[signal].handler != SIG_IGN &&
		(ended || !(parent->actions[signal].flags & SA_NOCLDSTOP)))
		signal_send_info(parent, NULL, &info);
	wait_wake_all(&parent->child_changed);
}
