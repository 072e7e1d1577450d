/* Signals that meet semop: EINTR, whatever SA_RESTART says, and never half done. */
#include "_sem.h"

static volatile int handled;

static void
note_it(int number)
{
	(void)number;
	handled++;
}

static void
handle(int number, int flags)
{
	struct sigaction action = {.sa_handler = note_it, .sa_flags = flags};
	must(sigaction(number, &action, 0));
}

/* The child's errno, and 100 if its handler has run. */
#define spawn_handling(flags, call) \
	spawn(handle(SIGUSR1, flags); int error_ = errno_of(call); _exit(error_ + 100 * handled))

static int id;

static int
asleep(int count)
{
	return wait_until(waiting_for_more(id, 0) + waiting_for_zero(id, 0) == count);
}

int
main(void)
{
	id = new_set(2);

	pid_t child = spawn_handling(0, sem_do(id, 0, -1, 0));
	asleep(1);
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR + 100, "E01 V05 a handler ends semop: EINTR");
	is_int(waiting_for_more(id, 0), 0, "E01 it is not counted any more");
	must(sem_do(id, 0, 1, 0));
	is_int(value_of(id, 0), 1, "E01 nothing is taken for it");
	must(sem_do(id, 0, -1, 0));

	child = spawn_handling(SA_RESTART, sem_do(id, 0, -1, 0));
	asleep(1);
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR + 100, "E01 V05 with SA_RESTART, too");
	child = spawn_handling(SA_RESTART, sem_all(id, {0, -1, 0}, {1, -1, 0}));
	asleep(1);
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR + 100, "E01 V05 two operations, too");
	set_value(id, 0, 1);
	child = spawn_handling(SA_RESTART, sem_do(id, 0, 0, 0));
	asleep(1);
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR + 100, "E01 V05 a wait for 0, too");
	set_value(id, 0, 0);
	child = spawn_handling(SA_RESTART,
		semtimedop(id, &(struct sembuf){0, -1, 0}, 1, &(struct timespec){60, 0}));
	asleep(1);
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR + 100, "E01 V05 semtimedop, too");

	child = spawn_handling(0, (signal(SIGUSR1, SIG_IGN), sem_do(id, 0, -1, 0)));
	asleep(1);
	must(kill(child, SIGUSR1));
	usleep(20000);
	is_int(waiting_for_more(id, 0), 1, "E01 V05 an ignored signal does not");
	must(sem_do(id, 0, 1, 0));
	is_int(reap(child), 0, "E01 it goes on when it can");

	child = spawn_call(sem_do(id, 0, -1, 0));
	asleep(1);
	must(kill(child, SIGSTOP));
	int status;
	must(waitpid(child, &status, WUNTRACED));
	is_int(WIFSTOPPED(status), 1, "E01 V05 a sleeper can be stopped");
	must(kill(child, SIGCONT));
	is_int(reap(child), EINTR, "E01 V05 and ends with EINTR when it is continued");
	is_int(waiting_for_more(id, 0), 0, "E01 it is not counted any more");

	/* pending before it begins */
	child = spawn(handle(SIGUSR1, 0); sigset_t set; sigemptyset(&set);
		sigaddset(&set, SIGUSR1); must(sigprocmask(SIG_BLOCK, &set, 0));
		must(kill(getpid(), SIGUSR1));
		int worked = errno_of(sem_do(id, 1, 1, 0)) + errno_of(sem_do(id, 1, -1, 0));
		_exit(worked + 100 * handled));
	is_int(reap(child), 0, "E01 V05 a blocked signal disturbs nobody");

	/* many signals, and operations that must not get lost */
	handle(SIGUSR1, 0);
	child = spawn(int got = 0; while (got < 200) {
		int error = errno_of(sem_do(id, 0, -1, 0));
		got += error == 0;
		if (error && error != EINTR)
			_exit(1);
	} _exit(value_of(id, 0) == 0 ? 0 : 2));
	for (int i = 0; i < 200; i++) {
		kill(child, SIGUSR1);
		must(sem_do(id, 0, 1, 0));
		if (i % 3 == 0)
			kill(child, SIGUSR1);
		if (i % 10 == 0)
			usleep(1000);
	}
	is_int(reap(child), 0, "E01 V05 200 operations under fire, none lost and none twice");
	is_int(value_of(id, 0), 0, "E01 nothing is left");
	remove_set(id);
	return done();
}
