/*
 * ARM's one semctl knows both structures, and its semop and semtimedop have numbers of their own.
 */
#include "_sem.h"

#define IPC_64 0x100

struct old_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	int otime, ctime;
	void *base, *pending, *pending_last, *undo;
	unsigned short nsems;
};

int
main(void)
{
	struct {
		struct old_ds ds;
		unsigned behind;
	} old = {.behind = 0xeeeeeeee};
	struct semid_ds new;
	key_t key = unused_sem_key();
	int id = must(semget(key, 3, IPC_CREAT | 0604));

	is_int(syscall(SYS_semctl, id, 0, IPC_STAT, &old), 0, "E01 IPC_STAT without IPC_64");
	is_int(sizeof(old.ds), 44, "E01 is 44 bytes");
	is_int(old.behind, 0xeeeeeeee, "E01 and no more");
	ok(old.ds.key == key && old.ds.mode == 0604 && old.ds.nsems == 3, "E01 key, mode, nsems");
	old.ds.mode = 0640;
	old.ds.uid = 5;
	is_int(syscall(SYS_semctl, id, 0, IPC_SET, &old), 0, "E01 IPC_SET without IPC_64");
	is_int(syscall(SYS_semctl, id, 0, IPC_STAT | IPC_64, &new), 0, "E01 IPC_STAT with it");
	ok(new.sem_perm.uid == 5 && new.sem_perm.mode == 0640, "E01 shows what was set");

	struct sembuf ops[2] = {{0, 2, 0}, {2, 1, 0}};
	is_int(syscall(SYS_semop, id, ops, 2), 0, "E01 semop");
	is_int(value_of(id, 0) * 10 + value_of(id, 2), 21, "E01 is done");
	ops[0].sem_op = -3;
	fails(syscall(SYS_semtimedop, id, ops, 1, (&(struct timespec){0, 1000000})), EAGAIN,
		"E01 semtimedop with 32 bits of time");
	fails(syscall(SYS_semtimedop, id, ops, 1, (&(struct timespec){-1, 0})), EINVAL,
		"E01 semtimedop with less than none");
	fails(syscall(SYS_semtimedop, id, ops, 1, 4), EFAULT, "E01 V08 semtimedop, a bad time");
	ops[0].sem_op = -1;
	is_int(syscall(SYS_semtimedop, id, ops, 1, 0), 0, "E01 semtimedop without one");
	is_int(syscall(SYS_semctl, id, 2, GETVAL | IPC_64, 0), 1, "E01 GETVAL with IPC_64");
	is_int(syscall(SYS_semctl, id, 2, GETVAL, 0), 1, "E01 GETVAL without it");
	is_int(syscall(SYS_semctl, id, 0, IPC_RMID, 0), 0, "E01 IPC_RMID needs none");
	return done();
}
