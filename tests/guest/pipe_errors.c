/*
 * Pipes: what is refused, bad addresses that lose no byte, flags, and who is killed while it waits.
 */
#include "_tap.h"
#include <sys/stat.h>

static char got[8 * PAGE];

static void
kill_waiting(pid_t child, const char *what)
{
	ok(wait_until(is_asleep(child)), "V06 %s", what);
	kill(child, SIGKILL);
	is_int(reap(child), -SIGKILL, "V06 and is killed");
}

/* Two writers at once, up to PIPE_BUF each: a reader never finds them mixed. */
static void
test_atomic(void)
{
	int fd[2], whole = 1;
	must(pipe(fd));
	pid_t child[2];
	for (int n = 0; n < 2; n++)
		child[n] = spawn(memset(got, 'a' + n, PAGE); for (int i = 0; i < 200; i++)
			if (write(fd[1], got, 3000) != 3000)
				_exit(1));
	close(fd[1]);
	for (int i = 0; i < 400; i++) {
		int size = 0, n;
		while (size < 3000 && (n = read(fd[0], got + size, 3000 - size)) > 0)
			size += n;
		for (int at = 1; at < 3000; at++)
			whole &= got[at] == got[0];
		whole &= size == 3000;
	}
	ok(whole, "V05 what two write at once does not mix");
	is_int(reap(child[0]), 0, "V05 one has written all");
	is_int(reap(child[1]), 0, "V05 and so has the other");
	close(fd[0]);
}

int
main(void)
{
	int fd[2] = {-7, -7};
	char *edge = private_pages(1, PROT_READ | PROT_WRITE) + PAGE - 2;
	fails(pipe2(fd, 1), EINVAL, "V05 pipe2: no such flag");
	fails(pipe((int *)unknown(8)), EFAULT, "V08 pipe: a bad pointer");
	fails(pipe((int *)(edge - 2)), EFAULT, "V08 pipe: half a pointer");
	is_int(fd[0], -7, "V05 and nothing was stored");
	int lowest = must(dup(0));
	close(lowest);
	must(pipe(fd));
	is_int(fd[0], lowest, "V05 what failed has left no descriptor: the lowest is free");
	is_int(fd[1], lowest + 1, "V05 and the next");

	memcpy(edge, "xy", 2);
	fails(write(fd[1], edge, 4), EFAULT, "V08 write: half of it is readable");
	fails(write(fd[1], (char *)8, 1), EFAULT, "V08 write: a bad pointer");
	must(write(fd[1], "12345", 5));
	fails(read(fd[0], edge, 5), EFAULT, "V08 read: half of it is writable");
	fails(read(fd[0], (char *)8, 1), EFAULT, "V08 read: a bad pointer");
	is_int(read(fd[0], got, 100), 5, "V08 no byte was lost");
	ok(memcmp(got, "12345", 5) == 0, "V08 and none came twice");

	is_int(fcntl(fd[0], F_GETFD), 0, "V05 pipe: not closed by exec");
	is_int(fcntl(fd[0], F_GETFL) & O_ACCMODE, O_RDONLY, "V05 one end is read");
	is_int(fcntl(fd[1], F_GETFL) & O_ACCMODE, O_WRONLY, "V05 one is written");
	close(fd[0]), close(fd[1]);
	must(pipe2(fd, O_CLOEXEC | O_NONBLOCK));
	is_int(fcntl(fd[0], F_GETFD), FD_CLOEXEC, "V05 pipe2 O_CLOEXEC: closed by exec");
	is_int(fcntl(fd[1], F_GETFD), FD_CLOEXEC, "V05 both");
	is_int(fcntl(fd[0], F_GETFL) & O_NONBLOCK, O_NONBLOCK, "V05 O_NONBLOCK: does not wait");
	fails(read(fd[0], got, 1), EAGAIN, "V05 it does not");
	must(fcntl(fd[0], F_SETFL, 0));
	is_int(fcntl(fd[0], F_GETFL) & O_NONBLOCK, 0, "V05 fcntl takes it away");

	fails(dup3(fd[0], fd[0], 0), EINVAL, "V05 dup3 onto itself");
	fails(dup3(fd[0], 20, 1), EINVAL, "V05 dup3: no such flag");
	fails(dup3(99, 20, 0), EBADF, "V05 dup3: no such descriptor");
	is_int(dup3(fd[0], 20, O_CLOEXEC), 20, "V05 dup3");
	is_int(fcntl(20, F_GETFD), FD_CLOEXEC, "V05 with O_CLOEXEC");
	is_int(dup3(fd[0], 20, 0), 20, "V05 dup3 again");
	is_int(fcntl(20, F_GETFD), 0, "V05 without");
	close(20), close(fd[0]), close(fd[1]);

	/* A pipe whose ends are both gone while bytes are in it. */
	long objects = counter("objects"), frames = counter("frames_free");
	must(pipe(fd));
	must(write(fd[1], got, sizeof(got)));
	close(fd[1]), close(fd[0]);
	must(pipe(fd));
	kill_waiting(spawn(read(fd[0], got, 1)), "a reader waits");
	must(fcntl(fd[1], F_SETPIPE_SZ, PAGE));
	kill_waiting(spawn(write(fd[1], got, sizeof(got))), "a writer waits");
	is_int(read(fd[0], got, sizeof(got)), PAGE, "V06 what was written before stays");
	close(fd[0]), close(fd[1]);
	is_int(in_child(while (pipe(fd) == 0); _exit(errno)), EMFILE,
		"V05 pipe: more than a process may have");
	counts(counter("objects"), objects, "V06 nothing is left of them");
	counts(counter("frames_free"), frames, "V06 no frame");
	test_atomic();
	return done();
}
