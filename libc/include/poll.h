/* Waiting for several descriptors at once. */
#ifndef LIBC_POLL_H
#define LIBC_POLL_H

#include <abi/poll.h>

typedef unsigned long nfds_t;

/* `timeout` in milliseconds; negative: for ever. */
int poll(struct pollfd *descriptors, nfds_t count, int timeout);

#endif
