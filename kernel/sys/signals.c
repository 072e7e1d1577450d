/* System calls: signals, as far as default actions, ignoring and blocking go. */
#include <abi/errno.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/task.h>
#include "arch/arch.h"

#define BIT(signal) (1ull << ((signal)-1))

static bool
may_signal(const struct process *process)
{
	const struct credentials *me = &current->process->cred, *it = &process->cred;
	return !me->euid || me->euid == it->uid || me->euid == it->suid || me->uid == it->uid ||
	       me->uid == it->suid;
}

/* As on Linux, the number is looked at only when there is somebody to send it to. */
static long
send_to(struct process *process, int signal)
{
	if (signal < 0 || signal >= NSIG)
		return -EINVAL;
	if (!may_signal(process))
		return -EPERM;
	if (signal)
		signal_send(process, signal);
	return 0;
}

/* kill(2) with a pid that means many: a group (pgid), or everybody but init and oneself (0). */
static long
send_to_many(int pgid, int signal)
{
	long result = -ESRCH;

	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (pgid ? process->pgid != pgid : process->pid == 1 || process == current->process)
			continue;
		long error = send_to(process, signal);
		if (result)
			result = error; /* one success is enough */
	}
	return result;
}

long
sys_kill(int pid, int signal)
{
	if (pid == 0)
		return send_to_many(current->process->pgid, signal);
	if (pid == -1)
		return send_to_many(0, signal);
	if (pid < 0)
		return pid == INT32_MIN ? -ESRCH : send_to_many(-pid, signal);
	struct process *process = process_find(pid);
	return process ? send_to(process, signal) : -ESRCH;
}

long
sys_tkill(int tid, int signal)
{
	return tid <= 0 ? -EINVAL : sys_kill(tid, signal);
}

long
sys_tgkill(int tgid, int tid, int signal)
{
	if (tgid <= 0 || tid <= 0)
		return -EINVAL;
	return tgid == tid ? sys_kill(tid, signal) : -ESRCH;
}

static uint64_t
from_set(const sigset_t *set)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < ARRAY_SIZE(set->sig); i++)
		bits |= (uint64_t)set->sig[i] << (i * 8 * sizeof(set->sig[0]));
	return bits;
}

static void
to_set(uint64_t bits, sigset_t *set)
{
	for (unsigned i = 0; i < ARRAY_SIZE(set->sig); i++)
		set->sig[i] = bits >> (i * 8 * sizeof(set->sig[0]));
}

long
sys_rt_sigaction(int signal, const struct kernel_sigaction *new, struct kernel_sigaction *old,
	size_t set_size)
{
	struct process *process = current->process;
	struct kernel_sigaction action;

	if (set_size != sizeof(sigset_t))
		return -EINVAL;
	if (new && copy_from_user(&action, new, sizeof(action)))
		return -EFAULT;
	if (signal < 1 || signal >= NSIG)
		return -EINVAL;
	if (new) {
		if (signal == SIGKILL || signal == SIGSTOP)
			return -EINVAL;
		if (action.handler != SIG_DFL && action.handler != SIG_IGN)
			return -ENOSYS; /* handlers: a later chapter */
	}
	struct kernel_sigaction before = process->actions[signal];
	if (old && copy_to_user(old, &before, sizeof(before)))
		return -EFAULT;
	if (new) {
		process->actions[signal] = action;
		if (action.handler == SIG_IGN)
			process->pending &= ~BIT(signal);
	}
	return 0;
}

long
sys_rt_sigprocmask(int how, const sigset_t *new, sigset_t *old, size_t set_size)
{
	struct task *task = current;
	uint64_t before = task->blocked, after = before;
	sigset_t set;

	if (set_size != sizeof(sigset_t))
		return -EINVAL;
	if (new) {
		if (copy_from_user(&set, new, sizeof(set)))
			return -EFAULT;
		if (how == SIG_BLOCK)
			after |= from_set(&set);
		else if (how == SIG_UNBLOCK)
			after &= ~from_set(&set);
		else if (how == SIG_SETMASK)
			after = from_set(&set);
		else
			return -EINVAL;
		task->blocked = after & ~(BIT(SIGKILL) | BIT(SIGSTOP));
		task->attention |= ATTENTION_SIGNAL;
	}
	to_set(before, &set);
	return old && copy_to_user(old, &set, sizeof(set)) ? -EFAULT : 0;
}

long
sys_pause(void)
{
	for (;;) {
		int error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, ~0ull);
		if (error)
			return error;
	}
}

/* To the nearest second, but 0 means that no alarm is set. */
static unsigned long
seconds_left(const struct timer *alarm, uint64_t now)
{
	if (!timer_running(alarm))
		return 0;
	uint64_t rest = alarm->deadline > now ? alarm->deadline - now : 0;
	return rest < NS_PER_SECOND ? 1 : (rest + NS_PER_SECOND / 2) / NS_PER_SECOND;
}

long
sys_alarm(unsigned seconds)
{
	struct timer *alarm = &current->process->alarm;
	uint64_t now = arch_clock_ns();
	unsigned long left = seconds_left(alarm, now);

	if (seconds > INT32_MAX)
		seconds = INT32_MAX;
	timer_stop(alarm);
	current->process->alarm_interval = 0;
	if (seconds)
		timer_start(alarm, now + seconds * NS_PER_SECOND);
	return left;
}
