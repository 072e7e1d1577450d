/* setjmp, atexit, abort, assert, the environment and getopt. */
#include "_tap.h"
#include <getopt.h>
#include <assert.h>
#include <setjmp.h>

static jmp_buf place;

static void
dive(volatile int depth)
{
	if (depth > 0)
		dive(depth - 1);
	if (depth == 0)
		longjmp(place, 5);
}

static void
jumps(void)
{
	volatile int count = 0;
	int value = setjmp(place);
	if (value == 0) {
		count++;
		dive(20);
	}
	ok(value == 5 && count == 1, "longjmp comes out of many calls, once");
	value = setjmp(place);
	if (value == 0)
		longjmp(place, 0);
	is_int(value, 1, "longjmp with 0 arrives as 1");
}

static char *order; /* shared with the children that exit */

static void
first(void)
{
	strcat(order, "1");
}

static void
second(void)
{
	strcat(order, "2");
}

static void
ends(void)
{
	order = shared_pages(1);
	is_int(in_child(atexit(first), atexit(second), exit(3)), 3, "exit: the status");
	ok(strcmp(order, "21") == 0, "atexit: the last comes first");
	is_int(in_child(atexit(first), _exit(4)), 4, "_exit: the status");
	ok(strcmp(order, "21") == 0, "_exit: no function of atexit");
	is_int(in_child(exit(0x1234)), 0x34, "exit: eight bits of the status");
	is_int(in_child(abort()), -SIGABRT, "abort: death by its signal");
	is_int(in_child(signal(SIGABRT, SIG_IGN), abort()), -SIGABRT, "abort: ignored or not");
	is_int(in_child(close(2), assert(order == 0)), -SIGABRT, "assert: a condition that fails");
	is_int(in_child(assert(order != 0)), 0, "assert: a condition that holds");
}

static void
environment(void)
{
	ok(!getenv("NOBODY_SETS_THIS"), "getenv: absent");
	ok(setenv("COLOUR", "red", 0) == 0 && !strcmp(getenv("COLOUR"), "red"), "setenv");
	ok(setenv("COLOUR", "blue", 0) == 0 && !strcmp(getenv("COLOUR"), "red"),
		"setenv: do not overwrite");
	ok(setenv("COLOUR", "green", 1) == 0 && !strcmp(getenv("COLOUR"), "green"),
		"setenv: overwrite");
	ok(!getenv("COLOU") && !getenv("COLOURS"), "getenv: whole names only");
	ok(unsetenv("COLOUR") == 0 && !getenv("COLOUR"), "unsetenv");
	fails(setenv("A=B", "x", 1), EINVAL, "setenv: a name with an equals sign");
	char name[16];
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "NAME%d", i);
		setenv(name, name + 4, 1);
	}
	ok(!strcmp(getenv("NAME0"), "0") && !strcmp(getenv("NAME99"), "99"),
		"setenv: a hundred names");
}

/* The options as a text: each letter, its argument in brackets, then what is left. */
static char *
options(int count, char **arguments, const char *known)
{
	static char text[128];
	int letter;
	optind = 0;
	opterr = 0;
	*text = 0;
	while ((letter = getopt(count, arguments, known)) != -1)
		sprintf(text + strlen(text), optarg ? "%c[%s]" : "%c", letter, optarg);
	for (; optind < count; optind++)
		sprintf(text + strlen(text), " %s", arguments[optind]);
	return text;
}

#define OPTIONS(known, ...) \
	options(sizeof((char *[]){"prog", __VA_ARGS__}) / sizeof(char *), \
		(char *[]){"prog", __VA_ARGS__, 0}, known)

static void
getopts(void)
{
	ok(!strcmp(OPTIONS("ab:c", "-a", "-b", "x", "file"), "ab[x] file"),
		"getopt: words of one letter");
	ok(!strcmp(OPTIONS("ab:c", "-acbx", "file"), "acb[x] file"), "getopt: letters together");
	ok(!strcmp(OPTIONS("ab:c", "-a", "--", "-c"), "a -c"), "getopt: -- ends them");
	ok(!strcmp(OPTIONS("ab:c", "-a", "-", "x"), "a - x"), "getopt: - is no option");
	ok(!strcmp(OPTIONS("ab:c", "-x", "-a"), "?a"), "getopt: an unknown letter");
	ok(!strcmp(OPTIONS("ab:c", "-b"), "?"), "getopt: an argument that is missing");
	ok(!strcmp(OPTIONS(":ab:c", "-b"), ":"), "getopt: told apart if asked to");
	ok(!strcmp(OPTIONS("ab::", "-b", "-bx", "-a"), "bb[x]a"),
		"getopt: one that may be left out");
}

#define LONG_OPTIONS(...) \
	long_options(sizeof((char *[]){"prog", __VA_ARGS__}) / sizeof(char *), \
		(char *[]){"prog", __VA_ARGS__, 0})

static char *
long_options(int count, char **arguments)
{
	static int flag;
	static const struct option known[] = {{"all", no_argument, 0, 'a'},
		{"book", required_argument, 0, 'b'}, {"boot", optional_argument, 0, 'o'},
		{"flag", no_argument, &flag, 'F'}, {0, 0, 0, 0}};
	static char text[128];
	int letter, index = -1;
	optind = opterr = flag = 0;
	*text = 0;
	while ((letter = getopt_long(count, arguments, "ab:", known, &index)) != -1)
		sprintf(text + strlen(text), optarg ? "%c[%s]" : "%c",
			letter == 0 && index == 3 ? flag : letter, optarg);
	for (; optind < count; optind++)
		sprintf(text + strlen(text), " %s", arguments[optind]);
	return text;
}

static void
long_getopts(void)
{
	ok(!strcmp(LONG_OPTIONS("--all", "--book=x", "--book", "y", "z"), "ab[x]b[y] z"),
		"getopt_long: names and arguments");
	ok(!strcmp(LONG_OPTIONS("--a", "--boo", "--boot", "--boot=", "--flag"), "a?oo[]F"),
		"getopt_long: short names, one that is no option's alone, "
		"one that may be left out");
	ok(!strcmp(LONG_OPTIONS("-ab", "x", "--all", "--", "--all"), "ab[x]a --all"),
		"getopt_long: letters too, and -- ends them");
	ok(!strcmp(LONG_OPTIONS("--none", "--all=x", "--book"), "???"),
		"getopt_long: what is wrong");
}

int
main(void)
{
	jumps();
	ends();
	environment();
	getopts();
	long_getopts();
	return done();
}
