/*
 * The system calls of files, as the table of calls names them. Arguments and errors are Linux's;
 * pointers are user addresses.
 */
#ifndef FILE_FILE_CALLS_H
#define FILE_FILE_CALLS_H

#include <abi/signal.h>
#include <abi/stat.h>
#include <abi/unistd.h>
#include <lib/types.h>

struct pollfd;
struct statfs64;
struct statx;
struct timespec;
struct timespec64;

/* calls.c */
long sys_read(long fd, void *user, size_t size);
long sys_write(long fd, const void *user, size_t size);
long sys_readv(long fd, const struct iovec *vector, long count);
long sys_writev(long fd, const struct iovec *vector, long count);
long sys_pread64(long fd, void *user, size_t size, SYSCALL_ALIGN unsigned long low,
	unsigned long high);
long sys_pwrite64(long fd, const void *user, size_t size, SYSCALL_ALIGN unsigned long low,
	unsigned long high);
long sys_lseek(long fd, long offset, unsigned whence);
long sys__llseek(long fd, unsigned long high, unsigned long low, int64_t *result, unsigned whence);
long sys_ioctl(long fd, unsigned request, unsigned long argument);

/* file.c */
long sys_close(long fd);
long sys_dup(long fd);
long sys_dup2(long from, long to);
long sys_dup3(long from, long to, unsigned flags);
long sys_fcntl64(long fd, unsigned command, unsigned long argument);

/* pipe.c, poll.c */
long sys_mknod(const char *path, unsigned mode, unsigned device);
long sys_mknodat(long directory, const char *path, unsigned mode, unsigned device);
long sys_pipe(int *user);
long sys_pipe2(int *user, unsigned flags);
long sys_poll(struct pollfd *user, unsigned count, int milliseconds);
long sys__newselect(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout);
struct mask_argument;
long sys_ppoll(struct pollfd *user, unsigned count, void *timeout, const sigset_t *mask,
	size_t size);
long sys_ppoll_time64(struct pollfd *user, unsigned count, void *timeout, const sigset_t *mask,
	size_t size);
long sys_pselect6(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout, const struct mask_argument *mask);
long sys_pselect6_time64(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout, const struct mask_argument *mask);

/* open.c */
long sys_open(const char *path, unsigned flags, unsigned mode);
long sys_openat(long directory, const char *path, unsigned flags, unsigned mode);
long sys_creat(const char *path, unsigned mode);
long sys_truncate(const char *path, long length);
long sys_ftruncate(long fd, long length);
long sys_truncate64(const char *path, SYSCALL_ALIGN unsigned long low, unsigned long high);
long sys_ftruncate64(long fd, SYSCALL_ALIGN unsigned long low, unsigned long high);
long sys_fsync(long fd);
long sys_sync(void);

/* names.c */
long sys_mkdir(const char *path, unsigned mode);
long sys_mkdirat(long directory, const char *path, unsigned mode);
long sys_rmdir(const char *path);
long sys_unlink(const char *path);
long sys_unlinkat(long directory, const char *path, unsigned flags);
long sys_rename(const char *from, const char *to);
long sys_renameat(long from_directory, const char *from, long to_directory, const char *to);
long sys_renameat2(long from_directory, const char *from, long to_directory, const char *to,
	unsigned flags);

/* links.c */
long sys_link(const char *from, const char *to);
long sys_linkat(long from_directory, const char *from, long to_directory, const char *to,
	unsigned flags);
long sys_symlink(const char *target, const char *path);
long sys_symlinkat(const char *target, long directory, const char *path);
long sys_readlink(const char *path, char *buffer, long size);
long sys_readlinkat(long directory, const char *path, char *buffer, long size);

/* directory.c */
long sys_chdir(const char *path);
long sys_fchdir(long fd);
long sys_getcwd(char *user, size_t size);
long sys_getdents64(long fd, void *user, size_t size);

/* permission.c */
long sys_access(const char *path, unsigned mode);
long sys_faccessat(long directory, const char *path, unsigned mode);
long sys_faccessat2(long directory, const char *path, unsigned mode, unsigned flags);
long sys_chmod(const char *path, unsigned mode);
long sys_fchmod(long fd, unsigned mode);
long sys_fchmodat(long directory, const char *path, unsigned mode);
long sys_umask(unsigned mask);
long sys_chown32(const char *path, unsigned uid, unsigned gid);
long sys_lchown32(const char *path, unsigned uid, unsigned gid);
long sys_fchown32(long fd, unsigned uid, unsigned gid);
long sys_fchownat(long directory, const char *path, unsigned uid, unsigned gid, unsigned flags);

/* stat.c */
long sys_stat64(const char *path, struct stat64 *user);
long sys_lstat64(const char *path, struct stat64 *user);
long sys_fstat64(long fd, struct stat64 *user);
long sys_fstatat64(long directory, const char *path, struct stat64 *user, unsigned flags);
long sys_statx(long directory, const char *path, unsigned flags, unsigned mask, struct statx *user);
long sys_statfs64(const char *path, size_t size, struct statfs64 *user);
long sys_fstatfs64(long fd, size_t size, struct statfs64 *user);
long sys_utimensat(long directory, const char *path, const struct timespec *user, unsigned flags);
long sys_utimensat64(long directory, const char *path, const struct timespec64 *user,
	unsigned flags);

#endif
