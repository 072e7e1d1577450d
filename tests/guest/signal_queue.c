/*
 * Real-time signals queue up, with what is told of each; and waiting for signals without a handler.
 */
#include "_tap.h"
#include <sys/resource.h>

#define RT SIGRTMIN

static volatile int calls;
static volatile int numbers[64], values[64];

static void
keep(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (calls < 64) {
		numbers[calls] = number;
		values[calls] = info->si_value.sival_int;
	}
	calls++;
}

static void
handle(int number, int flags)
{
	struct sigaction action = {.sa_sigaction = keep, .sa_flags = SA_SIGINFO | flags};
	sigfillset(&action.sa_mask); /* one at a time, or the last would run first */
	must(sigaction(number, &action, 0));
}

static sigset_t
set_of(int one, int two)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, one);
	if (two)
		sigaddset(&set, two);
	return set;
}

static void
block(int one, int two)
{
	sigset_t set = set_of(one, two);
	must(sigprocmask(SIG_BLOCK, &set, 0));
}

static void
unblock_all(void)
{
	sigset_t none;
	sigemptyset(&none);
	must(sigprocmask(SIG_SETMASK, &none, 0));
}

static int
queue(pid_t pid, int number, int value)
{
	return sigqueue(pid, number, (union sigval){.sival_int = value});
}

static void
order(void)
{
	pid_t me = getpid();
	handle(RT, 0);
	handle(RT + 1, 0);
	handle(SIGUSR1, 0);
	block(RT, RT + 1);
	block(SIGUSR1, 0);
	for (int i = 0; i < 5; i++) {
		must(queue(me, RT + 1, 200 + i));
		must(queue(me, RT, 100 + i));
		must(queue(me, SIGUSR1, i));
	}
	unblock_all();
	is_int(calls, 11, "V05 each real-time signal comes, of others one");
	int good = numbers[0] == SIGUSR1 && values[0] == 0;
	for (int i = 0; i < 5; i++)
		good += numbers[1 + i] == RT && values[1 + i] == 100 + i &&
			numbers[6 + i] == RT + 1 && values[6 + i] == 200 + i;
	is_int(good, 6, "V05 the lowest number first, and each number in the order it was sent in");

	calls = 0;
	block(RT, 0);
	must(queue(me, RT, 1));
	must(kill(me, RT));
	must(raise(RT));
	is_int(in_child(unblock_all(); exit(calls)), 0, "V05 a child does not inherit what waits");
	unblock_all();
	is_int(calls, 3, "V05 kill and tgkill queue too");
	calls = 0;
	handle(64, 0);
	must(queue(me, 64, 9));
	ok(calls == 1 && numbers[0] == 64 && values[0] == 9, "V05 signal 64");
	signal(RT, SIG_IGN);
	must(queue(me, RT, 1));
	handle(RT, 0);
	is_int(calls, 1, "V05 what is ignored does not wait");
	block(RT, 0);
	must(queue(me, RT, 1));
	must(queue(me, RT, 2));
	signal(RT, SIG_IGN);
	handle(RT, 0);
	unblock_all();
	is_int(calls, 1, "V05 ignoring drops all that waited");
	is_int(in_child(signal(RT, SIG_DFL); raise(RT)), -RT, "V05 by default they kill");
}

static void
limits(void)
{
	struct rlimit limit;
	pid_t me = getpid();
	must(getrlimit(RLIMIT_SIGPENDING, &limit));
	ok(limit.rlim_cur >= 32, "V05 there is a limit");
	limit.rlim_cur = 8;
	must(setrlimit(RLIMIT_SIGPENDING, &limit));
	block(RT, SIGUSR1);
	calls = 0;
	int sent = 0;
	while (sent < 100 && queue(me, RT, sent) == 0)
		sent++;
	ok(sent == 8 && errno == EAGAIN, "V05 RLIMIT_SIGPENDING: EAGAIN");
	is_int(kill(me, SIGUSR1), 0, "V05 others are not refused");
	is_int(kill(me, RT), 0, "V05 nor is kill");
	unblock_all();
	is_int(calls, sent + 1, "V05 all that were taken came");
	is_int(queue(me, RT, 0), 0, "V05 then there is room again");
}

static void
errors(void)
{
	siginfo_t info = {.si_code = SI_QUEUE};
	pid_t me = getpid(), parent = getppid();
	fails(queue(me, 65, 0), EINVAL, "V05 signal 65");
	fails(queue(me, -1, 0), EINVAL, "V05 signal -1");
	is_int(queue(me, 0, 0), 0, "V05 signal 0 asks");
	fails(queue(31999, RT, 0), ESRCH, "V05 nobody");
	fails(syscall(SYS_rt_sigqueueinfo, me, RT, 8), EFAULT, "V08 from nowhere");
	info.si_code = SI_KERNEL;
	fails(syscall(SYS_rt_sigqueueinfo, parent, SIGWINCH, &info), EPERM,
		"V05 nobody speaks for the kernel");
	info.si_code = SI_USER;
	fails(syscall(SYS_rt_sigqueueinfo, parent, SIGWINCH, &info), EPERM, "V05 nor for kill");
	info.si_code = SI_TKILL;
	fails(syscall(SYS_rt_sigqueueinfo, parent, SIGWINCH, &info), EPERM, "V05 nor for tkill");
	calls = 0;
	is_int(syscall(SYS_rt_sigqueueinfo, me, RT, &info), 0, "V05 but to itself");
	is_int(calls, 1, "V05 it comes");
	info.si_code = SI_QUEUE;
	is_int(syscall(SYS_rt_tgsigqueueinfo, me, me, RT, &info), 0, "V05 to one task");
	is_int(calls, 2, "V05 it comes");
	fails(syscall(SYS_rt_tgsigqueueinfo, me, 0, RT, &info), EINVAL, "V05 task 0");
	fails(syscall(SYS_rt_tgsigqueueinfo, parent, me, RT, &info), ESRCH, "V05 a task elsewhere");
}

static void
waiting(void)
{
	struct timespec none = {0, 0}, some = {0, 50000000}, wrong = {0, 1000000000};
	sigset_t set = set_of(RT, SIGUSR1);
	siginfo_t info;
	int number;

	block(RT, SIGUSR1);
	fails(sigtimedwait(&set, &info, &none), EAGAIN, "V05 sigtimedwait: none waits");
	fails(sigtimedwait(&set, &info, &some), EAGAIN, "V05 nor comes in time");
	calls = 0;
	must(queue(getpid(), RT, 7));
	must(raise(SIGUSR1));
	is_int(sigtimedwait(&set, &info, &none), SIGUSR1, "V05 the lowest first");
	is_int(info.si_code, SI_TKILL, "V05 with what is told");
	is_int(sigwaitinfo(&set, &info), RT, "V05 then the next");
	ok(info.si_value.sival_int == 7 && info.si_code == SI_QUEUE && info.si_signo == RT,
		"V05 with its value");
	is_int(calls, 0, "V05 no handler runs");
	pid_t parent = getpid();
	pid_t child = spawn(usleep(30000); queue(parent, RT, 8); exit(0));
	is_int(sigwaitinfo(&set, &info), RT, "V05 sigwaitinfo sleeps");
	ok(info.si_pid == child && info.si_value.sival_int == 8, "V05 until a child sends one");
	reap(child);
	child = spawn(usleep(30000); kill(parent, SIGUSR1); exit(0));
	is_int(sigwait(&set, &number), 0, "V05 sigwait");
	is_int(number, SIGUSR1, "V05 tells the number");
	reap(child);
	handle(SIGUSR2, SA_RESTART);
	child = spawn(usleep(30000); kill(parent, SIGUSR2); exit(0));
	fails(sigwaitinfo(&set, &info), EINTR, "V05 another signal ends it: EINTR");
	ok(calls == 1 && numbers[0] == SIGUSR2, "V05 behind its handler");
	reap(child);
	fails(sigtimedwait(&set, &info, &wrong), EINVAL, "V05 a billion nanoseconds");
	fails(syscall(SYS_rt_sigtimedwait, &set, &info, &none, 4), EINVAL, "V05 sets of 4 bytes");
	fails(syscall(SYS_rt_sigtimedwait, 8, &info, &none, 8), EFAULT, "V08 a set from nowhere");
	must(raise(SIGUSR1));
	fails(sigtimedwait(&set, (void *)8, &none), EFAULT, "V08 told to nowhere");
	unblock_all();
}

static void
suspending(void)
{
	sigset_t none, now;
	pid_t parent = getpid();

	handle(SIGUSR1, SA_RESTART);
	block(SIGUSR1, SIGUSR2);
	sigemptyset(&none);
	sigaddset(&none, SIGUSR2);
	calls = 0;
	must(raise(SIGUSR1));
	must(raise(SIGUSR2));
	is_int(calls, 0, "V05 both wait");
	fails(sigsuspend(&none), EINTR, "V05 sigsuspend lets one come, and ends: EINTR");
	ok(calls == 1 && numbers[0] == SIGUSR1, "V05 behind its handler");
	must(sigprocmask(SIG_SETMASK, 0, &now));
	ok(sigismember(&now, SIGUSR1) && sigismember(&now, SIGUSR2),
		"V05 then what was blocked is blocked again");
	pid_t child = spawn(usleep(30000); kill(parent, SIGWINCH); usleep(30000);
			kill(parent, SIGUSR1); exit(0));
	fails(sigsuspend(&none), EINTR, "V05 it sleeps, and an ignored signal does not end it");
	is_int(calls, 2, "V05 but one with a handler");
	reap(child);
	fails(syscall(SYS_rt_sigsuspend, &none, 4), EINVAL, "V05 a set of 4 bytes");
	fails(syscall(SYS_rt_sigsuspend, 8, 8), EFAULT, "V08 a set from nowhere");
	is_int(in_child(sigset_t all; sigfillset(&all);
		spawn(usleep(50000); kill(getppid(), SIGKILL));
			sigsuspend(&all)),
		-SIGKILL, "V13 SIGKILL ends it, whatever is blocked");
	unblock_all();
}

int
main(void)
{
	order();
	limits();
	errors();
	waiting();
	suspending();
	return done();
}
