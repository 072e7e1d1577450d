/* kernel/lib/string.c against the host's C library. */
#include "test.h"

static size_t (*const host_strlen)(const char *) = strlen;
static int (*const host_strcmp)(const char *, const char *) = strcmp;
static int (*const host_strncmp)(const char *, const char *, size_t) = strncmp;
static char *(*const host_strchr)(const char *, int) = strchr;
static char *(*const host_strrchr)(const char *, int) = strrchr;

#include "names.h"
#include <lib/string.h>

static int
sign(int value)
{
	return (value > 0) - (value < 0);
}

/*
 * A string of its own block, so that reading past its end is seen; few letters, so that strings are
 * often alike.
 */
static char *
random_string(void)
{
	unsigned length = pick(12);
	char *s = malloc(length + 1);

	for (unsigned i = 0; i < length; i++)
		s[i] = "ab\xff"[pick(3)];
	s[length] = '\0';
	return s;
}

static void
as_the_host(void)
{
	for (int i = 0; i < 20000; i++) {
		char *a = random_string(), *b = random_string();
		int letter = "ab\xff\0z"[pick(5)];
		size_t size = pick(14);

		check_equal(strlen(a), host_strlen(a));
		check_equal(sign(strcmp(a, b)), sign(host_strcmp(a, b)));
		check_equal(sign(strncmp(a, b, size)), sign(host_strncmp(a, b, size)));
		check(strchr(a, letter) == host_strchr(a, letter));
		check(strrchr(a, letter) == host_strrchr(a, letter));
		free(a);
		free(b);
	}
}

static void
copy_that_fits(void)
{
	for (size_t size = 0; size < 8; size++) {
		char *to = malloc(size + 1);
		memset(to, '#', size + 1);
		check_equal(strlcpy(to, "four", size), 4);
		check(to[size] == '#');
		if (size > 0)
			check_equal(host_strlen(to), size < 5 ? size - 1 : 4);
		free(to);
	}
}

static void
numbers(void)
{
	const char *end;

	check_equal(parse_number("0", NULL), 0);
	check_equal(parse_number("1234x", &end), 1234);
	check_text(end, "x");
	check_equal(parse_number("0x1aBg", &end), 0x1ab);
	check_text(end, "g");
	check_equal(parse_number("0xg", &end), 0);
	check_text(end, "xg");
	check_equal(parse_number("", &end), 0);
	check(parse_number("0xffffffff", NULL) == 0xfffffffful);
}

const struct test tests[] = {
	{"lengths, comparisons and searches are the C library's", as_the_host, NULL},
	{"strlcpy writes what fits and a NUL, and tells the whole length", copy_that_fits, NULL},
	{"decimal and hexadecimal numbers, and where they stop", numbers, NULL},
	{0},
};
