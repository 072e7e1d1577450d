/* SEM_UNDO: what is taken back, when, from whom, and what forgets it. */
#include "_sem.h"

#define UNDO SEM_UNDO
#define values(id) (value_of(id, 0) * 100 + value_of(id, 1))

static const char *self;

static int
exec_self(const char *word)
{
	return execve(self, (char *[]){(char *)self, (char *)word, 0}, (char *[]){0});
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return 7; /* what exec_self came to */
	self = argv[0];
	must(semctl(new_set(1), 0, IPC_RMID)); /* the layer is warm */
	counter("objects");
	long undos = counter("sem_undos"), objects = counter("objects");
	int id = new_set(2);
	volatile int *stage = shared_pages(1);

	set_value(id, 0, 5);
	pid_t child = spawn(must(sem_do(id, 0, -2, UNDO)); stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	is_int(value_of(id, 0), 3, "E01 done as without SEM_UNDO");
	stage[1] = 1;
	reap(child);
	is_int(value_of(id, 0), 5, "E01 and taken back at the end");
	is_int(pid_of(id, 0) == child, 1, "E01 by who ended: GETPID");
	is_int(in_child(must(sem_do(id, 0, 3, UNDO))), 0, "E01 what was added");
	is_int(value_of(id, 0), 5, "E01 is taken away");
	is_int(in_child(must(sem_do(id, 0, -1, UNDO)); kill(getpid(), SIGKILL)), -SIGKILL,
		"E01 a killed one");
	is_int(value_of(id, 0), 5, "E01 gives back, too");
	is_int(in_child(must(sem_do(id, 0, -1, UNDO)); must(sem_do(id, 0, -2, 0))), 0,
		"E01 only what was done with the flag");
	is_int(value_of(id, 0), 3, "E01 is taken back");
	is_int(in_child(must(sem_do(id, 0, -1, UNDO)); must(sem_do(id, 0, 1, UNDO))), 0,
		"E01 what has been undone already");
	is_int(value_of(id, 0), 3, "E01 is not undone again");
	is_int(in_child(must(sem_all(id, {0, -1, UNDO}, {1, 4, UNDO}, {0, -1, 0}))), 0,
		"E01 several at once");
	is_int(values(id), 200, "E01 each by its flag");
	is_int(in_child(_exit(errno_of(sem_all(id, {0, 1, UNDO}, {1, -1, UNDO | IPC_NOWAIT})))),
		EAGAIN, "E01 refused operations leave nothing to undo");
	is_int(values(id), 200, "E01 so it is");

	is_int(in_child(must(sem_do(id, 0, 1, UNDO)); must(in_child(_exit(0)));
		       _exit(value_of(id, 0))),
		3, "E01 a child inherits no undo");
	is_int(values(id), 200, "E01 its parent's is done once");
	is_int(in_child(must(sem_do(id, 0, 1, UNDO)); exec_self("x")), 7, "E01 exec");
	is_int(values(id), 200, "E01 keeps it to the end");

	/* the end of a range */
	set_value(id, 0, 2);
	is_int(in_child(must(sem_do(id, 0, 5, UNDO)); must(sem_do(id, 0, -4, 0))), 0,
		"E01 more to take away than there is");
	is_int(value_of(id, 0), 0, "E01 stops at 0");
	set_value(id, 0, 10);
	is_int(in_child(must(sem_do(id, 0, -5, UNDO)); must(sem_do(id, 0, 32760, 0))), 0,
		"E01 more to add than a semaphore holds");
	is_int(value_of(id, 0), 32767, "E01 stops at semvmx");
	set_value(id, 0, 0);
	is_int(in_child(for (int i = 0; i < 2; i++) { /* 32767 twice would be too much to undo */
		must(sem_do(id, 0, 32767, i ? 0 : UNDO));
		must(sem_do(id, 0, -32767, 0));
	} _exit(errno_of(sem_do(id, 0, 2, UNDO)))),
		ERANGE, "E01 more than there can be to undo");
	is_int(value_of(id, 0), 0, "E01 was not done");
	is_int(in_child(must(sem_do(id, 0, 32767, UNDO)); must(sem_do(id, 0, -32767, 0));
		       must(sem_do(id, 0, 1, UNDO)); _exit(errno_of(sem_do(id, 0, 1, UNDO)))),
		ERANGE, "E01 the last that can be undone");

	/* what forgets */
	set_value(id, 0, 5);
	is_int(in_child(must(sem_all(id, {0, -2, UNDO}, {1, 1, UNDO})); set_value(id, 0, 7)), 0,
		"E01 SETVAL");
	is_int(values(id), 700, "E01 forgets what was to be undone of that semaphore");
	is_int(in_child(must(sem_all(id, {0, -2, UNDO}, {1, 1, UNDO}));
		       must(semctl(id, 0, SETALL,
			       (union semun){.array = (unsigned short[]){4, 3}}))),
		0, "E01 SETALL");
	is_int(values(id), 403, "E01 forgets all of it");
	stage[0] = stage[1] = 0;
	child = spawn(must(sem_do(id, 0, -2, UNDO)); stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	set_value(id, 0, 9);
	stage[1] = 1;
	reap(child);
	is_int(value_of(id, 0), 9, "E01 another process's, too");

	/* whom it wakes */
	set_value(id, 0, 1);
	stage[0] = stage[1] = 0;
	child = spawn(must(sem_do(id, 0, -1, UNDO)); stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	pid_t waiting = spawn_call(sem_do(id, 0, -1, 0));
	wait_until(waiting_for_more(id, 0) == 1);
	stage[1] = 1;
	is_int(reap(child), 0, "E01 the holder ends");
	is_int(reap(waiting), 0, "E01 and who waited goes on");
	is_int(value_of(id, 0), 0, "E01 with what was given back");
	stage[0] = stage[1] = 0;
	child = spawn(must(sem_do(id, 0, 1, UNDO)); stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	waiting = spawn_call(sem_do(id, 0, 0, 0));
	wait_until(waiting_for_zero(id, 0) == 1);
	stage[1] = 1;
	reap(child);
	is_int(reap(waiting), 0, "E01 who waited for 0 goes on, too");

	/* a sleeper's operations are undone as well */
	waiting = spawn_call(sem_do(id, 0, -1, UNDO));
	wait_until(waiting_for_more(id, 0) == 1);
	must(sem_do(id, 0, 1, 0));
	is_int(reap(waiting), 0, "E01 one that slept");
	is_int(value_of(id, 0), 1, "E01 gives back when it ends");
	waiting = spawn_call(sem_do(id, 1, -9, UNDO));
	wait_until(waiting_for_more(id, 1) == 1);
	must(kill(waiting, SIGKILL));
	reap(waiting);
	is_int(value_of(id, 1), 3, "E01 one killed asleep has nothing to give back");

	/* removal */
	stage[0] = stage[1] = 0;
	child = spawn(must(sem_do(id, 0, 1, UNDO)); stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	remove_set(id);
	counts(counter("sem_undos") - undos, 0, "E01 removal drops the undo");
	int other = new_set(2);
	stage[1] = 1;
	is_int(reap(child), 0, "E01 an end with nothing to undo");
	is_int(values(other), 0, "E01 touches no other set");
	remove_set(other);

	int sets[20];
	for (int i = 0; i < 20; i++)
		sets[i] = new_set(3);
	is_int(in_child(for (int i = 0; i < 20; i++) must(sem_do(sets[i], i % 3, i + 1, UNDO))), 0,
		"E01 twenty sets");
	int sum = 0;
	for (int i = 0; i < 20; i++) {
		sum += value_of(sets[i], i % 3);
		remove_set(sets[i]);
	}
	is_int(sum, 0, "E01 all undone");
	must(munmap((void *)stage, PAGE));
	counts(counter("sem_undos") - undos, 0, "E01 no undo is left");
	counts(counter("objects") - objects, 0, "E01 and no object");
	return done();
}
