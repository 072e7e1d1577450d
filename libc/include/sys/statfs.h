/* What is known of a file system. */
#ifndef LIBC_SYS_STATFS_H
#define LIBC_SYS_STATFS_H

/* Sizes have 64 bits always. */
#define statfs	statfs64
#define fstatfs fstatfs64

#include <abi/statfs.h>

int statfs(const char *path, struct statfs *status);
int fstatfs(int descriptor, struct statfs *status);

#endif
