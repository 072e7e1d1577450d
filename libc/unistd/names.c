/* Names: making, removing and moving them. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int
mkdir(const char *path, mode_t mode)
{
	return syscall(SYS_mkdir, path, mode);
}

int
mknod(const char *path, mode_t mode, dev_t device)
{
	return syscall(SYS_mknod, path, mode, (unsigned)device);
}

int
mkfifo(const char *path, mode_t mode)
{
	return mknod(path, S_IFIFO | mode, 0);
}

int
mkdirat(int directory, const char *path, mode_t mode)
{
	return syscall(SYS_mkdirat, directory, path, mode);
}

int
rmdir(const char *path)
{
	return syscall(SYS_rmdir, path);
}

int
unlink(const char *path)
{
	return syscall(SYS_unlink, path);
}

int
unlinkat(int directory, const char *path, int flags)
{
	return syscall(SYS_unlinkat, directory, path, flags);
}

/* ISO C's: a file or an empty directory. */
int
remove(const char *path)
{
	struct stat status;

	if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return rmdir(path);
	return unlink(path);
}

int
rename(const char *from, const char *to)
{
	return syscall(SYS_rename, from, to);
}

int
renameat(int from_directory, const char *from, int to_directory, const char *to)
{
	return syscall(SYS_renameat, from_directory, from, to_directory, to);
}

int
renameat2(int from_directory, const char *from, int to_directory, const char *to, unsigned flags)
{
	return syscall(SYS_renameat2, from_directory, from, to_directory, to, flags);
}

int
link(const char *from, const char *to)
{
	return syscall(SYS_link, from, to);
}

int
linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
	return syscall(SYS_linkat, from_directory, from, to_directory, to, flags);
}

int
symlink(const char *target, const char *path)
{
	return syscall(SYS_symlink, target, path);
}

int
symlinkat(const char *target, int directory, const char *path)
{
	return syscall(SYS_symlinkat, target, directory, path);
}

ssize_t
readlink(const char *restrict path, char *restrict to, size_t size)
{
	return syscall(SYS_readlink, path, to, size);
}

ssize_t
readlinkat(int directory, const char *restrict path, char *restrict to, size_t size)
{
	return syscall(SYS_readlinkat, directory, path, to, size);
}
