/* Reading and writing many pieces at once. */
#ifndef LIBC_SYS_UIO_H
#define LIBC_SYS_UIO_H

#include <abi/unistd.h>
#include <sys/types.h>

ssize_t readv(int descriptor, const struct iovec *pieces, int count);
ssize_t writev(int descriptor, const struct iovec *pieces, int count);

#endif
