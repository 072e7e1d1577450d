/* scanf: conversions, widths, sets, what is left unread, and the counts that are returned. */
#include "_tap.h"
#include <float.h>

static int a, b;
static char word[32], more[32];

static void
whole_numbers(void)
{
	is_int(sscanf("42 -7", "%d %d", &a, &b), 2, "two numbers");
	ok(a == 42 && b == -7, "their values");
	is_int(sscanf("0x1f 017 9", "%i %i", &a, &b), 2, "%%i knows prefixes");
	ok(a == 31 && b == 15, "16 and 8 are their bases");
	is_int(sscanf("ff 0xfe", "%x %x", &a, &b), 2, "%%x needs no prefix");
	ok(a == 255 && b == 254, "and takes one");
	is_int(sscanf("12345", "%2d%3d", &a, &b), 2, "a width ends a number");
	ok(a == 12 && b == 345, "the next goes on behind it");
	is_int(sscanf("1 2", "%*d %d", &a), 1, "a star is not counted");
	is_int(a, 2, "nor stored");

	long long large;
	char tiny[2] = {0, 77};
	is_int(sscanf("-9223372036854775808", "%lld", &large), 1, "64 bits");
	ok(large == -9223372036854775807ll - 1, "all of them");
	is_int(sscanf("300", "%hhd", tiny), 1, "8 bits");
	ok(tiny[0] == 44 && tiny[1] == 77, "and no more are written");
}

static void
text(void)
{
	is_int(sscanf("  hello world", "%s%s", word, more), 2, "two words");
	ok(strcmp(word, "hello") == 0 && strcmp(more, "world") == 0, "without blanks");
	is_int(sscanf("hello", "%3s%s", word, more), 2, "a width cuts a word");
	ok(strcmp(word, "hel") == 0 && strcmp(more, "lo") == 0, "in two");
	is_int(sscanf("key=some value\n", "%[^=]=%[^\n]", word, more), 2, "sets");
	ok(strcmp(word, "key") == 0 && strcmp(more, "some value") == 0,
		"up to what is not in them");
	is_int(sscanf("]a-z", "%[]a-]", word), 1, "a set of special characters");
	ok(strcmp(word, "]a-") == 0, "taken as they are");
	is_int(sscanf(" xy", "%c%2c", word, more), 2, "characters, blanks too");
	ok(word[0] == ' ' && memcmp(more, "xy", 2) == 0, "as they stand");
	is_int(sscanf("7 apples", "%d apples%n", &a, &b), 1, "%%n is not counted");
	is_int(b, 8, "it is how much was read");
}

static void
floating_numbers(void)
{
	float f;
	double d, e;
	is_int(sscanf("1.5 -2e3 .25x", "%f %lf %lf", &f, &d, &e), 3, "three floating numbers");
	ok(f == 1.5f && d == -2000 && e == 0.25, "their values");
}

static void
failures(void)
{
	is_int(sscanf("", "%d", &a), EOF, "no input: EOF");
	is_int(sscanf("   ", "%s", word), EOF, "only blanks: EOF");
	is_int(sscanf("x", "%d", &a), 0, "no number: 0");
	is_int(sscanf("1,x", "%d,%d", &a, &b), 1, "the second is none: 1");
	is_int(sscanf("1;2", "%d,%d", &a, &b), 1, "another character between them: 1");
	is_int(sscanf("-", "%d", &a), 0, "a sign alone is no number");
}

int
main(void)
{
	whole_numbers();
	text();
	floating_numbers();
	failures();
	return done();
}
