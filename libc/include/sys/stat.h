/* What is known of a file. */
#ifndef LIBC_SYS_STAT_H
#define LIBC_SYS_STAT_H

/* Sizes have 64 bits always, so stat64 is the only kind there is. */
#define stat  stat64
#define lstat lstat64
#define fstat fstat64

#include <abi/stat.h>
#include <sys/types.h>

int stat(const char *restrict path, struct stat *restrict status);
int lstat(const char *restrict path, struct stat *restrict status);
int fstat(int descriptor, struct stat *status);

#endif
