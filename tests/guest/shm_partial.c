/* Attaches in pieces: munmap of a part, mprotect splits, and what shmdt makes of the rest. */
#include "_tap.h"

static int id;

static char *
attach(void)
{
	char *p = must(shmat(id, 0, 0));
	for (int i = 0; i < 5; i++)
		poke(p + i * PAGE, 10 + i);
	return p;
}

/* Which of the five pages can be read, as five bits, the first page's the lowest. */
static int
readable(const char *p)
{
	int bits = 0;
	for (int i = 0; i < 5; i++)
		bits |= (in_child(peek(p + i * PAGE)) == 0) << i;
	return bits;
}

int
main(void)
{
	id = new_segment(5 * PAGE);
	char *first = attach();
	is_int(segment_state(id).shm_dtime, 0, "S22 nobody has detached yet");
	must(munmap(first, PAGE));
	ok(segment_state(id).shm_dtime != 0, "S25 a part unmapped moves dtime, as Linux has it");
	must(munmap(first, 5 * PAGE));

	char *p = attach();
	must(munmap(p + 4 * PAGE, PAGE));
	is_int(readable(p), 0x0f, "S25 the last page unmapped: the rest stays");
	is_int(nattch(id), 1, "S25 and is attached");
	must(munmap(p, PAGE));
	is_int(readable(p), 0x0e, "S25 the first page unmapped");
	is_int(peek(p + PAGE), 11, "S25 what is left still shows its own page");
	is_int(nattch(id), 1, "S25 still attached");
	fails(shmdt(p + PAGE), EINVAL, "S22 where the rest begins is no start of an attach");
	is_int(shmdt(p), 0, "S22 the first start still names it, unmapped as it is");
	is_int(readable(p), 0, "S22 the rest is gone");
	is_int(nattch(id), 0, "S22 and not counted");

	p = attach();
	must(munmap(p, 3 * PAGE));
	must(munmap(p + 3 * PAGE, 2 * PAGE));
	is_int(nattch(id), 0, "S25 munmap of all of it detaches");
	fails(shmdt(p), EINVAL, "S22 nothing left to detach");

	p = attach();
	must(munmap(p + 2 * PAGE, PAGE));
	is_int(readable(p), 0x1b, "S25 a hole in the middle");
	is_int(peek(p + 3 * PAGE), 13, "S25 the page behind the hole is the same");
	is_int(shmdt(p), 0, "S22 shmdt after a hole");
	is_int(readable(p), 0, "S22 both pieces are gone");
	is_int(nattch(id), 0, "S22 and not counted");

	p = attach();
	must(mprotect(p + 2 * PAGE, PAGE, PROT_READ));
	is_int(in_child(poke(p + 2 * PAGE, 1)), -SIGSEGV, "S22 an mprotect split");
	is_int(in_child(poke(p + PAGE, 11), poke(p + 3 * PAGE, 13)), 0,
		"S22 its neighbours are writable");
	is_int(shmdt(p), 0, "S22 shmdt after a split");
	is_int(readable(p), 0, "S22 all pieces are gone");
	is_int(nattch(id), 0, "S22 nattch is 0 after a split and shmdt");

	/* Another attach of the same segment, right behind, must survive the first one's detach. */
	size_t behind = (5 * PAGE + SHMLBA - 1) & -SHMLBA;
	char *room = shm_room(2 * behind);
	p = must(shmat(id, room, SHM_REMAP));
	char *q = must(shmat(id, room + behind, SHM_REMAP));
	is_int(shmdt(p), 0, "S22 two attaches side by side, the first detached");
	is_int(readable(q), 0x1f, "S22 the second stays");
	is_int(nattch(id), 1, "S22 and is counted");
	must(mmap(q, 2 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	is_int(peek(q), 0, "S25 V04 MAP_FIXED over a part of an attach");
	is_int(peek(q + 2 * PAGE), 12, "S25 leaves the rest");
	is_int(nattch(id), 1, "S25 attached");
	must(munmap(q, 5 * PAGE));
	is_int(nattch(id), 0, "S25 detached");

	p = attach();
	must(munmap(p + 2 * PAGE, PAGE));
	is_int(in_child(exit(peek(p) + peek(p + 4 * PAGE))), 24,
		"S21 fork of an attach with a hole");
	must(shmctl(id, IPC_RMID, 0));
	is_int(peek(p + 4 * PAGE), 14, "S24 removed, both pieces usable");
	must(munmap(p, 2 * PAGE));
	is_int(nattch(id) > 0, 1, "S24 S25 one piece keeps it alive");
	must(munmap(p + 3 * PAGE, 2 * PAGE));
	fails(shmctl(id, IPC_STAT, &(struct shmid_ds){0}), EINVAL,
		"S24 S25 the last piece ends it");
	return done();
}
