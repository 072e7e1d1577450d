/* Laziness, by counting frames: who makes or attaches allocates none, the first toucher one. */
#include "_tap.h"

#define PAGES 64

static long
frames(void)
{
	return counter("frames_free");
}

/* A child attaches and touches every page; how many frames were gone while it still sat there. */
static long
frames_taken_by_second_toucher(int id, volatile int *stage)
{
	pid_t child = spawn(char *p = shmat(id, 0, 0); stage[0] = 1; wait_until(stage[1]);
			    for (int i = 0; i < PAGES; i++) stage[3] += peek(p + i * PAGE);
			    stage[0] = 2; wait_until(stage[2]));
	wait_until(stage[0] == 1);
	long before = frames();
	stage[1] = 1;
	wait_until(stage[0] == 2);
	long after = frames();
	stage[2] = 1;
	reap(child);
	return before - after;
}

int
main(void)
{
	volatile int *stage = shared_pages(1);
	stage[0] = 0;
	int first = new_segment(1); /* the kernel has its tables of segments and attaches now */
	must(shmat(first, 0, 0));
	must(shmat(first, 0, 0));
	frames();

	long start = frames();
	int small = new_segment(PAGE), id = new_segment(PAGES * PAGE);
	int large = must(shmget(IPC_PRIVATE, 131072 * PAGE, SHM_NORESERVE | 0600));
	counts(start - frames(), 0, "S08 creating allocates no data frame, whatever the size");

	long before = frames();
	char *p = must(shmat(id, 0, 0)), *q = must(shmat(large, 0, 0));
	counts(before - frames(), 0, "S15 attaching allocates no data frame, whatever the size");
	must(shmdt(q));

	poke(p, 1); /* the page table, and the object's table with its root */
	before = frames();
	poke(p + PAGE, 1);
	counts(before - frames(), 1, "S17 the first touch takes one frame");
	poke(p + PAGE, 2);
	peek(p + PAGE);
	counts(before - frames(), 1, "S17 touching again takes none");
	is_int(peek(p + 2 * PAGE), 0, "S17 a page is zeroed, read first");
	counts(before - frames(), 2, "S17 a first read takes a frame too");
	for (int i = 0; i < PAGES; i++)
		poke(p + i * PAGE, i);
	counts(before - frames(), PAGES - 1, "S17 one frame a page");

	struct shm_info info;
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.shm_rss, PAGES, "S17 S28 shm_rss counts touched pages only");
	is_int(info.shm_tot, 2 + PAGES + 131072, "S28 shm_tot counts pages asked for");

	/* The child's own page table and copied stack are its own; 64 data frames would show. */
	long taken = frames_taken_by_second_toucher(id, stage);
	is_int(stage[3], PAGES * (PAGES - 1) / 2, "S18 the second toucher sees the same frames");
	if (taken != 0)
		note("the second toucher took %ld frames", taken);
	counts(taken <= 2, 1, "S18 a second toucher takes none but for tables");

	must(shmdt(p));
	counts(start - frames() >= PAGES, 1, "S23 detaching frees no data frame");
	must(shmctl(id, IPC_RMID, 0));
	must(shmctl(small, IPC_RMID, 0));
	must(shmctl(large, IPC_RMID, 0));
	must(shmctl(first, IPC_RMID, 0));
	counts(start - frames(), 0, "S24 removing gives every frame back");
	return done();
}
