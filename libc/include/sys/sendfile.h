/* Copying from a file to another descriptor. */
#ifndef LIBC_SYS_SENDFILE_H
#define LIBC_SYS_SENDFILE_H

#include <sys/types.h>

ssize_t sendfile(int to, int from, off_t *position, size_t size);

#endif
