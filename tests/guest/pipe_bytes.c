/* Pipes: what goes in comes out, in order; who finds nothing, or no room, waits. */
#include "_tap.h"
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>

#define ROOM 65536

static char block[ROOM + PAGE], got[ROOM + PAGE];

static void
fill(char *bytes, int size, unsigned seed)
{
	for (int i = 0; i < size; i++)
		bytes[i] = seed = seed * 1103515245u + 12345u;
}

static int
waiting(int fd)
{
	int count = -1;
	must(ioctl(fd, FIONREAD, &count));
	return count;
}

/* Reads exactly so many bytes. */
static int
read_all(int fd, char *to, int size)
{
	int done = 0, n;
	while (done < size && (n = read(fd, to + done, size - done)) > 0)
		done += n;
	return done;
}

static void
stream(int size, int step_out, int step_in, const char *what)
{
	int fd[2], done = 0, right = 1;
	must(pipe(fd));
	pid_t child = spawn(close(fd[0]); for (int at = 0; at < size; at += step_out)
		if (write(fd[1], block + at % ROOM % (ROOM - step_out), step_out) != step_out)
			_exit(1));
	close(fd[1]);
	for (int at = 0; at < size; at += step_out) {
		const char *want = block + at % ROOM % (ROOM - step_out);
		for (int n = 0; n < step_out; n += step_in) {
			int piece = step_out - n < step_in ? step_out - n : step_in;
			right &= read_all(fd[0], got, piece) == piece;
			right &= memcmp(got, want + n, piece) == 0;
		}
		done += step_out;
	}
	right &= read(fd[0], got, 1) == 0;
	ok(right && done >= size, "V05 %s", what);
	is_int(reap(child), 0, "V05 and all of it was written");
	close(fd[0]);
}

int
main(void)
{
	int fd[2];
	struct stat status;
	fill(block, sizeof(block), 7);
	long objects = counter("objects"), frames = counter("frames_free");

	must(pipe(fd));
	is_int(write(fd[1], "abc", 3), 3, "V05 three bytes go in");
	is_int(write(fd[1], "de", 2), 2, "V05 and two");
	is_int(waiting(fd[0]), 5, "V05 FIONREAD counts them");
	is_int(waiting(fd[1]), 5, "V05 at the other end too");
	is_int(read(fd[0], got, 4), 4, "V05 a read takes what it asks for");
	ok(memcmp(got, "abcd", 4) == 0, "V05 in order");
	is_int(read(fd[0], got, 100), 1, "V05 or what there is");
	is_int(read(fd[0], got, 0), 0, "V05 a read of nothing does not wait");
	is_int(write(fd[1], got, 0), 0, "V05 nor does a write of nothing");
	must(fstat(fd[0], &status));
	ok(S_ISFIFO(status.st_mode), "V05 fstat says a FIFO");
	is_int(status.st_mode & 07777, 0600, "V05 its owner's alone");
	is_int(status.st_size, 0, "V05 without a size");
	fails(lseek(fd[0], 0, SEEK_SET), ESPIPE, "V05 there is no seeking in a pipe");
	fails(write(fd[0], "a", 1), EBADF, "V05 the reading end is not written");
	fails(read(fd[1], got, 1), EBADF, "V05 the writing end is not read");

	struct iovec pieces[2] = {{"one ", 4}, {"two", 3}};
	is_int(writev(fd[1], pieces, 2), 7, "V05 writev");
	char left[3], right[10];
	struct iovec room[2] = {{left, 3}, {right, 10}};
	is_int(readv(fd[0], room, 2), 7, "V05 readv");
	ok(memcmp(left, "one", 3) == 0 && memcmp(right, " two", 4) == 0, "V05 piece by piece");

	/* As much as it holds, and not more. */
	must(fcntl(fd[1], F_SETFL, O_NONBLOCK));
	is_int(fcntl(fd[1], F_GETPIPE_SZ), ROOM, "V05 a pipe holds 64 KiB");
	is_int(write(fd[1], block, sizeof(block)), ROOM, "V05 a long write stops when it is full");
	fails(write(fd[1], "a", 1), EAGAIN, "V05 then nothing more");
	is_int(waiting(fd[0]), ROOM, "V05 it is full");
	is_int(read(fd[0], got, 1), 1, "V05 one byte out");
	fails(write(fd[1], block, 2), EAGAIN, "V05 is no room for two");
	is_int(read_all(fd[0], got + 1, PAGE - 1), PAGE - 1, "V05 a page out");
	is_int(write(fd[1], block, PAGE + 1), PAGE, "V05 is room for a page of a longer write");
	is_int(read_all(fd[0], got + PAGE, ROOM - PAGE), ROOM - PAGE, "V05 the rest");
	ok(memcmp(got, block, ROOM) == 0, "V05 it is what went in");
	is_int(read_all(fd[0], got, PAGE), PAGE, "V05 and the page");
	ok(memcmp(got, block, PAGE) == 0, "V05 too");
	must(fcntl(fd[0], F_SETFL, O_NONBLOCK));
	fails(read(fd[0], got, 1), EAGAIN, "V05 an empty pipe without waiting");

	/* Up to PIPE_BUF all or nothing. */
	is_int(write(fd[1], block, ROOM - 100), ROOM - 100, "V05 full but for a hundred bytes");
	fails(write(fd[1], block, 101), EAGAIN, "V05 101 bytes are not cut");
	is_int(write(fd[1], block, 100), 100, "V05 a hundred fit");
	is_int(read_all(fd[0], got, ROOM), ROOM, "V05 all out");

	/* Sizes. */
	is_int(fcntl(fd[0], F_SETPIPE_SZ, 1), PAGE, "V05 F_SETPIPE_SZ: a page at least");
	is_int(write(fd[1], block, 2 * PAGE), PAGE, "V05 which is what it holds");
	is_int(fcntl(fd[0], F_SETPIPE_SZ, 5 * PAGE), 8 * PAGE, "V05 a power of two of pages");
	is_int(write(fd[1], block + PAGE, 7 * PAGE), 7 * PAGE, "V05 and what was in it stays");
	fails(fcntl(fd[0], F_SETPIPE_SZ, 4 * PAGE), EBUSY, "V05 not less than there is in it");
	is_int(read_all(fd[0], got, 5 * PAGE + 3), 5 * PAGE + 3, "V05 five pages and three bytes");
	is_int(fcntl(fd[1], F_SETPIPE_SZ, 4 * PAGE), 4 * PAGE, "V05 now less");
	is_int(read_all(fd[0], got + 5 * PAGE + 3, 3 * PAGE - 3), 3 * PAGE - 3, "V05 the rest");
	ok(memcmp(got, block, 8 * PAGE) == 0, "V05 nothing lost or doubled");
	fails(fcntl(0, F_GETPIPE_SZ), EBADF, "V05 what is no pipe has no such size");

	/* Ends. */
	close(fd[1]);
	is_int(read(fd[0], got, 1), 0, "V05 without a writer: the end of the file");
	close(fd[0]);
	must(pipe(fd));
	close(fd[0]);
	signal(SIGPIPE, SIG_IGN);
	fails(write(fd[1], "a", 1), EPIPE, "V05 without a reader: EPIPE");
	is_int(write(fd[1], "a", 0), 0, "V05 but nothing can be written");
	signal(SIGPIPE, SIG_DFL);
	is_int(in_child(write(fd[1], "a", 1)), -SIGPIPE, "V05 and SIGPIPE, which kills");
	close(fd[1]);

	/* Waiting. */
	must(pipe(fd));
	pid_t child = spawn(char c; _exit(read(fd[0], &c, 1) == 1 ? c : 99));
	ok(wait_until(is_asleep(child)), "V05 a reader waits");
	write(fd[1], "\7", 1);
	is_int(reap(child), 7, "V05 until there is a byte");
	child = spawn(close(fd[0]); _exit(write(fd[1], block, sizeof(block)) != sizeof(block)));
	ok(wait_until(is_asleep(child)), "V05 a writer waits");
	is_int(read_all(fd[0], got, sizeof(block)), sizeof(block), "V05 until there is room");
	is_int(reap(child), 0, "V05 for all it writes");
	ok(memcmp(got, block, sizeof(block)) == 0, "V05 in order");
	child = spawn(close(fd[1]); _exit(read(fd[0], got, 1)));
	ok(wait_until(is_asleep(child)), "V05 a reader waits again");
	close(fd[1]);
	is_int(reap(child), 0, "V05 for nothing when the last writer closes");
	close(fd[0]);
	must(pipe(fd));
	child = spawn(close(fd[0]); write(fd[1], block, sizeof(block)));
	ok(wait_until(is_asleep(child)), "V05 a writer waits again");
	close(fd[0]);
	is_int(reap(child), -SIGPIPE, "V05 and gets SIGPIPE when the last reader closes");
	close(fd[1]);

	stream(300000, 1000, 1000, "a stream of equal pieces");
	stream(300000, 5000, 77, "large pieces, read in small ones");
	stream(30000, 7, 3, "small pieces, read in smaller ones");
	stream(300000, 4096, 4096, "pages");

	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no page of any pipe either");
	return done();
}
