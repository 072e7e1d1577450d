/* Files: the system calls as they are. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The mode that follows the flags if they say that a file may be made. */
static mode_t
mode_argument(int flags, va_list arguments)
{
	return flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
}

int
open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_argument(flags, arguments);
	va_end(arguments);
	return syscall(SYS_open, path, flags | O_LARGEFILE, mode);
}

int
openat(int directory, const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = mode_argument(flags, arguments);
	va_end(arguments);
	return syscall(SYS_openat, directory, path, flags | O_LARGEFILE, mode);
}

int
creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int
fcntl(int descriptor, int command, ...)
{
	va_list arguments;
	long argument;

	va_start(arguments, command);
	argument = va_arg(arguments, long);
	va_end(arguments);
	return syscall(SYS_fcntl64, descriptor, command, argument);
}

int
ioctl(int descriptor, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	return syscall(SYS_ioctl, descriptor, request, argument);
}

ssize_t
read(int descriptor, void *to, size_t size)
{
	return syscall(SYS_read, descriptor, to, size);
}

ssize_t
write(int descriptor, const void *from, size_t size)
{
	return syscall(SYS_write, descriptor, from, size);
}

ssize_t
readv(int descriptor, const struct iovec *pieces, int count)
{
	return syscall(SYS_readv, descriptor, pieces, count);
}

ssize_t
writev(int descriptor, const struct iovec *pieces, int count)
{
	return syscall(SYS_writev, descriptor, pieces, count);
}

ssize_t
sendfile(int to, int from, off_t *position, size_t size)
{
	return syscall(SYS_sendfile64, to, from, position, size);
}

int
close(int descriptor)
{
	return syscall(SYS_close, descriptor);
}

off_t
lseek(int descriptor, off_t offset, int whence)
{
	off_t result;

	if (syscall(SYS__llseek, descriptor, (long)(offset >> 32), (long)offset, &result, whence) <
		0)
		return -1;
	return result;
}

int
dup(int descriptor)
{
	return syscall(SYS_dup, descriptor);
}

int
dup2(int descriptor, int wanted)
{
	return syscall(SYS_dup2, descriptor, wanted);
}

int
dup3(int descriptor, int wanted, int flags)
{
	return syscall(SYS_dup3, descriptor, wanted, flags);
}

ssize_t
pread(int descriptor, void *to, size_t size, off_t offset)
{
	return syscall(SYS_pread64, descriptor, to, size, SYSCALL_SPLIT(offset));
}

ssize_t
pwrite(int descriptor, const void *from, size_t size, off_t offset)
{
	return syscall(SYS_pwrite64, descriptor, from, size, SYSCALL_SPLIT(offset));
}

int
fsync(int descriptor)
{
	return syscall(SYS_fsync, descriptor);
}

int
fdatasync(int descriptor)
{
	return syscall(SYS_fdatasync, descriptor);
}

void
sync(void)
{
	syscall(SYS_sync);
}

int
chdir(const char *path)
{
	return syscall(SYS_chdir, path);
}

int
fchdir(int descriptor)
{
	return syscall(SYS_fchdir, descriptor);
}

/* Without a buffer the answer is in memory of malloc. */
char *
getcwd(char *path, size_t size)
{
	char own[PATH_MAX];

	if (path)
		return syscall(SYS_getcwd, path, size) < 0 ? NULL : path;
	return syscall(SYS_getcwd, own, sizeof(own)) < 0 ? NULL : strdup(own);
}
