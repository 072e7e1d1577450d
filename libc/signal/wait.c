/* Waiting for signals. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int
pause(void)
{
	return syscall(SYS_pause);
}

int
sigsuspend(const sigset_t *set)
{
	return syscall(SYS_rt_sigsuspend, set, sizeof(*set));
}

int
sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
	const struct timespec *restrict timeout)
{
	return syscall(SYS_rt_sigtimedwait, set, info, timeout, sizeof(*set));
}

int
sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return sigtimedwait(set, info, NULL);
}

/* POSIX: an error number, and never EINTR. */
int
sigwait(const sigset_t *restrict set, int *restrict number)
{
	int result;

	do
		result = sigtimedwait(set, NULL, NULL);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return errno;
	*number = result;
	return 0;
}
