/* Every way in which semop refuses, and the order in which it looks. Nothing sleeps here. */
#include "_sem.h"

#define OPS 501 /* one more than semopm */

static struct sembuf many[OPS];

int
main(void)
{
	int id = new_set(2), gone = new_set(1);
	void *nowhere = private_pages(1, PROT_NONE);
	struct sembuf up = {0, 1, 0};
	struct seminfo limits;

	remove_set(gone);
	must(semctl(0, 0, IPC_INFO, (union semun){.info = &limits}));
	is_int(limits.semopm, OPS - 1, "E01 semopm");

	fails(semop(id, &up, 0), EINVAL, "E01 no operations");
	fails(semop(-1, &up, 0), EINVAL, "E01 no operations, no set");
	fails(semop(id, many, OPS), E2BIG, "E01 more operations than semopm");
	fails(semop(id, many, -1), E2BIG, "E01 as many as a number can say");
	fails(semop(gone, many, OPS), E2BIG, "E01 too many comes before the set");
	fails(semop(id, nowhere, OPS), E2BIG, "E01 and before the operations are read");
	fails(semop(id, nowhere, 1), EFAULT, "E01 V08 operations nowhere");
	fails(semop(gone, nowhere, 1), EFAULT, "E01 V08 they are read before the set is looked up");
	fails(semop(-1, nowhere, 1), EFAULT, "E01 V08 even if the id is negative");
	fails(semop(id, 0, 1), EFAULT, "E01 V08 operations at null");
	fails(semop(gone, &up, 1), EINVAL, "E01 a stale id");
	fails(semop(-1, &up, 1), EINVAL, "E01 a negative id");
	fails(semop(0x7fffffff, &up, 1), EINVAL, "E01 the largest id");

	fails(sem_do(id, 2, 1, 0), EFBIG, "E01 a semaphore past the last");
	fails(sem_do(id, 65535, 0, 0), EFBIG, "E01 the last number there is");
	fails(sem_all(id, {0, 1, 0}, {2, 1, 0}), EFBIG, "E01 one of two past the last");
	is_int(value_of(id, 0), 0, "E01 then neither is done");

	fails(sem_do(id, 0, -1, IPC_NOWAIT), EAGAIN, "E01 less than there is, IPC_NOWAIT");
	must(sem_do(id, 0, 5, 0));
	fails(sem_do(id, 0, 0, IPC_NOWAIT), EAGAIN, "E01 a wait for 0, IPC_NOWAIT");
	fails(sem_do(id, 0, -6, IPC_NOWAIT), EAGAIN, "E01 one less than there is, IPC_NOWAIT");
	is_int(value_of(id, 0), 5, "E01 nothing was taken");
	is_int(sem_do(id, 0, -5, IPC_NOWAIT), 0, "E01 all there is");
	is_int(sem_do(id, 0, 0, IPC_NOWAIT), 0, "E01 and a wait for 0");

	set_value(id, 0, 32766);
	is_int(sem_do(id, 0, 1, 0), 0, "E01 up to semvmx");
	fails(sem_do(id, 0, 1, 0), ERANGE, "E01 above semvmx");
	fails(sem_do(id, 0, 32767, 0), ERANGE, "E01 far above it");
	is_int(value_of(id, 0), 32767, "E01 nothing was added");
	is_int(sem_do(id, 0, -32767, 0), 0, "E01 all of semvmx");
	fails(sem_do(id, 0, -32768, IPC_NOWAIT), EAGAIN, "E01 the least operation there is");

	struct semid_ds ds = {.sem_perm = {.mode = 0444}};
	must(semctl(id, 0, IPC_SET, (union semun){.buf = &ds}));
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_do(id, 0, 0, 0)))), 0,
		"E01 E03 who may read may wait for 0");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_do(id, 0, 1, 0)))), EACCES,
		"E01 E03 who may only read may not change");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_all(id, {0, 0, 0}, {1, 1, 0})))),
		EACCES, "E01 E03 not even by one of two operations");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_do(id, 2, 1, 0)))), EFBIG,
		"E01 a semaphore past the last comes before permission");
	ds.sem_perm.mode = 0222;
	must(semctl(id, 0, IPC_SET, (union semun){.buf = &ds}));
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_do(id, 0, 0, 0)))), EACCES,
		"E01 E03 who may only change may not wait for 0");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(sem_do(id, 0, 1, 0)))), 0,
		"E01 E03 who may change may change");
	remove_set(id);
	return done();
}
