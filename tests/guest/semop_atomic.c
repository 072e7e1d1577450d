/*
 * Several operations in one call: all or none, one after the other, and who is told to have done
 * it.
 */
#include "_sem.h"

#define values(id) (value_of(id, 0) * 10000 + value_of(id, 1) * 100 + value_of(id, 2))

int
main(void)
{
	int id = new_set(3);

	is_int(sem_all(id, {0, 3, 0}, {1, 2, 0}, {2, 1, 0}), 0, "E01 three at once");
	is_int(values(id), 30201, "E01 all done");
	fails(sem_all(id, {0, -1, 0}, {1, -1, 0}, {2, -2, IPC_NOWAIT}), EAGAIN,
		"E01 the third cannot be done");
	is_int(values(id), 30201, "E01 so none is");
	fails(sem_all(id, {0, -4, IPC_NOWAIT}, {1, 1, 0}), EAGAIN, "E01 the first cannot be done");
	is_int(values(id), 30201, "E01 so none is");
	fails(sem_all(id, {0, 1, 0}, {1, 32767, 0}), ERANGE, "E01 the second is out of range");
	is_int(values(id), 30201, "E01 so none is done");
	fails(sem_all(id, {1, 32767, 0}, {0, -9, IPC_NOWAIT}), ERANGE,
		"E01 the first that fails decides: ERANGE");
	fails(sem_all(id, {0, -9, IPC_NOWAIT}, {1, 32767, 0}), EAGAIN,
		"E01 the first that fails decides: EAGAIN");

	is_int(sem_all(id, {0, -3, 0}, {0, 0, 0}, {0, 5, 0}), 0, "E01 one semaphore, three times");
	is_int(values(id), 50201, "E01 one after the other");
	fails(sem_all(id, {0, 5, 0}, {0, -11, IPC_NOWAIT}), EAGAIN, "E01 more than both together");
	is_int(sem_all(id, {0, 5, 0}, {0, -10, 0}), 0,
		"E01 what the first adds the second may take");
	fails(sem_all(id, {0, -1, IPC_NOWAIT}, {0, 1, 0}), EAGAIN,
		"E01 but not the other way round");
	fails(sem_all(id, {1, -2, 0}, {1, 0, 0}, {1, 7, 0}, {1, 0, IPC_NOWAIT}), EAGAIN,
		"E01 the fourth cannot be done");
	is_int(values(id), 201, "E01 so none is");
	is_int(sem_all(id, {0, 0, IPC_NOWAIT}, {1, -2, IPC_NOWAIT}), 0, "E01 a wait and a change");
	is_int(values(id), 1, "E01 are done together");
	set_value(id, 0, 32767);
	fails(sem_all(id, {0, 1, 0}, {0, -1, 0}), ERANGE, "E01 out of range on the way");
	is_int(sem_all(id, {0, -1, 0}, {0, 1, 0}), 0, "E01 but not the other way round");
	is_int(value_of(id, 0), 32767, "E01 nothing came of it");

	remove_set(id);
	id = new_set(3);
	volatile pid_t *pids = shared_pages(1);
	is_int(in_child(pids[0] = getpid(); must(sem_all(id, {0, 1, 0}, {1, 0, 0}))), 0,
		"E01 a child's operations");
	is_int(pid_of(id, 0) == pids[0], 1, "E01 GETPID: who changed it");
	is_int(pid_of(id, 1) == pids[0], 1, "E01 GETPID: who found it 0");
	is_int(pid_of(id, 2), 0, "E01 GETPID: nobody");
	fails(sem_all(id, {0, 1, 0}, {1, -1, IPC_NOWAIT}), EAGAIN, "E01 the parent cannot");
	is_int(pid_of(id, 0) == pids[0], 1, "E01 so it has changed nothing");
	time_t before = time(0);
	must(sem_do(id, 2, 0, 0));
	is_int(pid_of(id, 2) == getpid(), 1, "E01 GETPID: the parent");
	time_t otime = set_state(id).sem_otime;
	ok(otime >= before && otime <= time(0), "E01 sem_otime is now");
	remove_set(id);

	struct sembuf ops[500];
	id = new_set(500);
	for (int i = 0; i < 500; i++)
		ops[i] = (struct sembuf){i, i + 1, 0};
	is_int(semop(id, ops, 500), 0, "E01 as many as semopm allows");
	int right = 0;
	for (int i = 0; i < 500; i++)
		right += value_of(id, i) == i + 1;
	is_int(right, 500, "E01 all done");
	for (int i = 0; i < 500; i++)
		ops[i] = (struct sembuf){i, i == 499 ? -501 : -1, IPC_NOWAIT};
	fails(semop(id, ops, 500), EAGAIN, "E01 but for the last");
	right = 0;
	for (int i = 0; i < 500; i++)
		right += value_of(id, i) == i + 1;
	is_int(right, 500, "E01 so none");
	remove_set(id);
	return done();
}
