/* ARM's one shmctl: with IPC_64 in the command it knows the new structures, without it the old. */
#include "_tap.h"

#define IPC_64 0x100

struct old_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	int segsz, atime, dtime, ctime;
	unsigned short cpid, lpid, nattch, unused;
	void *unused2, *unused3;
};

int
main(void)
{
	struct {
		struct old_ds ds;
		unsigned behind;
	} old = {.behind = 0xeeeeeeee};
	struct shmid_ds new;
	key_t key = unused_key();
	int id = must(shmget(key, 4097, IPC_CREAT | 0604));

	is_int(syscall(SYS_shmctl, id, IPC_STAT, &old), 0, "S31 IPC_STAT without IPC_64");
	is_int(sizeof(old.ds), 48, "S31 is 48 bytes");
	is_int(old.behind, 0xeeeeeeee, "S31 and no more");
	ok(old.ds.key == key && old.ds.mode == 0604 && old.ds.segsz == 4097, "S31 key, mode, size");
	ok(old.ds.cpid == (unsigned short)getpid() && old.ds.lpid == 0 && old.ds.nattch == 0,
		"S31 pids, attaches");
	old.ds.mode = 0640;
	old.ds.uid = 5;
	is_int(syscall(SYS_shmctl, id, IPC_SET, &old), 0, "S31 IPC_SET without IPC_64");
	is_int(syscall(SYS_shmctl, id, IPC_STAT | IPC_64, &new), 0, "S31 IPC_STAT with it");
	ok(new.shm_perm.uid == 5 && (new.shm_perm.mode & 0777) == 0640,
		"S26 S31 shows what was set");
	int limits[5 + 1] = {[5] = 77};
	works(syscall(SYS_shmctl, 0, IPC_INFO, limits), "S28 S31 IPC_INFO without it");
	ok(limits[1] == 1 && limits[2] > 0 && limits[5] == 77, "S28 S31 is five words");
	is_int(syscall(SYS_shmctl, id, IPC_RMID, 0), 0, "S24 S31 IPC_RMID needs none");
	return done();
}
