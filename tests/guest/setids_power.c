/*
 * What root may and others may not; what of the ids fork and exec hand on; and the limit of
 * processes of one user.
 */
#include "_tap.h"
#include <sys/reboot.h>
#include <sys/resource.h>

/* Runs the statements as the user 1000 for good. */
#define as_user(...) in_child(must(setgid(1000)); must(setuid(1000)); __VA_ARGS__)
/* Zero if the call answers -1 with that errno: a child's exit status. */
#define fails_with(call, error) exit(!((call) == -1 && errno == (error)))

static int
has_ids(unsigned real, unsigned effective, unsigned saved)
{
	unsigned r, e, s, gr, ge, gs;
	must(getresuid(&r, &e, &s));
	must(getresgid(&gr, &ge, &gs));
	return r == real && e == effective && s == saved && gr == real && ge == effective &&
	       gs == saved;
}

static void
set_ids(unsigned real, unsigned effective, unsigned saved)
{
	must(setresgid(real, effective, saved));
	must(setresuid(real, effective, saved));
}

static int
raise_limit(void)
{
	struct rlimit limit;
	must(getrlimit(RLIMIT_CORE, &limit));
	limit.rlim_cur = limit.rlim_max = 100;
	must(setrlimit(RLIMIT_CORE, &limit));
	limit.rlim_max = 101;
	return setrlimit(RLIMIT_CORE, &limit);
}

/* A child of root's that waits to be killed, and its group's ids as given. */
static pid_t
sleeper(unsigned real, unsigned effective, unsigned saved)
{
	int *ready = shared_pages(1);
	pid_t child = spawn(must(setresuid(real, effective, saved)); *ready = 1;
			    for (;;) usleep(100000));
	wait_until(*(volatile int *)ready);
	munmap(ready, PAGE);
	return child;
}

static int
limit_of_other(pid_t pid)
{
	struct rlimit64 limit;
	return prlimit64(pid, RLIMIT_CORE, NULL, &limit);
}

static void
limits_of_others(void)
{
	pid_t mine = sleeper(1000, 1000, 1000), theirs = sleeper(1000, 1000, 0);
	is_int(in_child(set_ids(0, 1000, 0); fails_with(limit_of_other(mine), EPERM)), 0,
		"V07 prlimit goes by the real id: root's differs from the target's");
	is_int(in_child(must(setuid(1000)); exit(limit_of_other(mine) != 0)), 0,
		"V07 prlimit of one's own process");
	is_int(in_child(must(setuid(1000)); fails_with(limit_of_other(theirs), EPERM)), 0,
		"V07 prlimit of a process whose saved id is another");
	is_int(in_child(must(setuid(1000)); fails_with(limit_of_other(30000), ESRCH)), 0,
		"V07 prlimit of nobody");
	is_int(limit_of_other(theirs), 0, "V07 root may look at every limit");
	kill(mine, SIGKILL);
	kill(theirs, SIGKILL);
	reap(mine);
	reap(theirs);
}

static void
number_of_processes(char *self)
{
	struct rlimit one = {1, 1};
	char *words[] = {self, "exit", NULL};
	must(setrlimit(RLIMIT_NPROC, &one));
	is_int(in_child(fails_with(fork() == 0 ? (_exit(0), 0) : 0, 0)), 1,
		"V07 root forks whatever the limit is");
	is_int(as_user(fails_with(fork(), EAGAIN)), 0,
		"V07 a user's second process is one too many");
	is_int(in_child(must(setresuid(1000, 0, 0)); exit(fork() < 0)), 0,
		"V07 but not for who is effectively root");
	is_int(in_child(must(setresuid(0, 1000, 0)); exit(fork() < 0)), 0,
		"V07 nor for who is really root");
	is_int(as_user(execv(self, words); exit(1)), 7, "V07 exec is not counted");
	pid_t others[2] = {sleeper(1000, 1000, 1000), sleeper(1000, 1000, 1000)};
	is_int(as_user(execv(self, words); exit(errno)), EAGAIN,
		"V07 a user who has too many already: exec after setuid is refused");
	is_int(as_user(must(kill(others[0], SIGKILL)); usleep(1000);
		       must(kill(others[1], SIGKILL)); usleep(100000); exit(0)),
		0, "V07 one may kill one's own");
	reap(others[0]);
	reap(others[1]);
	is_int(as_user(execv(self, words); exit(errno)), 7, "V07 then exec works again");
}

int
main(int argc, char **argv)
{
	char *words[] = {argv[0], "ids", NULL};
	if (argc > 1 && strcmp(argv[1], "ids") == 0)
		return !has_ids(1, 2, 2);
	if (argc > 1)
		return 7;

	is_int(in_child(set_ids(1, 2, 3); exit(in_child(exit(!has_ids(1, 2, 3))))), 0,
		"V07 a child has all three ids");
	is_int(in_child(set_ids(1, 2, 3); execv(argv[0], words); exit(9)), 0,
		"V07 exec makes the saved id the effective one");

	is_int(as_user(fails_with(reboot(RB_DISABLE_CAD), EPERM)), 0, "V07 reboot is root's");
	is_int(as_user(fails_with(syscall(SYS_reboot, 1, 2, 3, 4), EPERM)), 0,
		"V07 EPERM comes before the magic numbers");
	is_int(in_child(exit(raise_limit() != 0)), 0, "V07 root may raise a hard limit");
	is_int(as_user(fails_with(raise_limit(), EPERM)), 0, "V07 nobody else may");
	is_int(in_child(set_ids(0, 1000, 0); fails_with(raise_limit(), EPERM)), 0,
		"V07 nor who is root but does not act as root");
	is_int(as_user(fails_with(kill(1, SIGTERM), EPERM)), 0, "V07 V05 a user cannot kill init");
	is_int(as_user(fails_with(kill(1, 0), EPERM)), 0, "V07 V05 nor ask for it");
	is_int(as_user(fails_with(kill(getppid(), SIGTERM), EPERM)), 0,
		"V07 V05 nor root's program that started it");
	limits_of_others();
	number_of_processes(argv[0]);
	return done();
}
