/*
 * The system calls of files, as the table of calls names them. Arguments and errors are Linux's;
 * pointers are user addresses.
 */
#ifndef FILE_FILE_CALLS_H
#define FILE_FILE_CALLS_H

#include <abi/stat.h>
#include <abi/unistd.h>
#include <lib/types.h>

struct pollfd;

long sys_open(const char *path, unsigned flags, unsigned mode);
long sys_openat(long directory, const char *path, unsigned flags, unsigned mode);
long sys_close(long fd);
long sys_read(long fd, void *user, size_t size);
long sys_write(long fd, const void *user, size_t size);
long sys_readv(long fd, const struct iovec *vector, long count);
long sys_writev(long fd, const struct iovec *vector, long count);
long sys_lseek(long fd, long offset, unsigned whence);
long sys__llseek(long fd, unsigned long high, unsigned long low, int64_t *result, unsigned whence);
long sys_getdents64(long fd, void *user, size_t size);
long sys_stat64(const char *path, struct stat64 *user);
long sys_lstat64(const char *path, struct stat64 *user);
long sys_fstat64(long fd, struct stat64 *user);
long sys_access(const char *path, unsigned mode);
long sys_ioctl(long fd, unsigned request, unsigned long argument);
long sys_dup(long fd);
long sys_dup2(long from, long to);
long sys_dup3(long from, long to, unsigned flags);
long sys_pipe(int *user);
long sys_pipe2(int *user, unsigned flags);
long sys_fcntl64(long fd, unsigned command, unsigned long argument);
long sys_poll(struct pollfd *user, unsigned count, int milliseconds);
long sys__newselect(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout);
long sys_chdir(const char *path);
long sys_getcwd(char *user, size_t size);

#endif
