/*
 * Runs the tests of one program, each in a child process, and prints TAP. Knows nothing of the
 * kernel but its boot argument.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include "test.h"

#define SEED 20260101
#define SECONDS 60 /* of one test; they take one at most */

extern bool check_enabled __attribute__((weak)); /* only where the program has lib/check.c in it */

static const struct test *running;
static uint64_t random_state;

unsigned
pick(unsigned below)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u; /* Knuth, MMIX */
	return (random_state >> 33) % below;
}

/* One line of explanation, and the end of this test's process. */
void
test_failed(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	printf("# %s:%d: ", file, line);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	fflush(stdout);
	_exit(1);
}

void
test_panicked(const char *message)
{
	bool expected = running->panics && strstr(message, running->panics);

	printf("# %s: %s\n", expected ? "panic, as it should" : "panic", message);
	fflush(stdout);
	_exit(!expected);
}

static void
run(const struct test *test, uint64_t seed)
{
	running = test;
	random_state = seed;
	alarm(SECONDS); /* a test that hangs is killed */
	test->run();
	if (test->panics)
		test_failed(
			__FILE__, __LINE__, "no panic, but one with '%s' should be", test->panics);
	fflush(stdout);
	_exit(0);
}

int
main(int argc, char **argv)
{
	const char *word = getenv("SEED");
	uint64_t seed = word ? strtoull(word, NULL, 0) : SEED;
	int number = 0, failures = 0;

	if (argc > 1 && strcmp(argv[1], "check") == 0 && &check_enabled)
		check_enabled = true;
	printf("# seed %llu\n", (unsigned long long)seed);
	for (const struct test *test = tests; test->what; test++) {
		int status;
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0)
			run(test, seed);
		bool passed = pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
			      WEXITSTATUS(status) == 0;
		printf("%sok %d - %s\n", passed ? "" : "not ", ++number, test->what);
		failures += !passed;
	}
	printf("1..%d\n", number);
	return failures != 0;
}
