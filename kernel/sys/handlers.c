/* System calls: what a process does with the signals it gets. */
#include <abi/errno.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>
#include <task/user_time.h>
#include "arch/arch.h"

/* The flags that are kept; others are dropped without a word, as Linux does. */
#define SA_KNOWN                                                                                   \
	(SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_RESTORER | SA_ONSTACK | SA_RESTART |        \
		SA_NODEFER | SA_RESETHAND)

/* sigaction(2); `new` may be NULL, `old` is always filled in. 0, -EINVAL. */
static int
change_action(int signal, struct kernel_sigaction *new, struct kernel_sigaction *old)
{
	struct process *process = current->process;

	if (signal < 1 || signal >= NSIG ||
		(new && SIGNAL_BIT(signal) & SIGNALS_UNBLOCKABLE))
		return -EINVAL;
	*old = process->actions[signal];
	if (!new)
		return 0;
	new->flags &= SA_KNOWN;
	new->mask = sigset_of(signals_of(&new->mask) & ~SIGNALS_UNBLOCKABLE);
	process->actions[signal] = *new;
	if (signal_ignored(process, signal))
		signal_forget_everywhere(process, SIGNAL_BIT(signal));
	return 0;
}

long
sys_rt_sigaction(int signal, const struct kernel_sigaction *new, struct kernel_sigaction *old,
	size_t set_size)
{
	struct kernel_sigaction action, before;

	if (set_size != sizeof(sigset_t))
		return -EINVAL;
	if (new && copy_from_user(&action, new, sizeof(action)))
		return -EFAULT;
	int error = change_action(signal, new ? &action : NULL, &before);
	if (error)
		return error;
	return old && copy_to_user(old, &before, sizeof(before)) ? -EFAULT : 0;
}

/* What is blocked from now on: sigprocmask(2). 0, -EINVAL: no such `how`. */
static int
change_mask(int how, uint64_t before, uint64_t signals, uint64_t *blocked)
{
	if (how == SIG_BLOCK)
		*blocked = before | signals;
	else if (how == SIG_UNBLOCK)
		*blocked = before & ~signals;
	else if (how == SIG_SETMASK)
		*blocked = signals;
	else
		return -EINVAL;
	return 0;
}

static int
read_set(const sigset_t *user, size_t size, uint64_t *signals)
{
	sigset_t set;

	if (size != sizeof(set))
		return -EINVAL;
	if (copy_from_user(&set, user, sizeof(set)))
		return -EFAULT;
	*signals = signals_of(&set);
	return 0;
}

long
sys_rt_sigprocmask(int how, const sigset_t *new, sigset_t *old, size_t set_size)
{
	uint64_t before = current->signals.blocked, signals;
	sigset_t set = sigset_of(before);

	if (set_size != sizeof(sigset_t))
		return -EINVAL;
	int error = new ? read_set(new, set_size, &signals) : 0;
	if (!error && new)
		error = change_mask(how, before, signals, &signals);
	if (error)
		return error;
	if (new)
		signal_block(signals);
	return old && copy_to_user(old, &set, sizeof(set)) ? -EFAULT : 0;
}

static uint64_t
pending_and_blocked(void)
{
	const struct task *task = current;

	return (task->signals.pending.set | task->process->signals.set) & task->signals.blocked;
}

/* Linux takes any smaller size, too, and gives that much of it. */
long
sys_rt_sigpending(sigset_t *user, size_t size)
{
	sigset_t set = sigset_of(pending_and_blocked());

	if (size > sizeof(set))
		return -EINVAL;
	return copy_to_user(user, &set, size);
}

long
sys_pause(void)
{
	wait_sleep(NULL, SLEEP_INTERRUPTIBLE);
	return -ERESTARTNOHAND;
}

/* Wait with another mask. */
static long
suspend(uint64_t blocked)
{
	signal_suspend(blocked);
	return sys_pause();
}

long
sys_rt_sigsuspend(const sigset_t *user, size_t size)
{
	uint64_t blocked;
	int error = read_set(user, size, &blocked);

	return error ? error : suspend(blocked);
}

/* The signal that came, of those awaited; -EAGAIN: none until the deadline; -EINTR: another. */
static long
await(uint64_t signals, uint64_t deadline, siginfo_t *info)
{
	struct task_signals *s = &current->signals;
	int signal = signal_take(signals, info), error;

	if (signal)
		return signal;
	s->awaited = signals;
	error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, deadline);
	s->awaited = 0;
	signal = signal_take(signals, info);
	if (signal)
		return signal;
	return error == -ETIMEDOUT ? -EAGAIN : -EINTR;
}

static long
timed_wait(const sigset_t *set, siginfo_t *user, const void *timeout, enum time_layout layout,
	size_t size)
{
	uint64_t signals, ns, deadline = ~0ull;
	siginfo_t info;
	int error = read_set(set, size, &signals);

	if (!error && timeout) {
		error = user_time_get(timeout, layout, &ns);
		deadline = deadline_in(ns);
	}
	if (error)
		return error;
	long signal = await(signals & ~SIGNALS_UNBLOCKABLE, deadline, &info);
	if (signal > 0 && user && copy_to_user(user, &info, sizeof(info)))
		return -EFAULT;
	return signal;
}

long
sys_rt_sigtimedwait(const sigset_t *set, siginfo_t *info, const void *timeout, size_t size)
{
	return timed_wait(set, info, timeout, TIME_TIMESPEC, size);
}

long
sys_rt_sigtimedwait_time64(
	const sigset_t *set, siginfo_t *info, const void *timeout, size_t size)
{
	return timed_wait(set, info, timeout, TIME_TIMESPEC64, size);
}

long
sys_sigaltstack(const stack_t *new, stack_t *old)
{
	vaddr_t sp = trap_sp(arch_task_frame(current));
	stack_t stack, before = current->signals.stack;

	if (new && copy_from_user(&stack, new, sizeof(stack)))
		return -EFAULT;
	before.ss_flags &= SS_AUTODISARM;
	if (!before.ss_size)
		before.ss_flags |= SS_DISABLE;
	else if (signal_on_stack(sp))
		before.ss_flags |= SS_ONSTACK;
	int error = new ? signal_set_stack(&stack, sp) : 0;
	if (error)
		return error;
	return old && copy_to_user(old, &before, sizeof(before)) ? -EFAULT : 0;
}

long
sys_sigreturn(void)
{
	return signal_return(false);
}

long
sys_rt_sigreturn(void)
{
	return signal_return(true);
}

/* Calls are made again by their own number; this one, if called by name, ends as Linux's does. */
long
sys_restart_syscall(void)
{
	return -EINTR;
}

/*
 * The calls from before there were 64 signals, with a set of 32 in one word. Some small C libraries
 * (klibc, dietlibc) still use them.
 */

long
sys_sigaction(int signal, const struct old_sigaction *new, struct old_sigaction *old)
{
	struct old_sigaction narrow;
	struct kernel_sigaction action, before;

	if (new && copy_from_user(&narrow, new, sizeof(narrow)))
		return -EFAULT;
	if (new)
		action = (struct kernel_sigaction){
			narrow.handler, narrow.flags, narrow.restorer, sigset_of(narrow.mask)};
	int error = change_action(signal, new ? &action : NULL, &before);
	if (error)
		return error;
	narrow = (struct old_sigaction){
		before.handler, signals_of(&before.mask), before.flags, before.restorer};
	return old && copy_to_user(old, &narrow, sizeof(narrow)) ? -EFAULT : 0;
}

/* The upper signals stay as they are. */
long
sys_sigprocmask(int how, const unsigned long *new, unsigned long *old)
{
	uint64_t before = current->signals.blocked, signals;
	unsigned long set;

	if (new) {
		if (copy_from_user(&set, new, sizeof(set)))
			return -EFAULT;
		int error = change_mask(how, before, set, &signals);
		if (error)
			return error;
		signal_block(signals | before >> 32 << 32);
	}
	set = before;
	return old && copy_to_user(old, &set, sizeof(set)) ? -EFAULT : 0;
}

long
sys_sigpending(unsigned long *user)
{
	unsigned long set = pending_and_blocked();

	return copy_to_user(user, &set, sizeof(set));
}

long
sys_sigsuspend(int unused, int unused_too, unsigned long blocked)
{
	(void)unused;
	(void)unused_too;
	return suspend(blocked);
}
