/* Two processes, one page: each sees what the other writes, at whatever address it lies. */
#include "_tap.h"

int
main(void)
{
	key_t key = unused_key();
	int id = must(shmget(key, 3 * PAGE, IPC_CREAT | 0600));
	volatile char *mine = must(shmat(id, 0, 0));
	for (unsigned long i = 0; i < 3 * PAGE; i++)
		if (mine[i] != 0)
			exit(97);
	ok(1, "S17 a new segment reads as zeroes");

	/* The child comes by key, as a stranger would, and pushes its attach to another address. */
	pid_t child = spawn(must(mmap(0, 5 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
			    volatile char *its = must(shmat(must(shmget(key, 0, 0)), 0, 0));
			    for (int i = 1; i <= 100; i++) {
				    if (!wait_until(its[0] == i))
					    _exit(1);
				    its[2 * PAGE] = i;
			    });
	int rounds = 0;
	for (int i = 1; i <= 100; i++) {
		mine[0] = i;
		rounds += wait_until(mine[2 * PAGE] == i);
	}
	is_int(rounds, 100, "S18 a hundred words there and back");
	is_int(reap(child), 0, "S18 the other side thinks so too");

	is_int(in_child(poke(mine + PAGE, 42)), 0, "S18 a page first touched by a child");
	is_int(mine[PAGE], 42, "S18 is the parent's page too");
	must(shmdt((void *)mine));
	char *again = must(shmat(id, 0, 0));
	ok(again[0] == 100 && again[PAGE] == 42 && again[2 * PAGE] == 100,
		"S23 the data live on when nobody is attached");
	must(shmdt(again));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
