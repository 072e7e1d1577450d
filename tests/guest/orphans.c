/* Children whose parent goes first belong to init, and leave nothing behind. */
#include "_tap.h"

int
main(void)
{
	volatile int *seen = shared_pages(1);
	pid_t me = getpid();
	is_int(in_child(exit(getppid() == me)), 1, "V05 a child's parent");
	is_int(in_child(exit(getpid() != me && getpid() > 1)), 1, "V05 has another pid");

	pid_t parent =
		spawn(spawn(seen[0] = getppid(); seen[1] = 1; wait_until(seen[2]);
			    wait_until(getppid() == 1); seen[3] = getppid(); seen[4] = getpid());
			wait_until(seen[1]));
	is_int(reap(parent), 0, "V05 a parent ends before its child");
	is_int(seen[0], parent, "V05 it was the child's parent");
	seen[2] = 1;
	ok(wait_until(seen[4]), "V05 the child lives on");
	is_int(seen[3], 1, "V05 init is its parent now");
	ok(wait_until(kill(seen[4], 0) == -1 && errno == ESRCH),
		"V13 its remains are cleared away");

	/* A parent that ends with dead children nobody waited for: init clears them away as well.
	 */
	seen[5] = 0;
	is_int(in_child(seen[5] = spawn(exit(1)); usleep(20000)), 0,
		"V05 a child that nobody waits for");
	ok(wait_until(kill(seen[5], 0) == -1 && errno == ESRCH),
		"V13 is cleared away after its parent");

	/* A chain of ten, each leaving at once. */
	seen[6] = 0;
	is_int(in_child(for (int i = 0; i < 10; i++) if (fork()) exit(0); seen[6] = 1), 0,
		"V05 a chain of ten");
	ok(wait_until(seen[6]), "V05 its last link runs");
	fails(wait(0), ECHILD, "V05 none of them is mine");
	return done();
}
