/* select: the older way to wait for several descriptors, by sets of bits. */
#ifndef LIBC_SYS_SELECT_H
#define LIBC_SYS_SELECT_H

#include <abi/signal.h>
#include <abi/time.h>
#include <string.h>
#include <sys/types.h>

#define FD_SETSIZE 1024

typedef struct {
	unsigned long fds_bits[FD_SETSIZE / (8 * sizeof(unsigned long))];
} fd_set;

#define FD_WORD_(fd) ((fd) / (8 * sizeof(unsigned long)))
#define FD_BIT_(fd)  (1ul << (fd) % (8 * sizeof(unsigned long)))

#define FD_ZERO(set)	  ((void)memset((set), 0, sizeof(fd_set)))
#define FD_SET(fd, set)	  ((void)((set)->fds_bits[FD_WORD_(fd)] |= FD_BIT_(fd)))
#define FD_CLR(fd, set)	  ((void)((set)->fds_bits[FD_WORD_(fd)] &= ~FD_BIT_(fd)))
#define FD_ISSET(fd, set) (((set)->fds_bits[FD_WORD_(fd)] & FD_BIT_(fd)) != 0)

/* As Linux's own, it leaves in *timeout what was left of it. */
int select(int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
	struct timeval *restrict timeout);
int pselect(int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
	const struct timespec *restrict timeout, const sigset_t *restrict mask);

#endif
