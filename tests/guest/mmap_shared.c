/* MAP_SHARED memory is one page in all who inherit it; MAP_PRIVATE is not. */
#include "_tap.h"

int
main(void)
{
	volatile char *shared = shared_pages(4),
		      *private = private_pages(4, PROT_READ | PROT_WRITE);
	shared[0] = private[0] = 1;
	is_int(in_child(shared[0]++, private[0]++), 0, "V04 a child writes to both");
	is_int(shared[0], 2, "V04 shared: the parent sees it");
	is_int(private[0], 1, "V04 private: it does not");
	is_int(in_child(shared[PAGE] = 5), 0, "V04 a page first touched by a child");
	is_int(shared[PAGE], 5, "V04 is the parent's too");
	is_int(in_child(exit(in_child(shared[2 * PAGE] = 6))), 0, "V04 by a grandchild");
	is_int(shared[2 * PAGE], 6, "V04 too");
	is_int(in_child(must(munmap((void *)shared, 4 * PAGE))), 0, "V04 a child unmaps it");
	is_int(shared[2 * PAGE], 6, "V04 nobody else notices");

	pid_t child = spawn(exit(wait_until(shared[3 * PAGE] == 1) && shared[0] == 2 ? 0 : 1));
	must(mprotect((void *)shared, PAGE, PROT_READ));
	is_int(in_child(shared[0] = 9), -SIGSEGV, "V04 a child inherits the protection");
	shared[3 * PAGE] = 1;
	must(munmap((void *)shared, 4 * PAGE));
	is_int(reap(child), 0, "V04 it lives while one maps it");
	return done();
}
