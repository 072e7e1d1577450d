/* Descriptors and paths: what open, read, write, lseek, dup2, close and getdents64 refuse. */
#include "_tap.h"
#include <sys/ioctl.h>
#include <sys/stat.h>

#define FILES "/tests/files/"

int
main(void)
{
	char buffer[100], name[300];
	struct stat status;
	int fd = must(open(FILES "digits", O_RDONLY)),
	    dir = must(open(FILES, O_RDONLY | O_DIRECTORY));

	fails(open(FILES "absent", O_RDONLY), ENOENT, "V05 open: no such file");
	fails(open("/absent/file", O_RDONLY), ENOENT, "V05 open: no such directory");
	fails(open("", O_RDONLY), ENOENT, "V05 open: an empty name");
	fails(open(FILES "digits/x", O_RDONLY), ENOTDIR, "V05 open: a file taken for a directory");
	fails(open(FILES "digits/", O_RDONLY), ENOTDIR, "V05 open: a file with a slash behind it");
	fails(open(FILES "digits", O_RDONLY | O_DIRECTORY), ENOTDIR,
		"V05 open: O_DIRECTORY of a file");
	fails(open(FILES, O_WRONLY), EISDIR, "V05 open: a directory for writing");
	fails(open(FILES "digits", O_RDONLY | O_CREAT | O_EXCL, 0600), EEXIST,
		"V05 open: O_EXCL, there is one");
	memset(name, 'a', sizeof(name));
	name[sizeof(name) - 1] = 0;
	fails(open(name, O_RDONLY), ENAMETOOLONG, "V05 open: a name of 299 bytes");

	fails(read(99, buffer, 1), EBADF, "V05 read: no such descriptor");
	fails(read(-1, buffer, 1), EBADF, "V05 read: descriptor -1");
	fails(read(dir, buffer, 1), EISDIR, "V05 read: a directory");
	fails(write(99, buffer, 1), EBADF, "V05 write: no such descriptor");
	fails(write(fd, buffer, 1), EBADF, "V05 write: opened for reading");
	fails(lseek(99, 0, SEEK_SET), EBADF, "V05 lseek: no such descriptor");
	fails(lseek(fd, 0, 99), EINVAL, "V05 lseek: no such whence");
	fails(lseek(fd, -1, SEEK_SET), EINVAL, "V05 lseek: before the start");
	fails(lseek(fd, -11, SEEK_END), EINVAL, "V05 lseek: before the start, from the end");
	fails(close(99), EBADF, "V05 close: no such descriptor");
	fails(close(-1), EBADF, "V05 close: descriptor -1");
	fails(dup(99), EBADF, "V05 dup: no such descriptor");
	fails(dup2(99, 5), EBADF, "V05 dup2: no such descriptor");
	fails(dup2(99, 99), EBADF, "V05 dup2: no such descriptor, onto itself");
	fails(dup2(fd, -1), EBADF, "V05 dup2: onto -1");
	fails(dup2(fd, 1 << 20), EBADF, "V05 dup2: onto one past the limit");
	fails(fstat(99, &status), EBADF, "V05 fstat: no such descriptor");
	fails(stat(FILES "absent", &status), ENOENT, "V05 stat: no such file");
	fails(syscall(SYS_getdents64, 99, buffer, 100), EBADF,
		"V05 getdents64: no such descriptor");
	fails(syscall(SYS_getdents64, fd, buffer, 100), ENOTDIR, "V05 getdents64: a file");
	fails(syscall(SYS_getdents64, dir, buffer, 10), EINVAL,
		"V05 getdents64: no room for one entry");
	fails(ioctl(fd, TCGETS, buffer), ENOTTY, "V05 ioctl: a file is no terminal");
	fails(chdir(FILES "absent"), ENOENT, "V05 chdir: no such directory");
	fails(chdir(FILES "digits"), ENOTDIR, "V05 chdir: a file");

	is_int(read(fd, buffer, 100), 10, "V05 after all that the file reads as ever");
	is_int(in_child(int n = 0; while (open(FILES "digits", O_RDONLY) >= 0) n++;
			exit(errno == EMFILE && n > 10 ? 0 : 1)),
		0, "V05 open: more than a process may have: EMFILE");
	return done();
}
