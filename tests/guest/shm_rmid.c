/* The end of a segment: IPC_RMID while attached, unattached, twice, and by the last detach. */
#include "_tap.h"

#define STALE(id) shmctl(id, IPC_STAT, &(struct shmid_ds){0})

int
main(void)
{
	key_t key = unused_key();
	must(shmctl(new_segment(1), IPC_RMID, 0));
	counter("frames_free");
	long frames = counter("frames_free"), objects = counter("shm_objects");

	int id = must(shmget(key, 2 * PAGE, IPC_CREAT | 0600));
	is_int(shmctl(id, IPC_RMID, 0), 0, "S24 not attached, with a null buf");
	fails(STALE(id), EINVAL, "S24 gone at once");
	fails(shmget(key, 0, 0), ENOENT, "S24 its key too");
	fails(shmctl(id, IPC_RMID, 0), EINVAL, "S24 a second time");

	id = must(shmget(key, 2 * PAGE, IPC_CREAT | 0600));
	char *p = must(shmat(id, 0, 0));
	poke(p, 21);
	is_int(shmctl(id, IPC_RMID, 0), 0, "S24 while attached");
	struct shmid_ds ds = segment_state(id);
	is_int(ds.shm_perm.mode, 01600, "S24 mode gains SHM_DEST");
	is_int(ds.shm_perm.__key, 0, "S24 key reads 0");
	is_int(ds.shm_nattch, 1, "S24 still attached");
	is_int(peek(p), 21, "S24 still usable");
	poke(p + PAGE, 22);
	is_int(peek(p + PAGE), 22, "S24 a page first touched after the removal");
	fails(shmget(key, 0, 0), ENOENT, "S24 the key names nobody");
	is_int(shmctl(id, IPC_RMID, 0), 0, "S24 a second IPC_RMID on a marked one");

	int heir = works(
		shmget(key, 2 * PAGE, IPC_CREAT | IPC_EXCL | 0600), "S24 the key is free at once");
	ok(heir != id, "S24 for another segment");
	char *fresh = must(shmat(heir, 0, 0));
	is_int(peek(fresh), 0, "S24 which is zeroed");
	is_int(peek(p), 21, "S24 and not the old one");
	must(shmdt(fresh));
	must(shmctl(heir, IPC_RMID, 0));
	fails(STALE(heir), EINVAL, "S24 the heir goes, not attached");

	char *q = (char *)works(shmat(id, 0, 0), "S24 a marked one is attachable by id");
	is_int(peek(q), 21, "S24 with its data");
	is_int(nattch(id), 2, "S24 counted");
	volatile int *stage = shared_pages(1);
	pid_t child = spawn(wait_until(stage[0]); exit(peek(p) == 21 ? 0 : 1));
	must(shmdt(p));
	must(shmdt(q));
	is_int(nattch(id), 2, "S24 only the child holds it now");
	stage[0] = 1;
	is_int(reap(child), 0, "S24 usable to the end");
	fails(STALE(id), EINVAL, "S24 the last detach, by exit, destroys");
	fails(shmat(id, 0, 0), EINVAL, "S24 not attachable any more");
	must(munmap((void *)stage, PAGE));

	id = new_segment(PAGE);
	p = must(shmat(id, 0, 0));
	must(shmctl(id, IPC_RMID, 0));
	must(shmdt(p));
	fails(STALE(id), EINVAL, "S24 the last detach, by shmdt, destroys");
	id = new_segment(PAGE);
	p = must(shmat(id, 0, 0));
	must(shmctl(id, IPC_RMID, 0));
	is_int(in_child(poke(p, 1), kill(getpid(), SIGKILL)), -SIGKILL, "S24 a killed sharer");
	is_int(nattch(id), 1, "S24 does not take it away");
	must(munmap(p, PAGE));
	fails(STALE(id), EINVAL, "S24 S25 the last detach, by munmap, destroys");

	counts(counter("shm_objects") - objects, 0, "S24 no object is left");
	counts(frames - counter("frames_free") <= 1, 1,
		"S24 frames are back, but for a page table");
	return done();
}
