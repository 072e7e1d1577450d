/* Processes that spin and never call the kernel starve nobody. */
#include "_tap.h"

#define SPINNERS 3

int
main(void)
{
	volatile long *turns = shared_pages(1);
	pid_t spinners[SPINNERS];
	for (int i = 0; i < SPINNERS; i++)
		spinners[i] = spawn(for (;;) turns[i]++);
	ok(wait_until(turns[0] && turns[1] && turns[2]), "V06 three spinners all run");

	struct timespec before, after;
	clock_gettime(CLOCK_MONOTONIC, &before);
	for (int i = 0; i < 10; i++)
		usleep(10000);
	clock_gettime(CLOCK_MONOTONIC, &after);
	ok(after.tv_sec - before.tv_sec <= 3, "V06 a sleeper gets its turn beside them");
	is_int(in_child(exit(9)), 9, "V06 fork and wait go on");

	long then[SPINNERS];
	int moved = 0;
	for (int i = 0; i < SPINNERS; i++)
		then[i] = turns[i];
	usleep(1500000);
	for (int i = 0; i < SPINNERS; i++)
		moved += turns[i] - then[i] > 0;
	is_int(moved, SPINNERS, "V06 they all go on spinning");
	long most = 0, least = turns[0] - then[0];
	for (int i = 0; i < SPINNERS; i++) {
		long n = turns[i] - then[i];
		most = n > most ? n : most;
		least = n < least ? n : least;
	}
	ok(least > most / 8, "V06 with fair shares");
	int killed = 0;
	for (int i = 0; i < SPINNERS; i++) {
		must(kill(spinners[i], SIGKILL));
		killed += reap(spinners[i]) == -SIGKILL;
	}
	is_int(killed, SPINNERS, "V06 V13 and can be killed");
	return done();
}
