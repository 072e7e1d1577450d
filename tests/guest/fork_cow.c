/* fork copies nothing: who writes first gets a copy, and the last owner gets the page itself. */
#include "_tap.h"

#define PAGES 64

/* The child has come to step n: it waits until the parent has counted. */
static void
step(volatile long *stage, int n)
{
	stage[0] = n;
	wait_until(stage[1] >= n);
}

/* The frames that are free when the child has come to step n; it may go on then, but for the last.
 */
static long
frames_at(volatile long *stage, int n)
{
	wait_until(stage[0] == n);
	counter("frames_free"); /* may copy pages of its own, after a fork */
	long frames = counter("frames_free");
	if (n < 3)
		stage[1] = n;
	return frames;
}

int
main(void)
{
	char *p = private_pages(PAGES, PROT_READ | PROT_WRITE);
	volatile long *stage = shared_pages(1);
	memset(p, 1, PAGES * PAGE);
	is_int(in_child(exit(p[0] != 1 || p[PAGES * PAGE - 1] != 1)), 0,
		"V02 a child sees what was there");
	is_int(in_child(memset(p, 2, PAGES * PAGE)), 0, "V02 a child writes");
	is_int(p[0] + p[PAGES * PAGE - 1], 2, "V02 the parent does not see it");

	/* The child reads all pages and writes ten of them, the parent counts after each step. */
	counter("frames_free");
	long before = counter("frames_free");
	pid_t child = spawn(step(stage, 1); for (int i = 0; i < PAGES; i++) peek(p + i * PAGE);
			    step(stage, 2); for (int i = 0; i < 10; i++) poke(p + i * PAGE, 3);
			    step(stage, 3); exit(p[10 * PAGE] != 1));
	long forked = frames_at(stage, 1), read = frames_at(stage, 2),
	     written = frames_at(stage, 3);
	counts(before - forked < PAGES / 2, 1, "V02 fork does not copy the pages");
	counts(forked - read, 0, "V02 reading copies none");
	counts(read - written, 10, "V02 ten writes copy ten");

	before = counter("copied"); /* printing has copied pages of its own */
	for (int i = 0; i < 10; i++)
		poke(p + i * PAGE, 4);
	long taken_over = counter("copied");
	poke(p + 10 * PAGE, 4);
	long copied = counter("copied");
	counts(taken_over - before, 0, "V02 a page with one owner left is taken over");
	counts(copied - taken_over, 1, "V02 one with two owners is copied");
	stage[1] = 3;
	is_int(reap(child), 0, "V02 the child does not see the parent's writes");
	long alone = counter("copied");
	for (int i = 0; i < PAGES; i++)
		poke(p + i * PAGE, 5);
	counts(counter("copied") - alone, 0, "V02 when the child is gone nothing is copied");

	/* Three generations. */
	p[0] = 10;
	is_int(in_child(p[0]++; exit(in_child(p[0]++; exit(in_child(p[0]++; exit(p[0])))))), 13,
		"V02 three generations, each with its copy");
	is_int(p[0], 10, "V02 and the first is what it was");

	/* Read-only before the fork, writable after it: still copied. */
	must(mprotect(p, PAGE, PROT_READ));
	is_int(in_child(must(mprotect(p, PAGE, PROT_READ | PROT_WRITE)); poke(p, 20)), 0,
		"V02 V04 protected, forked, unprotected, written");
	is_int(peek(p), 10, "V02 the parent does not see it");
	return done();
}
