/*
 * A limit of attaches per process, as Unix once had: EMFILE. For nopage only: Linux has none.
 *
 * Boot with: shmseg=3
 */
#include "_tap.h"

int
main(void)
{
	int id = new_segment(PAGE);
	char *p[3];
	for (int i = 0; i < 3; i++)
		p[i] = (char *)works(shmat(id, 0, 0), "S16 attach %d of 3", i + 1);
	fails(shmat(id, 0, 0), EMFILE, "S16 one more");
	is_int(nattch(id), 3, "S16 is not counted");
	is_int(in_child(exit(shmat(id, 0, 0) == (void *)-1 && errno == EMFILE)), 1,
		"S16 a child has three already");
	is_int(in_child(shmdt(p[0]); exit(shmat(id, 0, 0) == (void *)-1)), 0,
		"S16 and may swap one");
	must(shmdt(p[1]));
	p[1] = (char *)works(shmat(id, 0, 0), "S16 a detach makes room");
	fails(shmat(id, 0, 0), EMFILE, "S16 full again");
	struct shminfo limits;
	must(shmctl(0, IPC_INFO, (struct shmid_ds *)&limits));
	is_int(limits.shmseg, 3, "S04 IPC_INFO tells the limit");
	for (int i = 0; i < 3; i++)
		must(shmdt(p[i]));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
