/* One call, four names: sys_ipc 21 to 24 do what the direct numbers do, and the old structure. */
#include "_tap.h"

enum { SHMAT = 21, SHMDT, SHMGET, SHMCTL };
#define IPC_64 0x100

/* What shmctl answered before 32-bit user ids. */
struct old_shmid_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	int segsz, atime, dtime, ctime;
	unsigned short cpid, lpid, nattch, unused;
	void *unused2, *unused3;
	int behind; /* ours: must stay as it is */
};

static long
ipc(unsigned call, long first, unsigned long second, unsigned long third, void *pointer)
{
	return syscall(SYS_ipc, call, first, second, third, pointer, 0);
}

int
main(void)
{
	key_t key = unused_key();
	unsigned long address = 0;
	fails(ipc(SHMGET, key, PAGE, 0, 0), ENOENT, "S31 ipc 23: absent key");
	fails(ipc(SHMGET, key, 0, IPC_CREAT, 0), EINVAL, "S31 ipc 23: size 0");
	int id = works(
		ipc(SHMGET, key, PAGE + 7, IPC_CREAT | 0640, 0), "S31 ipc 23 makes a segment");
	is_int(syscall(SYS_shmget, key, 1, 0), id, "S31 the direct shmget finds it");

	is_int(ipc(SHMAT, id, 0, (unsigned long)&address, 0), 0, "S31 ipc 21 answers 0");
	poke(address, 3);
	char *direct = (char *)works(syscall(SYS_shmat, id, 0, SHM_RDONLY), "S31 the direct shmat");
	is_int(peek(direct), 3, "S31 shows the same page");
	is_int(in_child(poke(direct, 1)), -SIGSEGV, "S31 its flags are its third argument");
	fails(ipc(SHMAT, id, SHM_REMAP, (unsigned long)&address, 0), EINVAL, "S31 ipc 21: flags");
	fails(ipc(SHMAT, id, 0, (unsigned long)&address, (void *)1), EINVAL, "S31 ipc 21: address");
	fails(ipc(SHMAT, id, 0, 0, 0), EFAULT, "S31 V08 ipc 21: nowhere to put the address");

	struct shmid_ds ds;
	is_int(ipc(SHMCTL, id, IPC_STAT | IPC_64, 0, &ds), 0, "S31 ipc 24 with IPC_64");
	is_int(ds.shm_segsz, PAGE + 7, "S31 the structure of the direct call");
	struct old_shmid_ds old;
	memset(&old, 0xee, sizeof(old));
	is_int(ipc(SHMCTL, id, IPC_STAT, 0, &old), 0, "S31 ipc 24 without IPC_64");
	ok(old.key == key && old.segsz == (int)PAGE + 7 && old.mode == 0640,
		"S31 old structure: key, segsz, mode");
	ok(old.uid == 0 && old.gid == 0 && old.cuid == 0 && old.cgid == 0,
		"S31 old structure: owners");
	ok(old.cpid == getpid() && old.lpid == getpid(), "S31 old structure: pids");
	is_int(old.nattch, ds.shm_nattch, "S31 old structure: nattch");
	ok(old.atime == ds.shm_atime && old.dtime == ds.shm_dtime && old.ctime == ds.shm_ctime,
		"S31 old structure: times");
	is_int(old.behind, (int)0xeeeeeeee, "S31 old structure: 48 bytes and no more");

	old.uid = 77;
	old.mode = 0606;
	is_int(ipc(SHMCTL, id, IPC_SET, 0, &old), 0, "S31 IPC_SET by the old structure");
	ok(segment_state(id).shm_perm.uid == 77 && segment_state(id).shm_perm.mode == 0606,
		"S31 sets uid and mode");
	int limits[8], new_limits[16];
	is_int(ipc(SHMCTL, 0, IPC_INFO, 0, limits), id & 0x7fff, "S31 IPC_INFO, old");
	is_int(limits[0], 0x7fffffff, "S31 old structure: shmmax stops at the largest int");
	is_int(ipc(SHMCTL, 0, IPC_INFO | IPC_64, 0, new_limits), id & 0x7fff, "S31 IPC_INFO, new");
	ok(limits[1] == new_limits[1] && limits[2] == new_limits[2], "S31 the same limits");

	fails(syscall(SYS_shmctl, id, IPC_STAT | IPC_64, &ds), EINVAL,
		"S31 direct shmctl: no IPC_64");
	fails(ipc(SHMDT, 0, 0, 0, direct + 1), EINVAL, "S31 ipc 22: not an attach");
	is_int(ipc(SHMDT, 0, 0, 0, direct), 0, "S31 ipc 22 detaches");
	is_int(syscall(SYS_shmdt, address), 0, "S31 the direct shmdt");
	fails(ipc(SHMDT, 0, 0, 0, (void *)address), EINVAL, "S31 ipc 22: gone already");
	fails(ipc(0x10000 | SHMAT, id, 0, (unsigned long)&address, 0), EINVAL,
		"S31 ipc 21, version 1");
	fails(ipc(99, 0, 0, 0, 0), ENOSYS, "S31 ipc 99 is nothing");
	is_int(ipc(SHMCTL, id, IPC_RMID | IPC_64, 0, 0), 0, "S31 ipc 24 removes");
	fails(syscall(SYS_shmget, key, 0, 0), ENOENT, "S31 the direct shmget finds it no more");
	return done();
}
