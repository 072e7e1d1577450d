/* Process groups: setpgid, getpgid, and waiting for and killing a whole group. */
#include "_tap.h"

static volatile int *gate;

/* A child that waits for the gate, in the group given (0: a new one of its own). */
static pid_t
member(pid_t group)
{
	pid_t pid = spawn(wait_until(*gate); exit(5));
	must(setpgid(pid, group ? group : pid));
	return pid;
}

int
main(void)
{
	gate = shared_pages(1);
	pid_t mine = getpgrp();
	is_int(getpgid(0), mine, "V05 getpgid(0) is getpgrp()");
	is_int(getpgid(getpid()), mine, "V05 and of one's own pid");
	is_int(in_child(exit(getpgrp() == mine)), 1, "V05 a child inherits the group");
	is_int(in_child(setpgid(0, 0); exit(getpgrp() == getpid())), 1,
		"V05 setpgid(0, 0) makes a new one");

	pid_t a = member(0), b = member(a), c = member(0);
	ok(getpgid(a) == a && getpgid(b) == a && getpgid(c) == c,
		"V05 two groups of three children");
	is_int(waitpid(-a, 0, WNOHANG), 0, "V05 wait for a group: nobody has ended");
	is_int(waitpid(0, 0, WNOHANG), -1, "V05 wait for my group: no child is in it");
	must(kill(-a, SIGTERM));
	int status, first = waitpid(-a, &status, 0);
	is_int(WTERMSIG(status), SIGTERM, "V05 kill of a group reaches one");
	int second = waitpid(-a, &status, 0);
	is_int(WTERMSIG(status), SIGTERM, "V05 and the other");
	ok(first + second == a + b, "V05 both, and no third");
	fails(waitpid(-a, 0, 0), ECHILD, "V05 the group is empty");
	is_int(waitpid(c, 0, WNOHANG), 0, "V05 the other group lives");
	fails(kill(-a, 0), ESRCH, "V05 kill of an empty group");
	is_int(kill(-c, 0), 0, "V05 kill with signal 0 only looks");

	fails(setpgid(-1, 0), EINVAL, "V05 setpgid of a negative pid");
	fails(setpgid(c, -1), EINVAL, "V05 setpgid to a negative group");
	fails(setpgid(30000, 0), ESRCH, "V05 setpgid of nobody");
	fails(setpgid(getppid(), 0), ESRCH, "V05 setpgid of one's parent");
	fails(setpgid(c, 30000), EPERM, "V05 setpgid to a group that does not exist");
	fails(getpgid(30000), ESRCH, "V05 getpgid of nobody");
	fails(getpgid(-1), ESRCH, "V05 getpgid of a negative pid");
	must(setpgid(c, mine));
	is_int(waitpid(0, 0, WNOHANG), 0, "V05 back in my group, wait(0) sees it");
	*gate = 1;
	is_int(waitpid(0, &status, 0), c, "V05 and reaps it");
	is_int(WEXITSTATUS(status), 5, "V05 with its status");
	return done();
}
