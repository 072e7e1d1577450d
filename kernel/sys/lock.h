/* Locking memory, for the calls that make some. */
#ifndef SYS_LOCK_H
#define SYS_LOCK_H

#include <mm/vm.h>

/* `pages` more, locked: 0; -EPERM: may not lock at all; -EAGAIN: not so many. */
int lock_check_new(const struct space *space, unsigned long pages);
/*
 * What was just made of [start, end): locked, if `locked` or mlockall() asked for it; and brought
 * in if it must be, or `now`. May sleep. As on Linux, that not all could be brought in is no error.
 */
void lock_new(struct space *space, vaddr_t start, vaddr_t end, bool locked, bool now);

#endif
