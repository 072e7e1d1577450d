/* Waiting for several descriptors at once. */
#ifndef LIBC_POLL_H
#define LIBC_POLL_H

#include <abi/poll.h>
#include <abi/signal.h>
#include <abi/time.h>

typedef unsigned long nfds_t;

/* `timeout` in milliseconds; negative: for ever. */
int poll(struct pollfd *descriptors, nfds_t count, int timeout);
/* The same, with these signals blocked meanwhile (NULL: those that are). NULL: for ever. */
int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
	const sigset_t *mask);

#endif
