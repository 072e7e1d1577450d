/*
 * Random bytes and zeros, many at once: they come in bites, so that neither a signal nor another
 * process has to wait for the last of them.
 */
#include "_tap.h"
#include <stdbool.h>
#include <sys/random.h>
#include <sys/time.h>

#define MANY (32ul << 20)
#define MS 1000000 /* nanoseconds */

static volatile sig_atomic_t rung;

static void
ring(int signal)
{
	(void)signal;
	rung++;
}

static double
seconds(void)
{
	struct timespec now;

	must(clock_gettime(CLOCK_MONOTONIC, &now));
	return now.tv_sec + now.tv_nsec / 1e9;
}

static bool
is_cut(long got)
{
	return got > 0 && (unsigned long)got < MANY && got % PAGE == 0;
}

/* A signal every few milliseconds, until one of them comes in the middle of a read. */
static long
cut_read(int fd, char *bytes)
{
	struct itimerval timer = {{0, 3000}, {0, 3000}};
	double end = seconds() + 10;
	long got;

	must(setitimer(ITIMER_REAL, &timer, 0));
	do
		got = read(fd, bytes, MANY);
	while (got == MANY && seconds() < end);
	must(setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 0}}, 0));
	return got;
}

/* The longest that this process had to wait while a child has all it wants of random bytes. */
static double
longest_wait(char *bytes)
{
	double longest = 0;
	pid_t child = must(fork());

	if (child == 0) {
		for (;;)
			getrandom(bytes, MANY, 0);
	}
	for (int i = 0; i < 20; i++) {
		double before = seconds(), took;
		nanosleep(&(struct timespec){0, MS}, 0);
		took = seconds() - before;
		longest = took > longest ? took : longest;
	}
	must(kill(child, SIGKILL));
	must(waitpid(child, 0, 0));
	return longest;
}

int
main(void)
{
	char *bytes = mmap(0, MANY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct sigaction action = {.sa_handler = ring, .sa_flags = SA_RESTART};
	struct itimerval timer = {{0, 0}, {0, 20000}};
	double took;
	long got;

	is_int(getrandom(bytes, 100, 0), 100, "V05 a few come at once");
	is_int(getrandom(bytes, 0, 0), 0, "V05 none");
	fails(getrandom(bytes, 1, 8), EINVAL, "V05 an unknown flag");
	fails(getrandom(bytes, 1, GRND_RANDOM | GRND_INSECURE), EINVAL,
		"V05 two flags that exclude each other");
	fails(getrandom((void *)8, 1, 0), EFAULT, "V08 a bad pointer");

	must(sigaction(SIGALRM, &action, 0));
	must(setitimer(ITIMER_REAL, &timer, 0));
	got = getrandom(bytes, MANY, 0);
	is_int(rung, 1, "V05 a signal comes while there are more to come");
	ok(is_cut(got), "V05 whole pages have come, not all");
	got = cut_read(must(open("/dev/zero", O_RDONLY)), bytes);
	ok(is_cut(got), "V05 so it is with zeros");

	took = longest_wait(bytes);
	note("another process waited %d ms", (int)(took * 1000));
	ok(took < 0.5, "V06 a process that wants many starves nobody");
	munmap(bytes, MANY);
	return done();
}
