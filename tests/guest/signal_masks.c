/* Blocked signals wait; alarm sends one in time; pause sleeps until one comes; ignored children
 * vanish. */
#include "_tap.h"

static void
mask(int how, int signal)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, signal);
	must(sigprocmask(how, &set, 0));
}

static int
is_blocked(int signal)
{
	sigset_t set;
	must(sigprocmask(SIG_BLOCK, 0, &set));
	return sigismember(&set, signal);
}

int
main(int argc, char **argv)
{
	if (argc > 1) /* the new image of the child below */
		return is_blocked(SIGUSR1) ? 3 : 4;

	is_int(is_blocked(SIGUSR1), 0, "V05 nothing is blocked at first");
	mask(SIG_BLOCK, SIGUSR1);
	is_int(is_blocked(SIGUSR1), 1, "V05 SIG_BLOCK");
	is_int(in_child(kill(getpid(), SIGUSR1); exit(5)), 5,
		"V05 a child inherits it: the signal waits");
	is_int(in_child(kill(getpid(), SIGUSR1); mask(SIG_UNBLOCK, SIGUSR1); exit(5)), -SIGUSR1,
		"V05 and comes when unblocked");
	is_int(in_child(execl(argv[0], argv[0], "again", (char *)0)), 3,
		"V05 a new image inherits it");
	is_int(in_child(kill(getpid(), SIGUSR1); signal(SIGUSR1, SIG_IGN);
			mask(SIG_UNBLOCK, SIGUSR1); exit(6)),
		6, "V05 ignoring a waiting signal drops it");
	is_int(in_child(mask(SIG_SETMASK, SIGUSR2);
			exit(is_blocked(SIGUSR1) + 2 * is_blocked(SIGUSR2))),
		2, "V05 SIG_SETMASK replaces");
	is_int(in_child(mask(SIG_BLOCK, SIGKILL); exit(is_blocked(SIGKILL))), 0,
		"V05 SIGKILL is never blocked");
	is_int(in_child(mask(SIG_BLOCK, SIGSEGV); poke(8, 1)), -SIGSEGV,
		"V05 a fault does not wait");
	fails(syscall(SYS_rt_sigprocmask, 99, &(long[2]){0}, 0, 8), EINVAL, "V05 an unknown how");
	fails(syscall(SYS_rt_sigprocmask, SIG_BLOCK, 0, 0, 4), EINVAL, "V05 a set of another size");

	is_int(in_child(alarm(1); usleep(5000000)), -SIGALRM, "V05 alarm kills a sleeper");
	is_int(in_child(alarm(1); for (;;);), -SIGALRM, "V05 and a spinner");
	is_int(in_child(alarm(10); exit(alarm(0))), 10, "V05 alarm(0) answers the seconds left");
	is_int(in_child(alarm(1); alarm(0); usleep(1200000); exit(7)), 7, "V05 and takes it back");
	is_int(in_child(alarm(1); exit(in_child(usleep(1200000); exit(8)) == 8 ? 1 : 2)), -SIGALRM,
		"V05 the alarm is the parent's");
	is_int(in_child(alarm(1)), 0, "V05 it ends with its process");
	is_int(in_child(usleep(1200000); exit(10)), 10, "V05 V13 and does not strike the next one");
	pid_t child = spawn(pause());
	usleep(50000);
	is_int(waitpid(child, 0, WNOHANG), 0, "V05 pause sleeps");
	must(kill(child, SIGTERM));
	is_int(reap(child), -SIGTERM, "V05 until a signal");

	/* A parent that ignores SIGCHLD has no zombies: wait waits for all and finds none. */
	is_int(in_child(signal(SIGCHLD, SIG_IGN); spawn(usleep(50000)); spawn((void)0);
			exit(wait(0) == -1 && errno == ECHILD ? 9 : 1)),
		9, "V05 V13 SIGCHLD ignored: no zombies");
	return done();
}
