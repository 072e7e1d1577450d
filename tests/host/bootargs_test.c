/* kernel/lib/bootargs.c. */
#include <lib/bootargs.h>
#include "test.h"

static void
each_kind(void)
{
	char value[8];

	bootargs_init(
		"  quiet=1 console=raw trace=fault,mem nonce=0123456789 check\tn=0x10 =x kk= last");
	check(bootarg_string("console", value, sizeof(value)));
	check_text(value, "raw");
	check(bootarg_string("nonce", value, sizeof(value)));
	check_text(value, "0123456"); /* cut off */
	check(bootarg_string("kk", value, sizeof(value)));
	check_text(value, "");
	check(!bootarg_string("quie", value, sizeof(value)));
	check(!bootarg_string("quietly", value, sizeof(value)));
	check(!bootarg_string("", value, sizeof(value)));
	check_equal(bootarg_number("quiet", 0), 1);
	check_equal(bootarg_number("check", 0), 1);
	check_equal(bootarg_number("n", 0), 16);
	check_equal(bootarg_number("last", 0), 1);
	check_equal(bootarg_number("absent", 9), 9);
}

static void
lists(void)
{
	bootargs_init("trace=fault,mem,,x other");
	check(bootarg_has("trace", "fault") && bootarg_has("trace", "mem") &&
		bootarg_has("trace", "x"));
	check(!bootarg_has("trace", "fau") && !bootarg_has("trace", "faults") &&
		!bootarg_has("none", "x"));
	check(!bootarg_has("trace", "other"));
}

/* Any bytes: nothing outside of them is read. */
static void
random_lines(void)
{
	for (int i = 0; i < 5000; i++) {
		unsigned length = pick(24);
		char *line = malloc(length + 1), value[4];
		for (unsigned n = 0; n < length; n++)
			line[n] = "ab= ,\t01x"[pick(9)];
		line[length] = '\0';
		bootargs_init(line);
		bootarg_has("a", "b");
		bootarg_number("b", 0);
		if (bootarg_string("a", value, sizeof(value)))
			check(strlen(value) < sizeof(value) && strchr(line, 'a'));
		free(line);
	}
}

static void
empty_line(void)
{
	check_equal(bootarg_number("a", 3), 3); /* before any is known */
	bootargs_init("");
	check_equal(bootarg_number("a", 3), 3);
}

const struct test tests[] = {
	{"keys, values, numbers, and what only looks like a key", each_kind, NULL},
	{"words of a list", lists, NULL},
	{"any line is read within its bounds", random_lines, NULL},
	{"no line", empty_line, NULL},
	{0},
};
