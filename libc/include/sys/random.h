/* Random bytes. */
#ifndef LIBC_SYS_RANDOM_H
#define LIBC_SYS_RANDOM_H

#include <abi/random.h>
#include <sys/types.h>

ssize_t getrandom(void *to, size_t size, unsigned flags);

#endif
