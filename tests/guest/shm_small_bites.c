/*
 * All memory eaten in small bites, by a process that never holds much itself: what it leaves is
 * enough for others to clear away. For nopage only: Linux kills whom it likes.
 *
 * Boot with: mem=32
 */
#include "_tap.h"

#define BITE 60

/* Segments are made, filled, and left, until a touch kills. */
static void
eat(void)
{
	for (;;) {
		char *p = must(shmat(new_segment(BITE * PAGE), 0, 0));
		memset(p, 1, BITE * PAGE);
		must(shmdt(p));
	}
}

static int
run(char *program, char *argument)
{
	char *words[] = {program, argument, 0};
	return in_child(close(1); execv(program, words); _exit(127));
}

int
main(void)
{
	is_int(in_child(eat()), -SIGKILL, "S20 who eats all memory in small bites is killed");
	is_int(run("/bin/ipcs", "-m"), 0, "S20 small programs still start: ipcs");
	is_int(run("/bin/ipcrm", "-a"), 0, "S20 S24 and ipcrm, which clears away");
	is_int(in_child(memset(private_pages(4096, PROT_READ | PROT_WRITE), 1, 4096 * PAGE)), 0,
		"S20 16 MiB are free again");
	return done();
}
