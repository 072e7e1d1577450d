/* System calls: waiting for children, and what they, or the caller, have used. */
#include <abi/errno.h>
#include <abi/wait.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/task.h>

#define KIB_PER_PAGE (PAGE_SIZE / 1024)

static int
give_usage(const struct usage *usage, struct rusage *user)
{
	const struct rusage out = {
		.ru_utime = {usage->ticks / HZ, usage->ticks % HZ * (1000000 / HZ)},
		.ru_maxrss = usage->most_resident * KIB_PER_PAGE,
		.ru_minflt = usage->faults,
	};

	return copy_to_user(user, &out, sizeof(out));
}

long
sys_wait4(int pid, int *status, int options, struct rusage *usage)
{
	struct wait_report report;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WALL | __WCLONE | __WNOTHREAD))
		return -EINVAL;
	if (pid == INT32_MIN)
		return -ESRCH; /* its group would be a number that there is not */
	long child = process_wait(pid, options | WEXITED, &report);
	if (child <= 0)
		return child;
	if (status && copy_to_user(status, &report.status, sizeof(report.status)))
		return -EFAULT;
	if (usage && give_usage(&report.usage, usage))
		return -EFAULT;
	return child;
}

long
sys_waitpid(int pid, int *status, int options)
{
	return sys_wait4(pid, status, options, NULL);
}

/* What waitid fills in of a siginfo_t: its first words. */
struct child_info {
	int si_signo, si_errno, si_code;
	int si_pid;
	unsigned si_uid;
	int si_status;
};

static struct child_info
info_of(const struct wait_report *report)
{
	struct child_info info = {
		.si_signo = SIGCHLD,
		.si_pid = report->pid,
		.si_uid = report->uid,
	};
	int status = report->status;

	if (WIFCONTINUED(status)) {
		info.si_code = CLD_CONTINUED;
		info.si_status = SIGCONT;
	} else if (WIFSTOPPED(status)) {
		info.si_code = CLD_STOPPED;
		info.si_status = WSTOPSIG(status);
	} else if (WIFEXITED(status)) {
		info.si_code = CLD_EXITED;
		info.si_status = WEXITSTATUS(status);
	} else {
		info.si_code = CLD_KILLED;
		info.si_status = WTERMSIG(status);
	}
	return info;
}

/* Whom waitid means, in wait4's words. 0, -EINVAL. */
static int
whom(unsigned type, int id, int *pid)
{
	if (type > P_PGID || (type == P_PID && id <= 0) || (type == P_PGID && id < 0))
		return -EINVAL;
	*pid = type == P_ALL ? -1 : type == P_PID ? id : -id;
	return 0;
}

long
sys_waitid(unsigned type, int id, void *user, int options, struct rusage *usage)
{
	const int what = WEXITED | WSTOPPED | WCONTINUED;
	struct wait_report report;
	struct child_info info = {0};
	int pid;

	if (options & ~(what | WNOHANG | WNOWAIT | __WALL | __WNOTHREAD) || !(options & what) ||
		whom(type, id, &pid))
		return -EINVAL;
	long child = process_wait(pid, options, &report);
	if (child < 0)
		return child;
	if (child > 0)
		info = info_of(&report);
	if (child > 0 && usage && give_usage(&report.usage, usage))
		return -EFAULT;
	return user && copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
}

long
sys_getrusage(int who, struct rusage *user)
{
	struct usage usage;

	if (who == RUSAGE_SELF)
		usage = process_usage(current->process);
	else if (who == RUSAGE_CHILDREN)
		usage = current->process->children_used;
	else if (who == RUSAGE_THREAD)
		usage = (struct usage){.ticks = current->ticks};
	else
		return -EINVAL;
	return give_usage(&usage, user);
}

/* The answer counts ticks too, from long before the boot on Linux, from the boot here. */
long
sys_times(struct tms *user)
{
	struct tms times = {
		.tms_utime = process_ticks(current->process),
		.tms_cutime = current->process->children_used.ticks,
	};

	if (user && copy_to_user(user, &times, sizeof(times)))
		return -EFAULT;
	return arch_clock_ns() / (NS_PER_SECOND / HZ);
}
