/*
 * Memory runs out: by touching segments whose makers die and leave them, and by private memory.
 * Who touches is killed, the rest live on, and removal gives everything back. For nopage only:
 * Linux would kill whom it likes.
 *
 * Boot with: mem=32
 */
#include "_tap.h"

#define MIB 0x100000

/* Makes a segment, fills it and dies; 0 when it got that far. */
static int
leave_a_segment_behind(void)
{
	return in_child(int id = shmget(IPC_PRIVATE, MIB, SHM_NORESERVE | 0600);
			if (id == -1) exit(1); char *p = shmat(id, 0, 0);
			if (p == (void *)-1) exit(2); memset(p, 1, MIB));
}

int
main(void)
{
	counter("frames_free");
	long frames = counter("frames_free");
	for (int round = 1; round <= 2; round++) {
		int left = 0, end;
		while (left < 64 && (end = leave_a_segment_behind()) == 0)
			left++;
		ok(left >= 10 && left < 32, "S20 some of 32 MiB can be filled, round %d", round);
		is_int(end, -SIGKILL, "S20 then the toucher is killed");
		is_int(in_child(exit(5)), 5, "S20 fork still works");
		is_int(shmdt((void *)PAGE), -1, "S20 calls still answer");
		remove_all_objects();
		ok(wait_until(counter("frames_free") >= frames),
			"S20 S24 removal gives every frame back");
	}

	is_int(in_child(for (;;) {
		char *p = sbrk(MIB);
		if (p == (void *)-1)
			exit(1);
		memset(p, 1, MIB);
	}) != 0,
		1, "S20 a heap without end is refused or killed");
	is_int(in_child(char *p = mmap(0, 64 * MIB, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
			if (p == (void *)-1) exit(1); memset(p, 1, 64 * MIB)) != 0,
		1, "S20 64 MiB of 32 too");
	ok(wait_until(counter("frames_free") >= frames), "S20 V13 every frame is back");

	/* A fork that needs more than there is: many pages to copy as soon as they are written. */
	is_int(in_child(char *p = mmap(0, 16 * MIB, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
			memset(p, 1, 16 * MIB); int end = in_child(memset(p, 2, 16 * MIB));
			exit(end == -SIGKILL && p[16 * MIB - 1] == 1 ? 7 : 1)),
		7, "S20 V02 a child killed over its copies leaves the parent's pages alone");
	ok(wait_until(counter("frames_free") >= frames), "S20 V13 every frame is back");
	return done();
}
