/* Opening files. */
#ifndef LIBC_FCNTL_H
#define LIBC_FCNTL_H

#include <abi/fcntl.h>
#include <sys/types.h>

int open(const char *path, int flags, ...);
int openat(int directory, const char *path, int flags, ...);
int creat(const char *path, mode_t mode);
int fcntl(int descriptor, int command, ...);

#endif
