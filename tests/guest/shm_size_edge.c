/* The last byte of a segment that is no whole number of pages, and the first byte behind it. */
#include "_tap.h"

int
main(void)
{
	for (int pages = 1; pages <= 3; pages++) {
		int id = new_segment(pages * PAGE - 100);
		char *p = must(shmat(id, 0, 0));
		poke(p + pages * PAGE - 101, 1);
		is_int(in_child(poke(p + pages * PAGE - 1, 1)), 0,
			"S02 the rest of the last page of %d is there", pages);
		char *behind = p + pages * PAGE;
		int free_behind =
			mmap(behind, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == behind;
		is_int(free_behind ? in_child(poke(behind, 1)) : -SIGSEGV, -SIGSEGV,
			"S02 and nothing behind it, %d", pages);
		must(shmdt(p));
		must(shmctl(id, IPC_RMID, 0));
	}
	return done();
}
