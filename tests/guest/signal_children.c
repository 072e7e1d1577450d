/*
 * SIGCHLD: what it tells of a child, and who does not want to hear of it; and stopping in groups.
 */
#include "_tap.h"

static volatile int calls;
static volatile siginfo_t told[16];

static void
keep(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	if (calls < 16)
		told[calls] = *info;
	calls++;
}

static void
handle(int flags)
{
	struct sigaction action = {.sa_sigaction = keep, .sa_flags = SA_SIGINFO | flags};
	must(sigaction(SIGCHLD, &action, 0));
	calls = 0;
}

/* What the last SIGCHLD said. */
#define last told[calls - 1]
#define says(code, status) \
	(wait_until(calls > 0) && last.si_signo == SIGCHLD && last.si_code == (code) && \
		last.si_status == (status) && last.si_pid == child && last.si_uid == getuid())

static void
ends(void)
{
	handle(SA_RESTART);
	pid_t child = spawn(exit(7));
	ok(says(CLD_EXITED, 7), "V05 CLD_EXITED, with the status");
	is_int(reap(child), 7, "V05 wait4 has it, too");
	handle(SA_RESTART);
	child = spawn(for (;;) pause());
	must(kill(child, SIGTERM));
	ok(says(CLD_KILLED, SIGTERM), "V05 CLD_KILLED, with the signal");
	is_int(reap(child), -SIGTERM, "V05 wait4 has it, too");
	handle(SA_RESTART);
	child = spawn(for (;;) pause());
	must(kill(child, SIGSTOP));
	ok(says(CLD_STOPPED, SIGSTOP), "V05 CLD_STOPPED");
	calls = 0;
	must(kill(child, SIGCONT));
	ok(says(CLD_CONTINUED, SIGCONT), "V05 CLD_CONTINUED");
	calls = 0;
	must(kill(child, SIGKILL));
	ok(says(CLD_KILLED, SIGKILL), "V05 CLD_KILLED by SIGKILL");
	reap(child);
	is_int(calls, 1, "V05 once each");

	handle(SA_RESTART | SA_NOCLDSTOP);
	child = spawn(for (;;) pause());
	must(kill(child, SIGSTOP));
	int status;
	is_int(waitpid(child, &status, WUNTRACED), child,
		"V05 SA_NOCLDSTOP: wait4 tells of a stop");
	must(kill(child, SIGCONT));
	is_int(waitpid(child, &status, WCONTINUED), child, "V05 and of going on");
	is_int(calls, 0, "V05 but no signal comes");
	must(kill(child, SIGKILL));
	reap(child);
	is_int(calls, 1, "V05 but for the end");

	handle(SA_RESTART | SA_NOCLDWAIT);
	child = spawn(exit(7));
	ok(says(CLD_EXITED, 7), "V05 SA_NOCLDWAIT: the signal comes");
	fails(waitpid(child, 0, 0), ECHILD, "V05 but no zombie is left");
	handle(SA_RESTART);

	/* a handler that waits, as servers have it */
	calls = 0;
	for (int i = 0; i < 8; i++)
		spawn(exit(i));
	int reaped = 0;
	while (reaped < 8 && wait(0) > 0)
		reaped++;
	is_int(reaped, 8, "V05 eight at once are all waited for");
	ok(calls >= 1 && calls <= 8, "V05 whatever many signals there were");
}

/* --- groups --- */

static volatile int *got; /* shared: what the members saw */

static void
count_signal(int number)
{
	got[number]++;
}

static void
count(int number)
{
	struct sigaction action = {.sa_handler = count_signal, .sa_flags = SA_RESTART};
	must(sigaction(number, &action, 0));
}

/* A child of this process in a group of its own, with a member that is its child. */
static pid_t
make_group(void)
{
	got[0] = 0;
	pid_t leader = spawn(setpgid(0, 0); count(SIGUSR1); count(SIGHUP); count(SIGCONT);
			spawn(got[0]++; for (;;) pause()); got[0]++; for (;;) pause());
	wait_until(got[0] == 2);
	return leader;
}

static void
groups(void)
{
	signal(SIGCHLD, SIG_DFL);
	pid_t leader = make_group();
	got[SIGUSR1] = 0;
	is_int(kill(-leader, SIGUSR1), 0, "V05 kill to a group");
	ok(wait_until(got[SIGUSR1] == 2), "V05 reaches all of it");
	usleep(20000);
	is_int(got[SIGUSR1], 2, "V05 and nobody else");
	is_int(killpg(leader, 0), 0, "V05 killpg");
	fails(kill(-30000, 0), ESRCH, "V05 a group that there is not");
	is_int(in_child(setpgid(0, 0); count(SIGUSR1); kill(0, SIGUSR1); usleep(1000);
			exit(got[SIGUSR1])),
		3, "V05 kill(0) is for the own group");
	must(kill(-leader, SIGKILL));
	reap(leader);
	ok(wait_until(kill(-leader, 0) == -1), "V05 and the group ends with its members");
}

/*
 * A group whose last link to its session ends: who has stopped would never be continued, so the
 * kernel does. A session of its own, as the test's may be orphaned itself.
 */
static void
orphaned_group(void)
{
	must(setsid());
	got[SIGHUP] = got[SIGCONT] = 0;
	volatile int *flag = got + 100;
	pid_t shell = spawn(pid_t job = spawn(setpgid(0, 0); count(SIGHUP); count(SIGCONT);
				flag[0] = 1; for (;;) pause());
			setpgid(job, job); flag[3] = job; wait_until(flag[0] == 1);
			kill(job, SIGTSTP);
			int status;
			if (waitpid(job, &status, WUNTRACED) != job || !WIFSTOPPED(status))
				exit(1);
			flag[1] = 1; wait_until(flag[2]));
	flag[1] = flag[2] = 0;
	if (!wait_until(flag[1]))
		_exit(1);
	if (got[SIGHUP] || got[SIGCONT])
		_exit(2); /* while its parent lives it stays stopped */
	flag[2] = 1;
	if (reap(shell) != 0)
		_exit(3);
	if (!wait_until(got[SIGHUP] == 1 && got[SIGCONT] == 1))
		_exit(4);
	/* an orphan now: SIGTSTP does nothing to it, SIGSTOP does */
	must(kill(flag[3], SIGTSTP));
	usleep(30000);
	got[SIGHUP] = 0;
	must(kill(flag[3], SIGHUP));
	if (!wait_until(got[SIGHUP] == 1))
		_exit(5);
	must(kill(flag[3], SIGSTOP));
	usleep(30000);
	must(kill(flag[3], SIGHUP));
	usleep(30000);
	if (got[SIGHUP] != 1)
		_exit(6);
	must(kill(flag[3], SIGKILL));
	_exit(0);
}

int
main(void)
{
	got = shared_pages(1);
	ends();
	groups();
	is_int(in_child(orphaned_group()), 0,
		"V05 an orphaned group that has stopped: SIGHUP and SIGCONT; "
		"SIGTSTP does nothing to it");
	return done();
}
