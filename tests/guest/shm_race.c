/* Many children race for the first touch of each page: one frame a page, and no word is lost. */
#include "_tap.h"

#define CHILDREN 8
#define PAGES 16

int
main(void)
{
	volatile int *gate = shared_pages(1);
	gate[0] = 0;
	must(shmctl(new_segment(1), IPC_RMID, 0));
	counter("frames_free");
	int id = new_segment(PAGES * PAGE);

	pid_t children[CHILDREN];
	for (int n = 0; n < CHILDREN; n++)
		children[n] = spawn(char *p = must(shmat(id, 0, 0)); wait_until(gate[0]);
				    for (int i = 0; i < PAGES; i++) poke(p + i * PAGE + n, n + 1));
	wait_until(nattch(id) == CHILDREN);
	gate[0] = 1;
	int ended = 0;
	for (int n = 0; n < CHILDREN; n++)
		ended += reap(children[n]) == 0;
	is_int(ended, CHILDREN, "S19 every racer arrived");

	char *p = must(shmat(id, 0, 0));
	int lost = 0;
	for (int i = 0; i < PAGES; i++)
		for (int n = 0; n < CHILDREN; n++)
			lost += peek(p + i * PAGE + n) != n + 1;
	is_int(lost, 0, "S19 they all wrote into the same frames");

	struct shm_info info;
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.shm_rss, PAGES, "S19 one frame a page");
	is_int(nattch(id), 1, "S21 all gone");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
