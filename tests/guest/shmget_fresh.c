/* What IPC_STAT says of a segment at its birth and after each call: the fields, exactly. */
#include "_tap.h"

static int
is_now(time_t t)
{
	time_t now = time(0);
	return t <= now && t >= now - 2;
}

int
main(void)
{
	key_t key = unused_key();
	int id = must(shmget(key, 5000, IPC_CREAT | IPC_EXCL | 01640));
	struct shmid_ds ds;
	memset(&ds, 0xee, sizeof(ds));
	is_int(shmctl(id, IPC_STAT, &ds), 0, "S26 IPC_STAT answers 0");

	is_int(ds.shm_perm.__key, key, "S02 S09 key");
	is_int(ds.shm_segsz, 5000, "S02 segsz as asked, in bytes");
	is_int(ds.shm_perm.mode, 0640, "S09 mode is flags & 0777, no IPC_CREAT bit");
	is_int(ds.shm_perm.uid, geteuid(), "S09 uid");
	is_int(ds.shm_perm.gid, getegid(), "S09 gid");
	is_int(ds.shm_perm.cuid, geteuid(), "S09 cuid");
	is_int(ds.shm_perm.cgid, getegid(), "S09 cgid");
	is_int(ds.shm_cpid, getpid(), "S09 cpid is the caller");
	is_int(ds.shm_lpid, 0, "S09 lpid 0");
	is_int(ds.shm_nattch, 0, "S09 nattch 0");
	is_int(ds.shm_atime, 0, "S09 atime 0");
	is_int(ds.shm_dtime, 0, "S09 dtime 0");
	ok(is_now(ds.shm_ctime), "S09 ctime now");

	pid_t child = spawn(poke(shmat(id, 0, 0), 1));
	reap(child);
	ds = segment_state(id);
	is_int(ds.shm_lpid, child, "S15 S22 lpid is who attached or detached last");
	ok(is_now(ds.shm_atime), "S15 atime moved");
	ok(is_now(ds.shm_dtime), "S21 dtime moved when the child ended");
	is_int(ds.shm_cpid, getpid(), "S09 cpid stays");

	void *p = must(shmat(id, 0, 0));
	is_int(segment_state(id).shm_lpid, getpid(), "S15 lpid after shmat");
	is_int(in_child((void)0), 0, "S21 a child that does nothing");
	ok(segment_state(id).shm_lpid != getpid(), "S21 its end counts as the last detach");
	must(shmdt(p));
	is_int(segment_state(id).shm_lpid, getpid(), "S22 lpid after shmdt");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
