/* What is known of a file. */
#ifndef LIBC_SYS_STAT_H
#define LIBC_SYS_STAT_H

/* Sizes have 64 bits always, so stat64 is the only kind there is. */
#define stat  stat64
#define lstat lstat64
#define fstat fstat64

#include <abi/stat.h>
#include <abi/statx.h>
#include <abi/time.h>
#include <sys/types.h>

int stat(const char *restrict path, struct stat *restrict status);
int lstat(const char *restrict path, struct stat *restrict status);
int fstat(int descriptor, struct stat *status);
int fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags);
int statx(int directory, const char *restrict path, int flags, unsigned mask,
	struct statx *restrict status);
int chmod(const char *path, mode_t mode);
int fchmod(int descriptor, mode_t mode);
int fchmodat(int directory, const char *path, mode_t mode, int flags);
mode_t umask(mode_t mask);
int mkdir(const char *path, mode_t mode);
int mknod(const char *path, mode_t mode, dev_t device);
int mkfifo(const char *path, mode_t mode);
int mkdirat(int directory, const char *path, mode_t mode);
int utimensat(int directory, const char *path, const struct timespec times[2], int flags);
int futimens(int descriptor, const struct timespec times[2]);

#endif
