/* Every way in which semget refuses, the order in which it looks, and a fresh set's fields. */
#include "_sem.h"

int
main(void)
{
	struct seminfo limits;
	must(semctl(0, 0, IPC_INFO, (union semun){.info = &limits}));
	key_t key = unused_sem_key();

	fails(semget(key, 1, 0), ENOENT, "E01 absent key without IPC_CREAT");
	fails(semget(key, 1, IPC_EXCL | 0600), ENOENT, "E01 absent key, IPC_EXCL alone");
	fails(semget(key, 0, 0), ENOENT, "E01 absent key, no semaphores");
	fails(semget(key, 0, IPC_CREAT | 0600), EINVAL, "E01 a new set without semaphores");
	fails(semget(IPC_PRIVATE, 0, 0600), EINVAL, "E01 a private one without semaphores");
	fails(semget(key, -1, IPC_CREAT | 0600), EINVAL, "E01 fewer than none");
	fails(semget(key, -1, 0), EINVAL, "E01 fewer than none, before the key is looked up");
	fails(semget(key, limits.semmsl + 1, IPC_CREAT | 0600), EINVAL, "E01 more than semmsl");
	fails(semget(key, limits.semmsl + 1, 0), EINVAL, "E01 and before the key is looked up");
	fails(semget(key, 1, 0), ENOENT, "E01 a refused key is still absent");

	time_t before = time(0);
	int id = works(semget(key, 3, IPC_CREAT | 0640), "E01 absent key with IPC_CREAT");
	struct semid_ds ds = set_state(id);
	is_int(ds.sem_perm.__key, key, "E01 its key");
	is_int(ds.sem_perm.mode, 0640, "E01 its mode");
	is_int(ds.sem_perm.uid, geteuid(), "E01 its owner");
	is_int(ds.sem_perm.cuid, geteuid(), "E01 its creator");
	is_int(ds.sem_perm.gid, getegid(), "E01 its group");
	is_int(ds.sem_perm.cgid, getegid(), "E01 its creator's group");
	is_int(ds.sem_nsems, 3, "E01 its semaphores");
	is_int(ds.sem_otime, 0, "E01 no operation yet");
	ok(ds.sem_ctime >= before && ds.sem_ctime <= time(0), "E01 made now");
	for (int i = 0; i < 3; i++) {
		is_int(value_of(id, i), 0, "E01 semaphore %d begins with 0", i);
		is_int(pid_of(id, i), 0, "E01 semaphore %d was changed by nobody", i);
	}

	is_int(semget(key, 3, 0), id, "E01 existing key, as many");
	is_int(semget(key, 0, 0), id, "E01 existing key, 0");
	is_int(semget(key, 2, IPC_CREAT | 0600), id, "E01 existing key, fewer");
	is_int(semget(key, 1, IPC_EXCL), id, "E01 IPC_EXCL alone is ignored");
	fails(semget(key, 3, IPC_CREAT | IPC_EXCL), EEXIST, "E01 IPC_CREAT with IPC_EXCL");
	fails(semget(key, 4, IPC_CREAT | IPC_EXCL), EEXIST, "E01 EEXIST however many");
	fails(semget(key, 4, 0), EINVAL, "E01 more than it has");
	fails(semget(key, 4, IPC_CREAT | 0600), EINVAL, "E01 more than it has, IPC_CREAT");

	is_int(in_child(must(setuid(1000)); _exit(errno_of(semget(key, 4, 0600)))), EINVAL,
		"E01 E03 a stranger: too many comes before permission");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(semget(key, 3, 0600)))), EACCES,
		"E01 E03 a stranger asks for what others have not");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(semget(key, 3, 0)))), 0,
		"E01 E03 a stranger asks for nothing");

	remove_set(id);
	fails(semget(key, 0, 0), ENOENT, "E01 removed: the key is absent again");
	fails(semctl(id, 0, GETVAL), EINVAL, "E01 removed: the id is stale");
	int next = works(semget(key, 3, IPC_CREAT | IPC_EXCL | 0600), "E01 the key is free");
	ok(next != id, "E03 for a set with another id");
	remove_set(next);
	int a = works(semget(IPC_PRIVATE, 1, 0), "E01 IPC_PRIVATE needs no IPC_CREAT");
	int b = works(semget(IPC_PRIVATE, 1, 0), "E01 IPC_PRIVATE again");
	ok(a != b, "E01 is another set");
	remove_set(a);
	remove_set(b);
	return done();
}
