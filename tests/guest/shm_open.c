/* POSIX's shared memory: shm_open, shm_unlink and what one does with the descriptor. */
#include "_tap.h"
#include <sys/stat.h>

static char name[40];

int
main(void)
{
	struct stat status;
	char byte;

	snprintf(name, sizeof(name), "/nopage-%d", getpid());
	counter("objects");
	long objects = counter("objects"), frames = counter("frames_free");
	fails(shm_open(name, O_RDWR, 0600), ENOENT, "Q01 shm_open: no such name");
	int fd = (int)works(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0640), "Q01 shm_open");
	fails(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST, "Q01 O_EXCL: there is one");
	must(fstat(fd, &status));
	is_int(status.st_size, 0, "Q01 it is empty");
	is_int(status.st_mode, S_IFREG | 0640, "Q01 it has its mode");
	is_int(fcntl(fd, F_GETFD), FD_CLOEXEC, "Q01 it is closed by exec");
	works(ftruncate(fd, 3 * PAGE), "Q01 ftruncate");
	char *p = must(mmap(0, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
	strcpy(p + PAGE, "word");
	is_int(in_child(int own = shm_open(name, O_RDONLY, 0);
			char *q = mmap(0, PAGE, PROT_READ, MAP_SHARED, own, PAGE);
			exit(strcmp(q, "word"))),
		0, "Q01 another process finds it by its name, and maps a part");
	int reader = must(shm_open(name, O_RDONLY, 0));
	fails(write(reader, "x", 1), EBADF, "Q01 O_RDONLY: no writing");
	fails(ftruncate(reader, 1), EINVAL, "Q01 O_RDONLY: no ftruncate");
	close(reader);
	int again = must(shm_open(name, O_RDWR | O_TRUNC, 0));
	must(fstat(again, &status));
	is_int(status.st_size, 0, "Q01 O_TRUNC: empty");
	is_int(in_child(exit(peek(p + PAGE))), -SIGBUS, "Q01 access past the end: SIGBUS");
	must(ftruncate(again, 3 * PAGE));
	is_int(p[PAGE], 0, "Q01 what is given back comes as zeros");
	close(again);
	works(shm_unlink(name), "Q01 shm_unlink");
	fails(shm_unlink(name), ENOENT, "Q01 shm_unlink: it is gone");
	fails(shm_open(name, O_RDWR, 0), ENOENT, "Q01 shm_open: it is gone");
	strcpy(p, "still");
	is_int(pread(fd, &byte, 1, 0) == 1 && byte == 's', 1, "Q01 but not for who has it");
	close(fd);
	is_int(strcmp(p, "still"), 0, "Q01 nor for who maps it");
	must(munmap(p, 3 * PAGE));
	counts(counter("objects"), objects, "Q01 then it is gone: objects");
	counts(counter("frames_free"), frames, "Q01 and frames");
	fails(shm_open("/", O_RDWR | O_CREAT, 0600), EINVAL, "Q01 shm_open: no name");
	fails(shm_open("/a/b", O_RDWR | O_CREAT, 0600), EINVAL, "Q01 shm_open: a slash in it");
	fails(shm_unlink("/a/b"), EINVAL, "Q01 shm_unlink: a slash in it");
	return done();
}
