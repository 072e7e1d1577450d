/*
 * System calls: who runs when. The scheduler is round robin and there is one CPU, so what these say
 * is true but changes nothing.
 */
#include <abi/errno.h>
#include <abi/resource.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>

#define CPUS 1ul /* the set of all CPUs, bit by bit */

static bool
is_meant(const struct process *process, int which, unsigned who)
{
	const struct process *me = current->process;

	if (which == PRIO_PROCESS)
		return process == (who ? process_find(who) : me);
	if (which == PRIO_PGRP)
		return process->pgid == (int)(who ? who : (unsigned)me->pgid);
	return process->cred.uid == (who ? who : me->cred.uid);
}

/* The answer is 20 - nice: the best of those meant, and never negative. */
long
sys_getpriority(int which, unsigned who)
{
	long best = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	list_for_each(link, &processes) {
		const struct process *process = list_entry(link, struct process, all);
		if (is_meant(process, which, who) && 20 - process->nice > best)
			best = 20 - process->nice;
	}
	return best;
}

/* As on Linux, only root may make anybody nicer to itself. 0, -EPERM, -EACCES. */
static int
set_nice(struct process *process, int nice)
{
	const struct credentials *me = &current->process->cred;

	if (me->euid && me->euid != process->cred.uid && me->euid != process->cred.euid)
		return -EPERM;
	if (me->euid && nice < process->nice)
		return -EACCES;
	process->nice = nice;
	return 0;
}

static int
within_bounds(int nice)
{
	return nice < -20 ? -20 : nice > 19 ? 19 : nice;
}

long
sys_setpriority(int which, unsigned who, int nice)
{
	int result = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (!is_meant(process, which, who))
			continue;
		int error = set_nice(process, within_bounds(nice));
		if (error || result == -ESRCH)
			result = error;
	}
	return result;
}

long
sys_nice(int change)
{
	struct process *process = current->process;

	if (change < -40 || change > 40)
		change = change < 0 ? -40 : 40;
	int error = set_nice(process, within_bounds(process->nice + change));
	return error ? -EPERM : 0;
}

/* The answer is how many bytes of the set were stored. */
long
sys_sched_getaffinity(int tid, size_t size, unsigned long *user)
{
	const unsigned long set = CPUS;

	if (size < sizeof(set) || size % sizeof(set))
		return -EINVAL;
	if (tid && !task_find(tid))
		return -ESRCH;
	return copy_to_user(user, &set, sizeof(set)) ? -EFAULT : (long)sizeof(set);
}

/* Any set with the one CPU in it will do. */
long
sys_sched_setaffinity(int tid, size_t size, const unsigned long *user)
{
	unsigned long set = 0;

	if (copy_from_user(&set, user, size < sizeof(set) ? size : sizeof(set)))
		return -EFAULT;
	const struct task *task = tid ? task_find(tid) : current;
	if (!task)
		return -ESRCH;
	const struct credentials *me = &current->process->cred, *it = &task->process->cred;
	if (me->euid && me->euid != it->uid && me->euid != it->euid)
		return -EPERM;
	return set & CPUS ? 0 : -EINVAL;
}
