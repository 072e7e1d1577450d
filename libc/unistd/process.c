/* Processes: the system calls as they are. */
#include <sched.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t
fork(void)
{
	return syscall(SYS_fork);
}

_Noreturn void
_exit(int status)
{
	syscall(SYS_exit_group, status);
	__builtin_trap();
}

_Noreturn void
_Exit(int status)
{
	_exit(status);
}

pid_t
wait4(pid_t process, int *status, int options, struct rusage *usage)
{
	return syscall(SYS_wait4, process, status, options, usage);
}

pid_t
wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t
waitpid(pid_t process, int *status, int options)
{
	return wait4(process, status, options, NULL);
}

pid_t
wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

pid_t
getpid(void)
{
	return syscall(SYS_getpid);
}

pid_t
getppid(void)
{
	return syscall(SYS_getppid);
}

pid_t
gettid(void)
{
	return syscall(SYS_gettid);
}

int
setpgid(pid_t process, pid_t group)
{
	return syscall(SYS_setpgid, process, group);
}

pid_t
getpgid(pid_t process)
{
	return syscall(SYS_getpgid, process);
}

pid_t
getpgrp(void)
{
	return getpgid(0);
}

pid_t
setsid(void)
{
	return syscall(SYS_setsid);
}

pid_t
getsid(pid_t process)
{
	return syscall(SYS_getsid, process);
}

int
sched_yield(void)
{
	return syscall(SYS_sched_yield);
}

int
prlimit64(pid_t process, int resource, const struct rlimit64 *limit, struct rlimit64 *old)
{
	return syscall(SYS_prlimit64, process, resource, limit, old);
}

int
getrlimit(int resource, struct rlimit *limit)
{
	return syscall(SYS_ugetrlimit, resource, limit);
}

int
setrlimit(int resource, const struct rlimit *limit)
{
	return syscall(SYS_setrlimit, resource, limit);
}
