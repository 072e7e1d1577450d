/*
 * What every host test shares. A test file has a table `tests` of checks, each a function that runs
 * in a process of its own, so that none sees what another did; the program prints TAP. A
 * description begins with the rows of docs/features.md that it proves.
 *
 *     X_test           every test        X_test check     the same with check=1
 *     SEED=n X_test    other random operations
 */
#ifndef TEST_H
#define TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test {
	const char *what;
	void (*run)(void);
	const char *panics; /* it must end in a panic whose message has this in it; NULL: in none */
};
extern const struct test tests[]; /* up to one without `what` */

/* The condition holds, or this test has failed. */
#define check(condition) \
	do { \
		if (!(condition)) \
			test_failed(__FILE__, __LINE__, "not true: %s", #condition); \
	} while (0)

/* Two whole numbers are equal. */
#define check_equal(got, want) \
	do { \
		long long got_ = (long long)(got), want_ = (long long)(want); \
		if (got_ != want_) \
			test_failed(__FILE__, __LINE__, "%s is %lld, not %s: %lld", #got, got_, \
				#want, want_); \
	} while (0)

#define check_text(got, want) \
	do { \
		const char *got_ = (got), *want_ = (want); \
		if (strcmp(got_, want_)) \
			test_failed(__FILE__, __LINE__, "'%s' is not '%s'", got_, want_); \
	} while (0)

_Noreturn void test_failed(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The mock's panic: this test ends, well if it is the one expected. */
_Noreturn void test_panicked(const char *message);

/* A random number below `below`: the same ones in each run with the same seed. */
unsigned pick(unsigned below);

#endif
