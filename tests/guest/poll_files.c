/* poll and select: what is ready at once, what comes later, and when time is up. */
#include "_tap.h"
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>

#define ALL (POLLIN | POLLPRI | POLLOUT | POLLRDNORM | POLLWRNORM)
#define MS 1000000ll /* nanoseconds */

static char block[65536];

static long long
now(void)
{
	struct timespec time;
	must(clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1000 * MS + time.tv_nsec;
}

/* What poll says of one descriptor at once. */
static int
state_of(int fd, int events)
{
	struct pollfd one = {fd, events, -1};
	int count = poll(&one, 1, 0);
	return count == (one.revents != 0) ? one.revents : -1;
}

static void
test_states(void)
{
	int fd[2], file = must(open("/tests/files/digits", O_RDONLY)),
		   null = must(open("/dev/null", O_RDWR));
	const int readable = POLLIN | POLLRDNORM, writable = POLLOUT | POLLWRNORM;

	must(pipe(fd));
	is_int(state_of(fd[0], ALL), 0, "V05 an empty pipe: nothing to read");
	is_int(state_of(fd[1], ALL), writable, "V05 room to write");
	must(write(fd[1], "a", 1));
	is_int(state_of(fd[0], ALL), readable, "V05 a byte to read");
	is_int(state_of(fd[0], POLLOUT), 0, "V05 only what was asked is answered");
	must(read(fd[0], block, 1));
	is_int(write(fd[1], block, sizeof(block)), sizeof(block), "V05 a full pipe");
	is_int(state_of(fd[1], ALL), 0, "V05 no room to write");
	must(read(fd[0], block, 1));
	is_int(state_of(fd[1], ALL), 0, "V05 nor after one byte was read");
	must(read(fd[0], block, 4095));
	is_int(state_of(fd[1], ALL), writable, "V05 but after a page was");
	close(fd[1]);
	is_int(state_of(fd[0], ALL), readable | POLLHUP, "V05 the writer is gone, bytes are left");
	while (read(fd[0], block, sizeof(block)) > 0)
		;
	is_int(state_of(fd[0], 0), POLLHUP, "V05 POLLHUP comes unasked");
	close(fd[0]);
	must(pipe(fd));
	close(fd[0]);
	is_int(state_of(fd[1], 0), POLLERR, "V05 the reader is gone: POLLERR");
	close(fd[1]);
	is_int(state_of(fd[1], ALL), POLLNVAL, "V05 a closed descriptor: POLLNVAL");
	is_int(state_of(-1, ALL), 0, "V05 a negative one is passed over");
	is_int(state_of(file, ALL), readable | writable, "V05 a file is always ready");
	is_int(state_of(null, ALL), readable | writable, "V05 and /dev/null");
	close(file), close(null);
}

static void
test_waiting(void)
{
	int a[2], b[2];
	struct pollfd two[3];
	must(pipe(a));
	must(pipe(b));
	two[0] = (struct pollfd){a[0], POLLIN, 0};
	two[1] = (struct pollfd){-5, POLLIN, 0};
	two[2] = (struct pollfd){b[0], POLLIN, 0};

	long long start = now();
	is_int(poll(two, 3, 60), 0, "V05 poll: time is up");
	ok(now() - start >= 60 * MS && now() - start < 2000 * MS, "V05 when it should be");
	start = now();
	is_int(poll(0, 0, 40), 0, "V05 poll of nothing: time passes");
	ok(now() - start >= 40 * MS, "V05 as much as was asked");

	pid_t child = spawn(usleep(50000); write(b[1], "x", 1); usleep(50000); close(a[1]));
	close(a[1]);
	is_int(poll(two, 3, 10000), 1, "V05 poll of two: one has something");
	is_int(two[0].revents | two[1].revents, 0, "V05 not the first");
	is_int(two[2].revents, POLLIN, "V05 the other");
	must(read(b[0], block, 1));
	is_int(poll(two, 3, -1), 1, "V05 poll without an end");
	is_int(two[0].revents, POLLHUP, "V05 the last writer has closed");
	reap(child);
	close(a[0]);

	/* Two that wait for one byte: both wake, one gets it, the other goes on waiting. */
	pid_t waiter[2];
	must(fcntl(b[0], F_SETFL, O_NONBLOCK));
	for (int n = 0; n < 2; n++)
		waiter[n] = spawn(char c; struct pollfd one = {b[0], POLLIN, 0}; close(b[1]);
			do poll(&one, 1, -1); while (read(b[0], &c, 1) < 0 && errno == EAGAIN));
	ok(wait_until(is_asleep(waiter[0]) && is_asleep(waiter[1])), "V05 two poll one pipe");
	must(write(b[1], "1", 1));
	ok(wait_until(kill(waiter[0], 0) || waitpid(-1, 0, WNOHANG) > 0), "V05 one gets the byte");
	must(write(b[1], "2", 1));
	ok(wait_until(waitpid(-1, 0, WNOHANG) > 0), "V05 and the other the next");
	child = spawn(struct pollfd one = {b[0], POLLIN, 0}; poll(&one, 1, -1));
	ok(wait_until(is_asleep(child)), "V06 one polls");
	kill(child, SIGKILL);
	is_int(reap(child), -SIGKILL, "V06 and is killed");
	must(write(b[1], "3", 1));
	is_int(state_of(b[0], POLLIN), POLLIN, "V06 which leaves the pipe as it was");
	close(b[0]), close(b[1]);
}

static void
test_select(void)
{
	int fd[2];
	fd_set in, out, except;
	struct timeval time = {0, 50000};
	must(pipe(fd));
	FD_ZERO(&in), FD_ZERO(&out), FD_ZERO(&except);
	FD_SET(fd[0], &in), FD_SET(fd[0], &except), FD_SET(fd[1], &out);
	is_int(select(fd[1] + 1, &in, &out, &except, 0), 1, "V05 select: one of three");
	ok(!FD_ISSET(fd[0], &in) && FD_ISSET(fd[1], &out) && !FD_ISSET(fd[0], &except),
		"V05 the one that can be written");
	FD_ZERO(&out);
	FD_SET(fd[0], &in);
	long long start = now();
	is_int(select(fd[1] + 1, &in, &out, 0, &time), 0, "V05 select: time is up");
	ok(now() - start >= 50 * MS, "V05 when it should be");
	ok(!FD_ISSET(fd[0], &in), "V05 no bit is left");
	is_int(time.tv_sec * 1000000 + time.tv_usec, 0, "V05 nor any time");

	pid_t child = spawn(usleep(50000); write(fd[1], "x", 1));
	FD_SET(fd[0], &in), FD_SET(fd[1], &out);
	time = (struct timeval){10, 0};
	is_int(select(fd[0] + 1, &in, &out, 0, &time), 1, "V05 select waits for the byte");
	ok(FD_ISSET(fd[0], &in), "V05 it can be read");
	ok(time.tv_sec == 9 && time.tv_usec < 1000000, "V05 the rest of the time is told");
	reap(child);
	close(fd[1]);
	FD_SET(fd[0], &out);
	is_int(select(fd[0] + 1, &in, &out, 0, 0), 1, "V05 the writer's end is readable");
	close(fd[0]);
	FD_ZERO(&in);
	FD_SET(fd[0], &in);
	fails(select(fd[0] + 1, &in, 0, 0, 0), EBADF, "V05 select: a closed descriptor");
	fails(select(-1, &in, 0, 0, 0), EINVAL, "V05 select: fewer than none");
	fails(select(9, (fd_set *)8, 0, 0, 0), EFAULT, "V08 select: a bad set");
	time = (struct timeval){-1, 0};
	fails(select(0, 0, 0, 0, &time), EINVAL, "V05 select: less than no time");
	fails(poll((struct pollfd *)8, 1, 0), EFAULT, "V08 poll: a bad array");
	fails(poll((struct pollfd *)8, 1 << 20, 0), EINVAL, "V05 poll: more than may be open");
}

int
main(void)
{
	long objects = counter("objects"), frames = counter("frames_free");
	test_states();
	test_waiting();
	test_select();
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame either");
	return done();
}
