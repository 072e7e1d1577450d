/* sys_ipc 1 to 4 do what the direct numbers of semaphores do; and the old structure. */
#include "_sem.h"

enum { SEMOP = 1, SEMGET, SEMCTL, SEMTIMEDOP };
#define IPC_64 0x100

/* What semctl answered before 32-bit user ids. */
struct old_semid_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	int otime, ctime;
	void *base, *pending, *pending_last, *undo;
	unsigned short nsems;
	unsigned short behind; /* to a multiple of 4 */
	int far_behind;	       /* ours: must stay as it is */
};

static long
ipc(unsigned call, long first, unsigned long second, unsigned long third, void *pointer, long fifth)
{
	return syscall(SYS_ipc, call, first, second, third, pointer, fifth);
}

/* semctl by way of ipc: the argument lies where the pointer points. */
static long
ctl(int id, int number, int command, unsigned long argument)
{
	return ipc(SEMCTL, id, number, command, &argument, 0);
}

int
main(void)
{
	key_t key = unused_sem_key();
	fails(ipc(SEMGET, key, 2, 0, 0, 0), ENOENT, "E01 ipc 2: absent key");
	int id = works(ipc(SEMGET, key, 2, IPC_CREAT | 0640, 0, 0), "E01 ipc 2 makes a set");
	is_int(syscall(SYS_semget, key, 2, 0), id, "E01 the direct semget finds it");

	struct sembuf ops[2] = {{0, 3, 0}, {1, 1, 0}};
	is_int(ipc(SEMOP, id, 2, 0, ops, 0), 0, "E01 ipc 1 operates");
	is_int(syscall(SYS_semctl, id, 0, GETVAL, 0), 3, "E01 the direct semctl tells");
	is_int(ctl(id, 1, GETVAL, 0), 1, "E01 ipc 3 tells");
	is_int(ctl(id, 1, SETVAL, 9), 0, "E01 ipc 3 sets: its argument through a pointer");
	is_int(ctl(id, 1, GETVAL | IPC_64, 0), 9, "E01 ipc 3, with IPC_64");
	fails(ipc(SEMCTL, id, 1, GETVAL, 0, 0), EINVAL, "E01 ipc 3 without a pointer");
	fails(ipc(SEMCTL, id, 1, GETVAL, (void *)4, 0), EFAULT, "E01 V08 ipc 3, a bad pointer");
	ops[0] = (struct sembuf){0, -9, 0};
	fails(ipc(SEMTIMEDOP, id, 1, 0, ops, (long)&(struct timespec){0, 1000000}), EAGAIN,
		"E01 ipc 4 waits for a time");
	fails(ipc(SEMTIMEDOP, id, 1, 0, ops, 4), EFAULT, "E01 V08 ipc 4, a bad time");
	ops[0] = (struct sembuf){0, -1, 0};
	is_int(ipc(SEMTIMEDOP, id, 1, 0, ops, 0), 0, "E01 ipc 4 without a time");

	struct semid_ds ds;
	is_int(ctl(id, 0, IPC_STAT | IPC_64, (unsigned long)&ds), 0, "E01 ipc 3 with IPC_64");
	is_int(ds.sem_nsems, 2, "E01 the structure of the direct call");
	struct old_semid_ds old;
	memset(&old, 0xee, sizeof(old));
	is_int(ctl(id, 0, IPC_STAT, (unsigned long)&old), 0, "E01 ipc 3 without IPC_64");
	ok(old.key == key && old.mode == 0640 && old.nsems == 2,
		"E01 old structure: key, mode, nsems");
	ok(old.otime == ds.sem_otime && old.ctime == ds.sem_ctime, "E01 old structure: times");
	is_int(old.seq, ds.sem_perm.__seq, "E01 old structure: seq");
	is_int(old.far_behind, (int)0xeeeeeeee, "E01 old structure: 44 bytes and no more");
	old.uid = 77;
	old.mode = 0606;
	is_int(ctl(id, 0, IPC_SET, (unsigned long)&old), 0, "E01 IPC_SET by the old structure");
	ok(set_state(id).sem_perm.uid == 77 && set_state(id).sem_perm.mode == 0606,
		"E01 sets uid and mode");
	struct seminfo limits = {0}, same = {0};
	works(ctl(0, 0, IPC_INFO, (unsigned long)&limits), "E01 IPC_INFO");
	works(ctl(0, 0, IPC_INFO | IPC_64, (unsigned long)&same), "E01 IPC_INFO with IPC_64");
	is_int(memcmp(&limits, &same, sizeof(same)), 0, "E01 has one structure only");
	fails(syscall(SYS_semctl, id, 0, IPC_STAT | IPC_64, &ds), EINVAL,
		"E01 direct semctl: no IPC_64");
	is_int(ctl(id, 0, IPC_RMID, 0), 0, "E01 ipc 3 removes");
	fails(syscall(SYS_semget, key, 0, 0), ENOENT, "E01 the direct semget finds it no more");
	return done();
}
