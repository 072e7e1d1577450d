/* The heap and an attach never run into each other. */
#include "_tap.h"

int
main(void)
{
	int id = new_segment(PAGE);
	char *heap = sbrk(0), *end = (char *)(((unsigned long)heap + PAGE - 1) & -PAGE);
	must(sbrk(end - heap + 2 * SHMLBA));
	poke(end, 5);
	fails(shmat(id, (void *)(((unsigned long)end + SHMLBA - 1) & -SHMLBA), 0), EINVAL,
		"S12 an attach inside the heap");
	is_int(peek(end), 5, "S12 the heap is untouched");

	/* Some pages above the heap's end: a fence that the heap may reach and not cross. */
	char *fence = (char *)(((unsigned long)end + 2 * SHMLBA + 14 * PAGE) & -SHMLBA);
	is_int(shmat(id, fence, 0), fence, "S12 an attach close above the heap");
	poke(fence, 6);
	char *top = sbrk(0);
	fails((long)sbrk(64 * PAGE), ENOMEM, "S11 V01 the heap growing into it");
	ok(sbrk(0) == top, "V01 the heap's end has not moved");
	ok(sbrk(4 * PAGE) == top, "V01 it grows while there is room");
	poke(top + 4 * PAGE - 1, 1);
	is_int(peek(fence), 6, "S11 the attach is untouched");
	errno = 0;
	is_int(brk(fence) == -1 ? errno : 0, ENOMEM,
		"S11 V01 a page must stay free between the two");
	is_int(brk(fence - PAGE), 0, "V01 up to there it may grow");
	ok(brk(top + 4 * PAGE) == 0, "V01 and shrinks again");
	must(shmdt(fence));
	ok(sbrk(64 * PAGE) != (void *)-1, "V01 and on, when the fence is gone");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
