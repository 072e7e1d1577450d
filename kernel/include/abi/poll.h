/* poll: what is asked of a descriptor, and what it answers. */
#ifndef ABI_POLL_H
#define ABI_POLL_H

#define POLLIN	   0x0001
#define POLLPRI	   0x0002
#define POLLOUT	   0x0004
#define POLLERR	   0x0008 /* these three are answered unasked */
#define POLLHUP	   0x0010
#define POLLNVAL   0x0020
#define POLLRDNORM 0x0040
#define POLLRDBAND 0x0080
#define POLLWRNORM 0x0100
#define POLLWRBAND 0x0200

struct pollfd {
	int fd; /* negative: passed over */
	short events, revents;
};

#endif
