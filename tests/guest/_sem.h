/* What the tests of semaphores share. */
#ifndef SEM_TAP_H
#define SEM_TAP_H

#include "_tap.h"
#include <sys/sem.h>

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *info;
};

TAP int
new_set(int count)
{
	return must(semget(IPC_PRIVATE, count, 0600));
}

TAP void
remove_set(int id)
{
	must(semctl(id, 0, IPC_RMID));
}

/* One operation. */
TAP int
sem_do(int id, int number, int operation, int flags)
{
	return semop(id, &(struct sembuf){number, operation, flags}, 1);
}

/* Several, as {number, operation, flags}. */
#define sem_all(id, ...) \
	({ \
		struct sembuf ops_[] = {__VA_ARGS__}; \
		semop(id, ops_, sizeof(ops_) / sizeof(ops_[0])); \
	})

#define value_of(id, number) semctl(id, number, GETVAL)
#define pid_of(id, number) semctl(id, number, GETPID)
#define waiting_for_more(id, number) semctl(id, number, GETNCNT)
#define waiting_for_zero(id, number) semctl(id, number, GETZCNT)

TAP void
set_value(int id, int number, int value)
{
	must(semctl(id, number, SETVAL, (union semun){.val = value}));
}

TAP struct semid_ds
set_state(int id)
{
	struct semid_ds ds;
	must(semctl(id, 0, IPC_STAT, (union semun){.buf = &ds}));
	return ds;
}

/* A key that no set has. */
TAP key_t
unused_sem_key(void)
{
	key_t key;
	do
		key = unused_key();
	while (semget(key, 0, 0) != -1);
	return key;
}

/*
 * The statements run in a child, whose exit status is then the errno of the call, 0 if it worked.
 */
#define errno_of(call) ((call) == -1 ? errno : 0)
#define spawn_call(call) spawn(_exit(errno_of(call)))

#endif
