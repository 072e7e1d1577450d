/* System calls: sending signals. */
#include <abi/errno.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>

/* kill(2): by user; and within a session anybody may make anybody go on. */
static bool
may_signal(const struct process *process, int signal)
{
	const struct credentials *me = &current->process->cred, *it = &process->cred;

	return process == current->process || !me->euid || me->euid == it->uid ||
		me->euid == it->suid || me->uid == it->uid || me->uid == it->suid ||
		(signal == SIGCONT && process->sid == current->process->sid);
}

/* As on Linux, the number is looked at only when there is somebody to send it to. */
static long
send_to(struct process *process, struct task *task, const siginfo_t *info)
{
	int signal = info->si_signo;

	if (signal < 0 || signal >= NSIG)
		return -EINVAL;
	if (!may_signal(process, signal))
		return -EPERM;
	return signal ? signal_send_info(process, task, info) : 0;
}

/* From this process, by kill or tkill. */
static siginfo_t
info_of(int signal, int code)
{
	siginfo_t info = {.si_signo = signal, .si_code = code};

	info.si_pid = current->process->pid;
	info.si_uid = current->process->cred.uid;
	return info;
}

/* kill(2) with a pid that means many: a group (pgid), or everybody but init and oneself (0). */
static long
send_to_many(int pgid, const siginfo_t *info)
{
	long result = -ESRCH;

	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (pgid ? process->pgid != pgid : process->pid == 1 || process == current->process)
			continue;
		long error = send_to(process, NULL, info);
		if (!pgid && error == -EPERM)
			error = 0; /* as Linux: of everybody, only those count that may be meant */
		if (result)
			result = error; /* one success is enough */
	}
	return result;
}

long
sys_kill(int pid, int signal)
{
	siginfo_t info = info_of(signal, SI_USER);

	if (pid == 0)
		return send_to_many(current->process->pgid, &info);
	if (pid == -1)
		return send_to_many(0, &info);
	if (pid < 0)
		return pid == INT32_MIN ? -ESRCH : send_to_many(-pid, &info);
	struct process *process = process_find(pid);
	return process ? send_to(process, NULL, &info) : -ESRCH;
}

/* To one task, of the process `pid` if that is not 0. */
static long
send_to_task(int pid, int tid, const siginfo_t *info)
{
	struct task *task = task_find(tid);

	if (!task) { /* a zombie's first task still goes by its number */
		struct process *process = process_find(tid);
		return process && (!pid || pid == tid) ? send_to(process, NULL, info) : -ESRCH;
	}
	if (pid && task->process->pid != pid)
		return -ESRCH;
	return send_to(task->process, task, info);
}

long
sys_tkill(int tid, int signal)
{
	siginfo_t info = info_of(signal, SI_TKILL);

	return tid <= 0 ? -EINVAL : send_to_task(0, tid, &info);
}

long
sys_tgkill(int tgid, int tid, int signal)
{
	siginfo_t info = info_of(signal, SI_TKILL);

	return tgid <= 0 || tid <= 0 ? -EINVAL : send_to_task(tgid, tid, &info);
}

/*
 * What the caller says of itself. Nobody but it is to take that for the kernel's word, or kill's.
 */
static int
read_info(siginfo_t *info, int signal, const siginfo_t *user, int receiver)
{
	if (copy_from_user(info, user, sizeof(*info)))
		return -EFAULT;
	info->si_signo = signal;
	if ((info->si_code >= 0 || info->si_code == SI_TKILL) && receiver != current->process->pid)
		return -EPERM;
	return 0;
}

long
sys_rt_sigqueueinfo(int pid, int signal, const siginfo_t *user)
{
	siginfo_t info;
	int error = read_info(&info, signal, user, pid);

	if (error)
		return error;
	struct process *process = process_find(pid);
	return process ? send_to(process, NULL, &info) : -ESRCH;
}

long
sys_rt_tgsigqueueinfo(int tgid, int tid, int signal, const siginfo_t *user)
{
	siginfo_t info;
	int error = read_info(&info, signal, user, tgid);

	if (error)
		return error;
	return tgid <= 0 || tid <= 0 ? -EINVAL : send_to_task(tgid, tid, &info);
}
