/* Pipes, and waiting for several descriptors. */
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

int
pipe(int descriptors[2])
{
	return syscall(SYS_pipe, descriptors);
}

int
pipe2(int descriptors[2], int flags)
{
	return syscall(SYS_pipe2, descriptors, flags);
}

int
poll(struct pollfd *descriptors, nfds_t count, int timeout)
{
	return syscall(SYS_poll, descriptors, count, timeout);
}

int
select(int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
	struct timeval *restrict timeout)
{
	return syscall(SYS__newselect, count, in, out, except, timeout);
}

/* The system would leave in the time what was left of it: it gets a copy. */
int
ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
	const sigset_t *mask)
{
	struct timespec time = timeout ? *timeout : (struct timespec){0};

	return syscall(
		SYS_ppoll, descriptors, count, timeout ? &time : NULL, mask, sizeof(*mask));
}

int
pselect(int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
	const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
	struct timespec time = timeout ? *timeout : (struct timespec){0};
	const struct {
		const sigset_t *mask;
		size_t size;
	} argument = {mask, sizeof(*mask)};

	return syscall(
		SYS_pselect6, count, in, out, except, timeout ? &time : NULL, &argument);
}
