/*
 * readv and writev: one transfer in pieces, not several transfers. What is there is given, and
 * nobody waits for more; what cannot be done at all is refused before anything is.
 */
#include "_tap.h"
#include <sys/uio.h>

static char bytes[8192], got[8192];

static void
test_waiting(void)
{
	struct iovec two[2] = {{got, 4}, {got + 4, 100}};
	int fd[2];

	must(pipe(fd));
	alarm(5); /* kills who waits */
	must(write(fd[1], "abcd", 4));
	is_int(readv(fd[0], two, 2), 4,
		"V05 readv of a pipe: the first piece is full, that is all");
	must(write(fd[1], "abcdef", 6));
	is_int(readv(fd[0], two, 2), 6, "V05 what there is, over two pieces");
	must(fcntl(fd[0], F_SETFL, O_NONBLOCK));
	fails(readv(fd[0], two, 2), EAGAIN, "V05 nothing is there");
	alarm(0);
	close(fd[0]);
	close(fd[1]);
}

/* Two pieces of together no more than PIPE_BUF go in together, or not at all. */
static void
test_whole(void)
{
	struct iovec two[2] = {{bytes, 3000}, {bytes, 1000}};
	int fd[2];

	must(pipe(fd));
	must(fcntl(fd[1], F_SETPIPE_SZ, PAGE));
	must(fcntl(fd[1], F_SETFL, O_NONBLOCK));
	must(write(fd[1], bytes, 100));
	fails(writev(fd[1], two, 2), EAGAIN, "V05 writev to a pipe: not only the first piece");
	is_int(read(fd[0], got, sizeof(got)), 100, "V05 nothing of it was written");
	is_int(writev(fd[1], two, 2), 4000, "V05 an empty pipe takes both");
	is_int(read(fd[0], got, sizeof(got)), 4000, "V05 and gives both");
	must(fcntl(fd[1], F_SETFL, 0));
	must(write(fd[1], bytes, 100));
	pid_t child = spawn(writev(fd[1], two, 2));
	usleep(100000);
	is_int(read(fd[0], got, sizeof(got)), 100, "V05 who waits has not written in part");
	is_int(reap(child), 0, "V05 it has written now");
	is_int(read(fd[0], got, sizeof(got)), 4000, "V05 all of it");
	close(fd[0]);
	close(fd[1]);
}

static void
test_refused(void)
{
	int fd = must(open("/tmp/vectors", O_RDWR | O_CREAT | O_TRUNC, 0600));
	struct iovec two[2] = {{"ab", 2}, {(void *)0xfffff000, 10}};

	fails(writev(fd, two, 2), EFAULT, "V05 writev: a piece that cannot be the user's");
	is_int(lseek(fd, 0, SEEK_CUR), 0, "V05 nothing was written before it");
	two[1].iov_base = 0;
	is_int(writev(fd, two, 2), 2, "V05 one that is only not there: what lies before it");
	two[1].iov_len = -1;
	fails(writev(fd, two, 2), EINVAL, "V05 a piece of less than no bytes");
	fails(writev(fd, two, -1), EINVAL, "V05 less than no pieces");
	fails(writev(fd, two, 1025), EINVAL, "V05 too many pieces");
	is_int(writev(fd, two, 0), 0, "V05 no piece");
	fails(readv(-1, two, 2), EBADF, "V05 readv: the descriptor comes first");

	int null = must(open("/dev/null", O_WRONLY));
	struct iovec large[2] = {{bytes, 0x7fffffff}, {bytes, 0x7fffffff}};
	is_int(writev(null, large, 2), 0x7ffff000, "V05 more than can be told is cut");
	fails(read(fd, got, -1), EFAULT, "V05 read of a size that no memory has");
	fails(read(fd, got, 0x80000000), EINVAL, "V05 of a negative size");
	is_int(write(null, bytes, 0x7fffffff), 0x7ffff000, "V05 write cuts, too");
	close(null);
	close(fd);
	must(unlink("/tmp/vectors"));
}

static void
test_devices(void)
{
	int fd = must(open("/dev/zero", O_RDWR));

	memset(got, 'x', 4);
	is_int(pread(fd, got, 3, 77), 3, "V05 pread of a device that can be moved in");
	ok(got[0] == 0 && got[2] == 0 && got[3] == 'x', "V05 reads zeros");
	is_int(pwrite(fd, got, 3, 77), 3, "V05 pwrite, too");
	close(fd);
}

int
main(void)
{
	long objects = counter("objects"), frames = counter("frames_free");

	test_waiting();
	test_whole();
	test_refused();
	test_devices();
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	return done();
}
