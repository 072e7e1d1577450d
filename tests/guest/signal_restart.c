/*
 * A signal meets a call that sleeps: with a handler the call ends with EINTR, or is made again
 * (SA_RESTART; some never are: signal(7)); without one, as after a stop, it mostly goes on.
 */
#include "_tap.h"
#include <poll.h>
#include <sys/select.h>
#include <sys/sem.h>

enum { DONE = 1, INTERRUPTED = 2, OTHER = 3 }; /* how the call ended */

static volatile int calls;
static int pipe_ends[2], set_id;
static struct timespec rest;

static void
note_signal(int number)
{
	(void)number;
	calls++;
}

static void
handle(int flags)
{
	struct sigaction action = {.sa_handler = note_signal, .sa_flags = flags};
	must(sigaction(SIGUSR1, &action, 0));
}

static long long
now_ms(void)
{
	struct timespec t;
	must(clock_gettime(CLOCK_MONOTONIC, &t));
	return t.tv_sec * 1000ll + t.tv_nsec / 1000000;
}

/* --- the calls, and what ends each --- */

static long
do_read(void)
{
	char byte;
	return read(pipe_ends[0], &byte, 1);
}

static void
give_byte(void)
{
	must(write(pipe_ends[1], "x", 1));
}

static long
do_write(void)
{
	char byte = 1;
	return write(pipe_ends[1], &byte, 1);
}

static void
make_room(void)
{
	static char room[65536];
	must(read(pipe_ends[0], room, sizeof(room)));
}

/* The grandchild ends when it can read a byte. */
static long
do_wait(void)
{
	pid_t pid = spawn(close(pipe_ends[1]); char byte; while (read(pipe_ends[0], &byte, 1) < 0));
	return waitpid(pid, 0, 0) == pid ? 0 : -1;
}

static long
do_poll(void)
{
	struct pollfd one = {.fd = pipe_ends[0], .events = POLLIN};
	return poll(&one, 1, -1);
}

static long
do_select(void)
{
	fd_set set;
	FD_ZERO(&set);
	FD_SET(pipe_ends[0], &set);
	return select(pipe_ends[0] + 1, &set, 0, 0, 0);
}

static long
do_semop(void)
{
	return semop(set_id, &(struct sembuf){0, -1, 0}, 1);
}

static void
raise_sem(void)
{
	must(semop(set_id, &(struct sembuf){0, 1, 0}, 1));
}

static long
do_nap(void)
{
	return nanosleep(&(struct timespec){0, 300000000}, &rest);
}

static long
do_pause(void)
{
	return pause();
}

static long
do_suspend(void)
{
	sigset_t none;
	sigemptyset(&none);
	return sigsuspend(&none);
}

static long
do_await(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	return sigtimedwait(&set, 0, &(struct timespec){1, 0});
}

static void
nothing(void)
{
}

/* --- how they end --- */

static int
outcome_of(long (*call)(void))
{
	return call() >= 0 ? DONE : errno == EINTR ? INTERRUPTED : OTHER;
}

/*
 * The call in a child, a signal while it sleeps, and if it sleeps on what ends it: how it ended,
 * and ten for each handler that ran.
 */
static int
met(long (*call)(void), int flags, void (*event)(void))
{
	int status;
	pid_t child = spawn(handle(flags); int ended = outcome_of(call); exit(ended + 10 * calls));
	usleep(60000);
	must(kill(child, SIGUSR1));
	for (int i = 0; i < 6; i++, usleep(10000))
		if (waitpid(child, &status, WNOHANG) == child)
			return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	event();
	return reap(child);
}

/* The same with SIGSTOP, and after a while SIGCONT: no handler runs. */
static int
stopped(long (*call)(void), void (*event)(void))
{
	int status;
	pid_t child = spawn(exit(outcome_of(call)));
	usleep(60000);
	must(kill(child, SIGSTOP));
	if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status))
		return -2000;
	usleep(60000);
	must(kill(child, SIGCONT));
	for (int i = 0; i < 6; i++, usleep(10000))
		if (waitpid(child, &status, WNOHANG) == child)
			return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	event();
	return reap(child);
}

static void
to_end(void)
{
	must(kill(0, SIGWINCH)); /* ignored: nothing */
}

static void
with_handlers(void)
{
	is_int(met(do_read, 0, give_byte), 10 + INTERRUPTED, "V05 read: EINTR");
	is_int(met(do_read, SA_RESTART, give_byte), 10 + DONE, "V05 SA_RESTART: it is made again");
	is_int(met(do_wait, 0, give_byte), 10 + INTERRUPTED, "V05 wait4: EINTR");
	give_byte();
	usleep(20000);
	is_int(met(do_wait, SA_RESTART, give_byte), 10 + DONE, "V05 SA_RESTART: it is made again");
	is_int(met(do_nap, 0, nothing), 10 + INTERRUPTED, "V05 nanosleep: EINTR");
	is_int(met(do_nap, SA_RESTART, nothing), 10 + INTERRUPTED, "V05 with SA_RESTART too");
	is_int(met(do_pause, SA_RESTART, nothing), 10 + INTERRUPTED, "V05 pause: EINTR always");
	is_int(met(do_suspend, SA_RESTART, nothing), 10 + INTERRUPTED,
		"V05 sigsuspend: EINTR always");
	is_int(met(do_await, SA_RESTART, nothing), 10 + INTERRUPTED,
		"V05 sigtimedwait: EINTR always");
	is_int(met(do_poll, SA_RESTART, give_byte), 10 + INTERRUPTED, "V05 poll: EINTR always");
	is_int(met(do_select, SA_RESTART, give_byte), 10 + INTERRUPTED, "V05 select: EINTR always");
	is_int(met(do_semop, SA_RESTART, raise_sem), 10 + INTERRUPTED,
		"E01 V05 semop: EINTR always");

	static char full[65536];
	must(write(pipe_ends[1], full, sizeof(full)));
	is_int(met(do_write, 0, make_room), 10 + INTERRUPTED, "V05 write: EINTR");
	is_int(met(do_write, SA_RESTART, make_room), 10 + DONE, "V05 SA_RESTART: it is made again");
	must(read(pipe_ends[0], full, 1));
}

static void
with_stops(void)
{
	is_int(stopped(do_read, give_byte), DONE, "V05 stopped and continued, read goes on");
	is_int(stopped(do_wait, give_byte), DONE, "V05 wait4 too");
	is_int(stopped(do_poll, give_byte), DONE, "V05 poll");
	make_room();
	is_int(stopped(do_select, give_byte), DONE, "V05 select");
	make_room();
	is_int(stopped(do_semop, raise_sem), INTERRUPTED, "E01 V05 semop ends with EINTR");
	is_int(stopped(do_await, to_end), INTERRUPTED, "V05 and sigtimedwait");
	long long before = now_ms();
	is_int(stopped(do_nap, nothing), DONE, "V05 nanosleep goes on");
	long long took = now_ms() - before;
	ok(took >= 290 && took < 420, "V05 to the end that it had at first");
}

/* Time that is left, and calls that sleep in the handler. */
static void
nap_in_handler(int number)
{
	(void)number;
	calls++;
	nanosleep(&(struct timespec){0, 20000000}, 0);
}

static void
naps(void)
{
	pid_t parent = getpid();
	handle(SA_RESTART);
	pid_t child = spawn(usleep(100000); kill(parent, SIGUSR1));
	fails(do_nap(), EINTR, "V05 a sleep of 300 ms interrupted");
	long left = rest.tv_nsec / 1000000;
	ok(rest.tv_sec == 0 && left > 100 && left < 205, "V05 tells what is left of it");
	reap(child);

	signal(SIGUSR1, nap_in_handler);
	long long before = now_ms();
	child = spawn(for (int i = 0; i < 4; i++) usleep(50000), kill(parent, SIGUSR1));
	int again = 0;
	struct timespec t = {0, 300000000};
	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		again++;
	long long took = now_ms() - before;
	reap(child);
	is_int(again, 4, "V05 slept on four times");
	ok(took >= 300, "V05 and long enough");

	/* stopped twice, and a handler at last */
	handle(SA_RESTART);
	calls = 0;
	child = spawn(int result = outcome_of(do_nap); exit(result + 10 * calls));
	int status;
	usleep(40000);
	for (int i = 0; i < 2; i++) {
		must(kill(child, SIGSTOP));
		waitpid(child, &status, WUNTRACED);
		must(kill(child, SIGCONT));
		usleep(20000);
	}
	must(kill(child, SIGSTOP));
	waitpid(child, &status, WUNTRACED);
	must(kill(child, SIGUSR1));
	must(kill(child, SIGCONT));
	is_int(reap(child), 10 + INTERRUPTED, "V05 stopped, and a handler when it goes on: EINTR");
}

/* ppoll and pselect: other signals are blocked while they sleep. */
static void
with_masks(void)
{
	struct pollfd one = {.fd = pipe_ends[0], .events = POLLIN};
	struct timespec soon = {0, 50000000};
	sigset_t blocked, none, now;
	struct {
		const sigset_t *set;
		size_t size;
	} mask = {&none, 8};
	fd_set set;

	sigemptyset(&none);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	must(sigprocmask(SIG_SETMASK, &blocked, 0));
	handle(SA_RESTART);
	calls = 0;
	must(raise(SIGUSR1));
	is_int(syscall(SYS_ppoll, &one, 1, &soon, 0, 8), 0, "V05 ppoll without a mask: time is up");
	is_int(calls, 0, "V05 and the signal waits on");
	soon = (struct timespec){1, 0};
	fails(syscall(SYS_ppoll, &one, 1, &soon, &none, 8), EINTR,
		"V05 with one that lets it in: EINTR");
	is_int(calls, 1, "V05 behind its handler");
	must(sigprocmask(SIG_SETMASK, 0, &now));
	ok(sigismember(&now, SIGUSR1), "V05 then it is blocked again");

	FD_ZERO(&set);
	FD_SET(pipe_ends[0], &set);
	must(raise(SIGUSR1));
	fails(syscall(SYS_pselect6, pipe_ends[0] + 1, &set, 0, 0, &soon, &mask), EINTR,
		"V05 pselect: EINTR");
	is_int(calls, 2, "V05 behind the handler");
	give_byte();
	must(raise(SIGUSR1));
	is_int(syscall(SYS_ppoll, &one, 1, 0, &none, 8), 1, "V05 a byte is there at once");
	make_room();
	must(sigprocmask(SIG_SETMASK, &none, &now));
	ok(sigismember(&now, SIGUSR1), "V05 then too it is blocked again");
	is_int(calls, 3, "V05 the handler ran once");
	fails(syscall(SYS_ppoll, &one, 1, &soon, &none, 4), EINVAL, "V05 a mask of 4 bytes");
	fails(syscall(SYS_ppoll, &one, 1, &soon, 8, 8), EFAULT, "V08 a mask from nowhere");
	fails(syscall(SYS_pselect6, 0, 0, 0, 0, 0, 8), EFAULT, "V08 the same of pselect");
}

int
main(void)
{
	must(pipe(pipe_ends));
	set_id = must(semget(IPC_PRIVATE, 1, 0600));
	with_handlers();
	with_stops();
	naps();
	with_masks();
	must(semctl(set_id, 0, IPC_RMID));
	return done();
}
