/* Who sleeps in the kernel can be killed at once, wherever it sleeps, and leaves nothing behind. */
#include "_tap.h"

/* Whether the child dies of SIGKILL within a second of being sent one, after settling down. */
static int
dies_promptly(pid_t child)
{
	int status;
	usleep(50000);
	must(kill(child, SIGKILL));
	for (int i = 0; i < 1000; i++, usleep(1000))
		if (waitpid(child, &status, WNOHANG) == child)
			return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	return 0;
}

int
main(void)
{
	int id = new_segment(16 * PAGE);
	counter("frames_free");
	long frames = counter("frames_free"), tasks = counter("tasks");

	ok(dies_promptly(spawn(usleep(100000000))), "V13 asleep in nanosleep");
	ok(dies_promptly(spawn(spawn(usleep(300000)), wait(0))), "V13 asleep in wait4");
	ok(dies_promptly(spawn(for (;;) peek(&frames))), "V13 spinning");
	ok(dies_promptly(spawn(for (;;) in_child((void)0))), "V13 forking and waiting");
	ok(dies_promptly(spawn(for (;;) {
		char *p = shmat(id, 0, 0);
		memset(p, 1, 16 * PAGE);
		shmdt(p);
	})),
		"V13 attaching and touching");
	is_int(nattch(id), 0, "V13 S21 no attach is left");
	must(shmctl(id, IPC_RMID, 0));
	if (tasks < 0)
		skip("V13 no task and no frame is left");
	else
		ok(wait_until(counter("tasks") == tasks && counter("frames_free") >= frames),
			"V13 no task and no frame is left");
	return done();
}
