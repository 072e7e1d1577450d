/* Two processes run one program: its text and constants are in memory once, and come when needed.
 */
#include "_tap.h"

#define PAGES 64

/* Initialised data that nobody writes: 256 KiB of it, all in the file. */
static const unsigned char constants[PAGES * PAGE] = {[0 ... PAGES * PAGE - 1] = 7};
static unsigned char variables[PAGES * PAGE] = {[0 ... PAGES * PAGE - 1] = 8};

static int
sum(const volatile unsigned char *p)
{
	int all = 0;
	for (int i = 0; i < PAGES; i++)
		all += p[i * PAGE];
	return all;
}

int
main(int argc, char **argv)
{
	if (argc > 1) { /* the second instance, started below */
		volatile int *stage = must(shmat(atoi(argv[1]), 0, 0));
		stage[1] = sum(constants);
		stage[0] = 1;
		wait_until(stage[0] == 2);
		stage[2] = sum(variables);
		return 0;
	}

	int id = new_segment(PAGE);
	volatile int *stage = must(shmat(id, 0, 0));
	stage[0] = 0;
	is_int(sum(constants), 7 * PAGES, "V03 constants come from the file");
	is_int(sum(variables), 8 * PAGES, "V03 variables too");
	memset(variables, 9, sizeof(variables));

	counter("frames_free");
	long before = counter("frames_free");
	char number[16];
	snprintf(number, sizeof(number), "%d", id);
	pid_t child = spawn(execl(argv[0], argv[0], number, (char *)0), exit(1));
	wait_until(stage[0] == 1);
	long taken = before - counter("frames_free");
	if (taken >= PAGES / 2)
		note("the second instance took %ld frames", taken);
	counts(taken < PAGES / 2, 1, "V03 a second instance reads the first one's pages");
	stage[0] = 2;
	is_int(reap(child), 0, "V03 it runs");
	is_int(stage[1], 7 * PAGES, "V03 with the same constants");
	is_int(stage[2], 8 * PAGES, "V03 and variables that the first has not changed");
	is_int(sum(variables), 9 * PAGES, "V03 which keeps its own");
	must(shmdt((void *)stage));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
