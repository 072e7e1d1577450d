/* Sessions: setsid, and that groups stay within one. */
#include "_tap.h"

int
main(int argc, char **argv)
{
	if (argc > 1) { /* the new image of the last child below */
		((volatile int *)must(shmat(atoi(argv[1]), 0, 0)))[0] = 1;
		for (;;)
			pause();
	}

	is_int(in_child(exit(
		       setsid() == getpid() && getpgrp() == getpid() && getsid(0) == getpid())),
		1, "V05 setsid makes a session and a group");
	is_int(in_child(setpgid(0, 0); exit(setsid() == -1 && errno == EPERM)), 1,
		"V05 the leader of a group cannot");
	is_int(in_child(setsid(); exit(setpgid(0, 0) == -1 && errno == EPERM)), 1,
		"V05 the leader of a session cannot change its group");
	is_int(getsid(0), getsid(getpid()), "V05 getsid(0)");
	fails(getsid(30000), ESRCH, "V05 getsid of nobody");

	volatile int *gate = shared_pages(1);
	pid_t child = spawn(setsid(); gate[0] = 1; wait_until(gate[1]));
	wait_until(gate[0]);
	fails(setpgid(child, getpgrp()), EPERM, "V05 setpgid of a child in another session");
	is_int(in_child(exit(setpgid(0, child) == -1 && errno == EPERM)), 1,
		"V05 setpgid to a group in another session");
	gate[1] = 1;
	is_int(reap(child), 0, "V05 it is still waited for");

	/* A child that has become another program is no longer its parent's to move. */
	int id = new_segment(PAGE);
	volatile int *started = must(shmat(id, 0, 0));
	char number[16];
	snprintf(number, sizeof(number), "%d", id);
	child = spawn(execl(argv[0], argv[0], number, (char *)0));
	wait_until(started[0]);
	fails(setpgid(child, child), EACCES, "V05 setpgid of a child after its execve");
	must(kill(child, SIGKILL));
	reap(child);
	must(shmdt((void *)started));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
