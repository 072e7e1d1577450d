/* Sending signals. */
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int
kill(pid_t process, int number)
{
	return syscall(SYS_kill, process, number);
}

int
killpg(pid_t group, int number)
{
	return kill(-group, number);
}

int
tgkill(pid_t process, pid_t task, int number)
{
	return syscall(SYS_tgkill, process, task, number);
}

int
raise(int number)
{
	return tgkill(getpid(), gettid(), number);
}

int
sigqueue(pid_t process, int number, union sigval value)
{
	siginfo_t info = {.si_signo = number, .si_code = SI_QUEUE};

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	return syscall(SYS_rt_sigqueueinfo, process, number, &info);
}
