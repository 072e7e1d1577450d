/* poll and select when a signal comes; ppoll and pselect, which wait with other signals blocked. */
#include "_tap.h"
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>

static volatile int called, flag_in_handler;
static int fd[2];

static void
handler(int signal)
{
	sigset_t now;
	called++;
	sigprocmask(SIG_BLOCK, 0, &now);
	flag_in_handler = sigismember(&now, SIGUSR2);
	(void)signal;
}

static void
ring_in(int ms)
{
	struct itimerval timer = {{0, 0}, {0, ms * 1000}};
	must(setitimer(ITIMER_REAL, &timer, 0));
}

static int
is_blocked(int signal)
{
	sigset_t now;
	must(sigprocmask(SIG_BLOCK, 0, &now));
	return sigismember(&now, signal);
}

static long long
now_ms(void)
{
	struct timespec time;
	must(clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1000ll + time.tv_nsec / 1000000;
}

static void
set_handler(int signal, int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	must(sigaction(signal, &action, 0));
}

static void
test_interrupted(void)
{
	struct pollfd one = {fd[0], POLLIN, 0};
	fd_set in;
	struct timeval time = {5, 0};
	set_handler(SIGALRM, SA_RESTART);
	ring_in(30);
	fails(poll(&one, 1, 5000), EINTR, "V05 a handler ends poll, SA_RESTART or not");
	is_int(called, 1, "V05 it was called");
	FD_ZERO(&in);
	FD_SET(fd[0], &in);
	ring_in(30);
	fails(select(fd[0] + 1, &in, 0, 0, &time), EINTR, "V05 and select");
	ok(FD_ISSET(fd[0], &in), "V05 which leaves the sets as they were");
	ok(time.tv_sec == 4, "V05 and tells the rest of the time");
	ring_in(30);
	pid_t child = spawn(usleep(100000); write(fd[1], "x", 1));
	is_int(read(fd[0], &one, 1), 1, "V05 but read of a pipe goes on");
	is_int(called, 3, "V05 after the handler");
	reap(child);
	set_handler(SIGALRM, 0);
	ring_in(30);
	fails(read(fd[0], &one, 1), EINTR, "V05 without SA_RESTART it ends too");
	static char block[70000];
	ring_in(30);
	is_int(write(fd[1], block, sizeof(block)), 65536, "V05 a write that is half done tells so");
	is_int(read(fd[0], block, sizeof(block)), 65536, "V05 and that is what is in the pipe");
}

static void
test_stopped(void)
{
	pid_t child = spawn(struct pollfd one = {fd[0], POLLIN, 0}; _exit(poll(&one, 1, 5000)));
	usleep(50000);
	kill(child, SIGSTOP);
	usleep(50000);
	kill(child, SIGCONT);
	usleep(50000);
	must(write(fd[1], "x", 1));
	is_int(reap(child), 1, "V05 a stop in the middle of poll is not seen");
	must(read(fd[0], &child, 1));
	long long start = now_ms();
	child = spawn(struct pollfd one = {fd[0], POLLIN, 0}; _exit(poll(&one, 1, 300)));
	usleep(100000);
	kill(child, SIGSTOP);
	usleep(100000);
	kill(child, SIGCONT);
	is_int(reap(child), 0, "V05 nor does it wait any longer for that");
	ok(now_ms() - start >= 290 && now_ms() - start < 3000, "V05 than it was to");
}

static void
test_mask(void)
{
	struct pollfd one = {fd[0], POLLIN, 0};
	struct timespec soon = {0, 40000000}, late = {5, 0};
	sigset_t none, usr2, all;
	fd_set in;
	sigemptyset(&none);
	sigemptyset(&usr2);
	sigaddset(&usr2, SIGUSR2);
	sigfillset(&all);
	set_handler(SIGUSR1, 0);
	sigset_t usr1;
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	must(sigprocmask(SIG_BLOCK, &usr1, 0));
	called = 0;
	raise(SIGUSR1);
	is_int(poll(&one, 1, 20), 0, "V05 a blocked signal does not end poll");
	is_int(called, 0, "V05 its handler waits");
	fails(ppoll(&one, 1, &late, &usr2), EINTR, "V05 ppoll lets it in");
	is_int(called, 1, "V05 its handler was called");
	is_int(flag_in_handler, 1, "V05 under the mask of ppoll");
	ok(is_blocked(SIGUSR1) && !is_blocked(SIGUSR2), "V05 and then the old mask is back");
	is_int(ppoll(&one, 1, &soon, &all), 0, "V05 ppoll: time is up");
	ok(is_blocked(SIGUSR1) && !is_blocked(SIGUSR2), "V05 and the old mask is back");
	is_int(soon.tv_nsec, 40000000, "V05 the library keeps the time that was asked");
	must(write(fd[1], "x", 1));
	raise(SIGUSR1);
	is_int(ppoll(&one, 1, &late, &none), 1, "V05 what is ready is answered, a signal or not");
	is_int(called, 1, "V05 and the signal goes on waiting");
	char byte;
	must(read(fd[0], &byte, 1));
	called = 0;
	FD_ZERO(&in);
	FD_SET(fd[0], &in);
	fails(pselect(fd[0] + 1, &in, 0, 0, &late, &none), EINTR, "V05 pselect lets it in");
	is_int(called, 1, "V05 its handler was called");
	ok(is_blocked(SIGUSR1), "V05 the old mask is back");
	is_int(pselect(fd[0] + 1, &in, 0, 0, &soon, 0), 0, "V05 pselect without a mask");
	fails(syscall(SYS_ppoll, &one, 1, &soon, &none, 3), EINVAL, "V05 ppoll: a mask of 3 bytes");
	fails(syscall(SYS_ppoll, &one, 1, &soon, 8, 8), EFAULT, "V08 ppoll: a bad mask");
	fails(syscall(SYS_ppoll, &one, 1, 8, 0, 8), EFAULT, "V08 ppoll: a bad time");
	struct timespec wrong = {0, 1000000000};
	fails(ppoll(&one, 1, &wrong, 0), EINVAL, "V05 ppoll: a whole second of nanoseconds");
	struct {
		long long seconds, nanoseconds;
	} wide = {0, 30000000};
	is_int(syscall(SYS_ppoll_time64, &one, 1, &wide, 0, 8), 0, "V05 ppoll_time64");
	is_int(wide.nanoseconds, 0, "V05 tells what is left: nothing");
	wide.nanoseconds = 30000000;
	is_int(syscall(SYS_pselect6_time64, 0, 0, 0, 0, &wide, 0), 0, "V05 pselect6_time64");
}

int
main(void)
{
	must(pipe(fd));
	test_interrupted();
	test_stopped();
	test_mask();
	return done();
}
