/*
 * The bugs that the shared memory of other kernels had, one check or a few for each: those that no
 * other test here is about. Each heading says what went wrong there.
 */
#include "_tap.h"

static int
is_stale(int id)
{
	return shmctl(id, IPC_STAT, &(struct shmid_ds){0}) == -1 && errno == EINVAL;
}

/* IPC_RMID freed the pages that were attached. */
static void
removal_frees_attached_pages(void)
{
	int id = new_segment(64 * PAGE);
	char *p = must(shmat(id, 0, 0));
	memset(p, 1, 64 * PAGE);
	must(shmctl(id, IPC_RMID, 0));
	is_int(in_child(memset(private_pages(64, PROT_READ | PROT_WRITE), 2, 64 * PAGE)), 0,
		"S24 somebody else takes and fills new memory after the removal");
	int foreign = 0;
	for (unsigned long i = 0; i < 64 * PAGE; i++)
		foreign += p[i] != 1;
	is_int(foreign, 0, "S24 the attached pages are still ours");
	must(shmdt(p));
	ok(is_stale(id), "S24 and go with us");
}

/* The removed flag was kept in a bool that the mode overwrote: the segment leaked for ever. */
static void
removal_is_forgotten(void)
{
	int id = new_segment(PAGE);
	char *p = must(shmat(id, 0, 0));
	struct shmid_ds ds = segment_state(id);
	must(shmctl(id, IPC_RMID, 0));
	ds.shm_perm.mode = 0600;
	must(shmctl(id, IPC_SET, &ds));
	must(shmctl(id, IPC_RMID, 0));
	must(shmdt(p));
	ok(is_stale(id), "S24 IPC_SET and a second IPC_RMID do not undo the first");
}

/* nattch was kept in 16 bits, wrapped at 65,536, and the segment was freed under its users. */
static void
nattch_wraps(void)
{
	enum { EACH = 4200, CHILDREN = 16 };
	int id = new_segment(PAGE);
	static void *attaches[EACH];
	volatile int *ready = shared_pages(1);
	pid_t children[CHILDREN];
	for (int n = 0; n < EACH; n++)
		attaches[n] = must(shmat(id, 0, SHM_RDONLY));
	for (int i = 0; i < CHILDREN; i++)
		children[i] = spawn(for (int n = 0; n < EACH; n++) peek(attaches[n]);
			__sync_fetch_and_add(ready, 1); pause());
	ok(wait_until(*ready == CHILDREN), "S18 one page is mapped more than 65,536 times");
	for (int i = 0; i < 100; i++)
		(void)nattch(id); /* long enough for check=1 to count the page's mappings */
	long wanted = (CHILDREN + 1) * EACH;
	is_int(nattch(id), wanted, "S21 seventy thousand attaches are counted as seventy thousand");
	must(shmctl(id, IPC_RMID, 0));
	is_int(nattch(id), wanted, "S24 and keep the segment alive");
	for (int i = 0; i < CHILDREN; i++) {
		must(kill(children[i], SIGKILL));
		reap(children[i]);
	}
	is_int(nattch(id), EACH, "S24 the parent's stay when the children's go");
	for (int n = 0; n < EACH; n++)
		must(shmdt(attaches[n]));
	ok(is_stale(id), "S24 until the last one goes");
	must(munmap((void *)ready, PAGE));
}

/* Two who create the same key at once both succeeded. */
static void
two_create_one_key(void)
{
	volatile int *made = shared_pages(1);
	int rounds = 50, wrong = 0;
	for (int round = 0; round < rounds; round++) {
		key_t key = unused_key();
		made[0] = 0;
		for (int i = 0; i < 3; i++)
			spawn(if (shmget(key, PAGE, IPC_CREAT | IPC_EXCL | 0600) != -1)
					__sync_fetch_and_add(&made[0], 1));
		while (wait(0) > 0)
			;
		wrong += made[0] != 1;
		must(shmctl(must(shmget(key, 0, 0)), IPC_RMID, 0));
	}
	is_int(wrong, 0, "S07 of three who create one key exactly one succeeds, fifty times");
	must(munmap((void *)made, PAGE));
}

/* An attach that failed half way left something mapped, or a freed area linked. */
static void
failed_attach_leaves_traces(void)
{
	int id = new_segment(16 * PAGE);
	char *room = private_pages(16, PROT_READ | PROT_WRITE);
	must(munmap(room, 15 * PAGE)); /* the last page stays in the way */
	poke(room + 15 * PAGE, 3);
	fails(shmat(id, room, 0), EINVAL, "S12 an attach that hits something in its last page");
	is_int(in_child(peek(room)), -SIGSEGV, "S12 left nothing in its first page");
	is_int(peek(room + 15 * PAGE), 3, "S12 nor changed what it hit");
	is_int(nattch(id), 0, "S12 nor counts");
	must(shmctl(id, IPC_RMID, 0));
	ok(is_stale(id), "S24 nor keeps the segment");
	must(munmap(room + 15 * PAGE, PAGE));
}

/* Memory stayed readable after the detach, for the TLB was not flushed. */
static void
tlb_keeps_the_page(void)
{
	int id = new_segment(PAGE);
	char *p = must(shmat(id, 0, 0));
	is_int(in_child(poke(p, 1); must(shmdt(p)); peek(p)), -SIGSEGV,
		"S22 touched, detached, touched");
	is_int(in_child(poke(p, 1); must(mprotect(p, PAGE, PROT_READ)); poke(p, 2)), -SIGSEGV,
		"S14 touched, protected, touched");
	int other_id = new_segment(PAGE);
	char *other = must(shmat(other_id, shm_room(SHMLBA), SHM_REMAP));
	poke(other, 5);
	is_int(peek(p), 1, "S18 this one shows 1");
	must(shmdt(p));
	is_int(shmat(id, other, SHM_REMAP) == other && peek(other) == 1, 1,
		"S12 SHM_REMAP shows it at once");
	must(shmdt(other));
	must(shmctl(id, IPC_RMID, 0));
	must(shmctl(other_id, IPC_RMID, 0));
}

/* A length was rounded up to a power of two. */
static void
sizes_are_rounded_to_powers_of_two(void)
{
	struct shm_info info;
	int id = new_segment(17 * PAGE);
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.shm_tot, 17, "S28 17 pages are 17 pages");
	must(shmctl(id, IPC_RMID, 0));
}

/* exit, or exec, left page-table entries to freed frames, or freed the segment's own. */
static void
exit_tears_down_too_much(void)
{
	int id = new_segment(16 * PAGE);
	char *p = must(shmat(id, 0, 0));
	memset(p, 0x77, 16 * PAGE);
	for (int i = 0; i < 20; i++)
		in_child(memset(p, 0x77, 16 * PAGE), kill(getpid(), i % 2 ? SIGKILL : SIGTERM));
	is_int(in_child(memset(private_pages(64, PROT_READ | PROT_WRITE), 2, 64 * PAGE)), 0,
		"S21 twenty sharers die, others take new memory");
	int foreign = 0;
	for (unsigned long i = 0; i < 16 * PAGE; i++)
		foreign += p[i] != 0x77;
	is_int(foreign, 0, "S21 the survivor's pages are untouched");
	is_int(nattch(id), 1, "S21 one attach is left");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
}

int
main(void)
{
	removal_frees_attached_pages();
	removal_is_forgotten();
	nattch_wraps();
	two_create_one_key();
	failed_attach_leaves_traces();
	sizes_are_rounded_to_powers_of_two();
	exit_tears_down_too_much();
	tlb_keeps_the_page();
	return done();
}
