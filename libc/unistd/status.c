/* What a file's status is, and changing it: mode, owner, size, times. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int
stat(const char *restrict path, struct stat *restrict status)
{
	return syscall(SYS_stat64, path, status);
}

int
lstat(const char *restrict path, struct stat *restrict status)
{
	return syscall(SYS_lstat64, path, status);
}

int
fstat(int descriptor, struct stat *status)
{
	return syscall(SYS_fstat64, descriptor, status);
}

int
fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags)
{
	return syscall(SYS_fstatat64, directory, path, status, flags);
}

int
statx(int directory, const char *restrict path, int flags, unsigned mask,
	struct statx *restrict status)
{
	return syscall(SYS_statx, directory, path, flags, mask, status);
}

int
statfs(const char *path, struct statfs *status)
{
	return syscall(SYS_statfs64, path, sizeof(*status), status);
}

int
fstatfs(int descriptor, struct statfs *status)
{
	return syscall(SYS_fstatfs64, descriptor, sizeof(*status), status);
}

int
access(const char *path, int mode)
{
	return syscall(SYS_access, path, mode);
}

/* The older call is enough where there are no flags. */
int
faccessat(int directory, const char *path, int mode, int flags)
{
	if (!flags)
		return syscall(SYS_faccessat, directory, path, mode);
	return syscall(SYS_faccessat2, directory, path, mode, flags);
}

int
chmod(const char *path, mode_t mode)
{
	return syscall(SYS_chmod, path, mode);
}

int
fchmod(int descriptor, mode_t mode)
{
	return syscall(SYS_fchmod, descriptor, mode);
}

/* Linux's call has no flags, and the one there is means what no file system can do. */
int
fchmodat(int directory, const char *path, mode_t mode, int flags)
{
	if (flags) {
		errno = flags == AT_SYMLINK_NOFOLLOW ? EOPNOTSUPP : EINVAL;
		return -1;
	}
	return syscall(SYS_fchmodat, directory, path, mode);
}

mode_t
umask(mode_t mask)
{
	return syscall(SYS_umask, mask);
}

int
chown(const char *path, uid_t user, gid_t group)
{
	return syscall(SYS_chown32, path, user, group);
}

int
lchown(const char *path, uid_t user, gid_t group)
{
	return syscall(SYS_lchown32, path, user, group);
}

int
fchown(int descriptor, uid_t user, gid_t group)
{
	return syscall(SYS_fchown32, descriptor, user, group);
}

int
fchownat(int directory, const char *path, uid_t user, gid_t group, int flags)
{
	return syscall(SYS_fchownat, directory, path, user, group, flags);
}

int
truncate(const char *path, off_t size)
{
	return syscall(SYS_truncate64, path, SYSCALL_SPLIT(size));
}

int
ftruncate(int descriptor, off_t size)
{
	return syscall(SYS_ftruncate64, descriptor, SYSCALL_SPLIT(size));
}

int
utimensat(int directory, const char *path, const struct timespec times[2], int flags)
{
	return syscall(SYS_utimensat, directory, path, times, flags);
}

int
futimens(int descriptor, const struct timespec times[2])
{
	return syscall(SYS_utimensat, descriptor, NULL, times, 0);
}
