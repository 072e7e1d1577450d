/* IPC_SET changes owner, group and the nine mode bits, and nothing else. */
#include "_tap.h"

int
main(void)
{
	int id = must(shmget(unused_key(), 3 * PAGE, IPC_CREAT | 0600));
	struct shmid_ds before = segment_state(id), ds = before;
	usleep(1100000); /* ctime counts seconds */

	ds.shm_perm.uid = 1234;
	ds.shm_perm.gid = 4321;
	ds.shm_perm.mode = 07640;
	ds.shm_perm.cuid = ds.shm_perm.cgid = 99;
	ds.shm_segsz = 1;
	ds.shm_nattch = 77;
	ds.shm_cpid = ds.shm_lpid = 88;
	ds.shm_atime = ds.shm_dtime = ds.shm_ctime = 5;
	is_int(shmctl(id, IPC_SET, &ds), 0, "S26 IPC_SET answers 0");

	struct shmid_ds after = segment_state(id);
	is_int(after.shm_perm.uid, 1234, "S26 uid is set");
	is_int(after.shm_perm.gid, 4321, "S26 gid is set");
	is_int(after.shm_perm.mode, 0640, "S26 mode is set, nine bits of it");
	ok(after.shm_ctime > before.shm_ctime, "S26 ctime moves");
	ok(after.shm_perm.cuid == before.shm_perm.cuid &&
			after.shm_perm.cgid == before.shm_perm.cgid,
		"S26 the creator stays");
	is_int(after.shm_perm.__key, before.shm_perm.__key, "S26 the key stays");
	is_int(after.shm_segsz, 3 * PAGE, "S26 the size stays");
	ok(after.shm_nattch == 0 && after.shm_atime == 0 && after.shm_dtime == 0 &&
			after.shm_lpid == 0,
		"S26 counts and other times stay");
	is_int(after.shm_cpid, getpid(), "S26 cpid stays");

	char *p = (char *)works(shmat(id, 0, 0), "S30 root attaches what it gave away");
	must(shmctl(id, IPC_RMID, 0));
	ds.shm_perm.mode = 0777;
	is_int(shmctl(id, IPC_SET, &ds), 0, "S26 IPC_SET on one marked for removal");
	is_int(segment_state(id).shm_perm.mode, 01777, "S24 S26 the mark stays");
	must(shmdt(p));
	fails(shmctl(id, IPC_STAT, &ds), EINVAL, "S24 and the last detach destroys");
	return done();
}
