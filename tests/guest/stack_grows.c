/* The stack grows as it is used, and what it may not reach faults. */
#include "_tap.h"

/* Uses about `pages` pages of stack and answers how many it used. */
__attribute__((noinline)) static int
descend(int pages)
{
	volatile char page[PAGE];
	page[0] = page[PAGE - 1] = 1;
	return pages <= 1 ? 1 : descend(pages - 1) + page[0];
}

int
main(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);
	is_int(descend(256), 256, "V01 a MiB deep, page by page");
	is_int(in_child(peek(here - 0x100000)), 0, "V01 a MiB below in one step");
	is_int(in_child(descend(0x7fffffff)), -SIGSEGV, "V01 without end: SIGSEGV");
	is_int(descend(256), 256, "V01 nobody else is harmed");
	is_int(in_child(poke(here - 0x4000000, 1)), -SIGSEGV, "V01 64 MiB below is no stack");

	/* The guard: the stack does not grow close to what lies below it. */
	char *below = (char *)((here & -PAGE) - 1000 * PAGE);
	must(mmap(below, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	is_int(in_child(poke(below + 600 * PAGE, 1)), 0,
		"V01 far above a mapping the stack may grow");
	is_int(in_child(poke(below + 10 * PAGE, 1)), -SIGSEGV,
		"V01 close above it there is a guard");
	must(munmap(below, PAGE));
	is_int(in_child(poke(below + 10 * PAGE, 1)), 0, "V01 without the mapping there is none");

	/* A child's growth is its own. */
	is_int(in_child(descend(500)), 0, "V01 V02 a child grows its copy");
	is_int(descend(500), 500, "V01 so does the parent");
	return done();
}
