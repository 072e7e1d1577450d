/* GETVAL, SETVAL, GETALL, SETALL: what they change, and whom they wake. */
#include "_sem.h"

static union semun
array(unsigned short *values)
{
	return (union semun){.array = values};
}

int
main(void)
{
	int id = new_set(3);
	unsigned short values[4] = {9, 9, 9, 77};

	is_int(semctl(id, 1, SETVAL, (union semun){.val = 5}), 0, "E01 SETVAL");
	is_int(value_of(id, 1), 5, "E01 GETVAL");
	is_int(pid_of(id, 1) == getpid(), 1, "E01 SETVAL counts as a change: GETPID");
	is_int(pid_of(id, 0), 0, "E01 of that one only");
	is_int(set_state(id).sem_otime, 0, "E01 but not as an operation");
	is_int(semctl(id, 0, GETALL, array(values)), 0, "E01 GETALL");
	is_int(values[0] == 0 && values[1] == 5 && values[2] == 0, 1, "E01 tells all three");
	is_int(values[3], 77, "E01 and no more");
	is_int(semctl(id, 0, SETALL, array((unsigned short[]){32767, 0, 1})), 0, "E01 SETALL");
	is_int(value_of(id, 0) == 32767 && !value_of(id, 1) && value_of(id, 2) == 1, 1,
		"E01 sets all three");
	is_int(pid_of(id, 2) == getpid(), 1, "E01 GETPID after SETALL");
	fails(semctl(id, 0, SETALL, array((unsigned short[]){1, 2, 32768})), ERANGE,
		"E01 SETALL above semvmx");
	is_int(value_of(id, 0), 32767, "E01 sets none");
	fails(semctl(id, 0, SETVAL, (union semun){.val = -1}), ERANGE, "E01 SETVAL below 0");
	fails(semctl(id, 0, SETVAL, (union semun){.val = 32768}), ERANGE,
		"E01 SETVAL above semvmx");
	fails(semctl(id, 0, SETVAL, (union semun){.val = 65535}), ERANGE, "E01 SETVAL 65535");
	is_int(semctl(id, 0, SETVAL, (union semun){.val = 0}), 0, "E01 SETVAL 0");
	is_int(semctl(id, 17, GETALL, array(values)), 0, "E01 GETALL looks at no number");

	struct semid_ds old = {.sem_perm = {.mode = 0600}};
	must(semctl(id, 0, IPC_SET, (union semun){.buf = &old}));
	time_t before = time(0);
	set_value(id, 2, 0);
	time_t ctime = set_state(id).sem_ctime;
	ok(ctime >= before && ctime <= time(0), "E01 SETVAL moves sem_ctime");

	pid_t child = spawn_call(sem_do(id, 0, -3, 0));
	wait_until(waiting_for_more(id, 0) == 1);
	set_value(id, 0, 2);
	is_int(waiting_for_more(id, 0), 1, "E01 SETVAL of too little");
	set_value(id, 0, 4);
	is_int(reap(child), 0, "E01 SETVAL wakes");
	is_int(value_of(id, 0), 1, "E01 and the woken one has taken its part");
	ok(set_state(id).sem_otime >= before, "E01 which was an operation");
	is_int(pid_of(id, 0) == child, 1, "E01 GETPID: its own");

	child = spawn_call(sem_do(id, 0, 0, 0));
	wait_until(waiting_for_zero(id, 0) == 1);
	set_value(id, 0, 0);
	is_int(reap(child), 0, "E01 SETVAL 0 wakes who waits for it");

	child = spawn_call(sem_all(id, {0, -1, 0}, {1, -2, 0}, {2, 0, 0}));
	wait_until(waiting_for_more(id, 0) == 1);
	must(semctl(id, 0, SETALL, array((unsigned short[]){1, 2, 1})));
	is_int(waiting_for_zero(id, 2), 1, "E01 SETALL: now it waits for the third");
	must(semctl(id, 0, SETALL, array((unsigned short[]){5, 5, 0})));
	is_int(reap(child), 0, "E01 SETALL wakes");
	is_int(value_of(id, 0) * 10 + value_of(id, 1), 43, "E01 and it has taken its part");
	remove_set(id);

	static unsigned short large[5000];
	id = new_set(5000);
	for (int i = 0; i < 5000; i++)
		large[i] = i;
	is_int(semctl(id, 0, SETALL, array(large)), 0, "E01 SETALL of 5000");
	memset(large, 0xff, sizeof(large));
	is_int(semctl(id, 0, GETALL, array(large)), 0, "E01 GETALL of 5000");
	int right = 0;
	for (int i = 0; i < 5000; i++)
		right += large[i] == i;
	is_int(right, 5000, "E01 all right");
	remove_set(id);
	return done();
}
