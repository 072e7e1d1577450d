/* The removal of a set wakes all who sleep on it: EIDRM. */
#include "_sem.h"

int
main(void)
{
	counter("objects");
	long objects = counter("objects"), sets = counter("sem_sets");
	int id = new_set(3);
	set_value(id, 1, 1);

	pid_t more = spawn_call(sem_do(id, 0, -1, 0));
	pid_t zero = spawn_call(sem_do(id, 1, 0, 0));
	pid_t both = spawn_call(sem_all(id, {1, 1, 0}, {2, -1, 0}));
	pid_t zeros = spawn_call(sem_all(id, {1, 0, 0}, {2, 0, 0}));
	pid_t timed = spawn_call(
		semtimedop(id, &(struct sembuf){0, -1, 0}, 1, &(struct timespec){60, 0}));
	pid_t undo = spawn_call(sem_do(id, 0, -1, SEM_UNDO));
	wait_until(waiting_for_more(id, 0) == 3 && waiting_for_zero(id, 1) == 2 &&
		waiting_for_more(id, 2) == 1);
	is_int(waiting_for_more(id, 0) + waiting_for_zero(id, 1) + waiting_for_more(id, 2), 6,
		"E01 six asleep");
	is_int(semctl(id, 0, IPC_RMID), 0, "E01 IPC_RMID");
	is_int(reap(more), EIDRM, "E01 EIDRM: who waited for more");
	is_int(reap(zero), EIDRM, "E01 EIDRM: who waited for 0");
	is_int(reap(both), EIDRM, "E01 EIDRM: who had two operations");
	is_int(reap(zeros), EIDRM, "E01 EIDRM: who waited for two zeros");
	is_int(reap(timed), EIDRM, "E01 EIDRM: who had time");
	is_int(reap(undo), EIDRM, "E01 EIDRM: who wanted it undone");
	fails(sem_do(id, 0, 1, 0), EINVAL, "E01 who comes later: EINVAL");
	fails(semctl(id, 0, IPC_RMID), EINVAL, "E01 a second removal");

	id = new_set(1);
	pid_t killed = spawn_call(sem_do(id, 0, -1, 0));
	wait_until(waiting_for_more(id, 0) == 1);
	must(kill(killed, SIGKILL));
	remove_set(id);
	is_int(reap(killed), -SIGKILL, "E01 V13 killed and removed at once");

	id = new_set(1);
	pid_t children[20];
	for (int i = 0; i < 20; i++)
		children[i] = spawn_call(sem_do(id, 0, -1 - i, 0));
	wait_until(waiting_for_more(id, 0) == 20);
	remove_set(id);
	int right = 0;
	for (int i = 0; i < 20; i++)
		right += reap(children[i]) == EIDRM;
	is_int(right, 20, "E01 EIDRM for each of twenty");
	counts(counter("sem_sets") - sets, 0, "E01 no set is left");
	counts(counter("objects") - objects, 0, "E01 and no object");
	return done();
}
