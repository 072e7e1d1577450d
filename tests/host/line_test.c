/* kernel/file/line.c: what becomes of the bytes that are typed. */
#include <abi/signal.h>
#include <file/line.h>
#include "test.h"

static struct line line;
static char echoed[2 * LINE_ROOM + 1];
static unsigned echoes;
static bool ended;

static void
echo(char c)
{
	if (echoes < sizeof(echoed) - 1)
		echoed[echoes++] = c;
	echoed[echoes] = '\0';
}

static void
begin(void)
{
	line_init(&line, echo);
	echoes = 0;
	echoed[0] = '\0';
}

/* The result of the last byte. */
static int
type(const char *bytes)
{
	int result = 0;

	while (*bytes)
		result = line_input(&line, *bytes++);
	return result;
}

static const char *
take(size_t size)
{
	static char bytes[LINE_ROOM + 1];

	bytes[line_take(&line, bytes, size, &ended)] = '\0';
	return bytes;
}

static void
editing(void)
{
	static const struct {
		const char *typed, *read, *shown;
	} cases[] = {
		{"abc\x7f"
		 "d\r",
			"abd\n", "abc\b \bd\n"},
		{"ab\bc\n", "ac\n", "ab\b \bc\n"},
		{"one two  \x17x\n", "one x\n", NULL},
		{"gone\x15kept\n", "kept\n", NULL},
		{"a\x01\x7f\x7f\x7f\x7f\n", "\n", "a^A\b \b\b \b\b \b\n"},
		{"\xc3\xb6\x7fz\n", "z\n", "\xc3\xb6\b \bz\n"},
		{"a\tb\n", "a\tb\n", "a b\n"},
	};

	for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
		begin();
		type(cases[i].typed);
		check_text(take(100), cases[i].read);
		check(ended && !line_readable(&line));
		if (cases[i].shown)
			check_text(echoed, cases[i].shown);
	}
}

static void
lines_and_pieces(void)
{
	begin();
	type("abc");
	check(!line_readable(&line));
	type("\ncd\n");
	check(line_readable(&line));
	check_equal(line_count(&line), 7);
	check_text(take(1), "a");
	check(!ended);
	check_text(take(100), "bc\n");
	check_text(take(100), "cd\n");
	check(ended && !line_readable(&line));
}

static void
end_of_file(void)
{
	begin();
	type("abc\x04");
	check_text(take(3), "abc"); /* the end is taken with the bytes it ends */
	check(ended && !line_readable(&line));
	type("\x04");
	check(line_readable(&line));
	check_text(take(100), "");
	check(ended && !line_readable(&line));
}

static void
signals(void)
{
	begin();
	check_equal(type("ab\x03"), SIGINT);
	check(!line_readable(&line));
	check_text(echoed, "ab^C");
	type("z\n");
	check_text(take(9), "z\n");
	check_equal(type("\x1c"), SIGQUIT);
	check_equal(type("\x1a"), SIGTSTP);
}

static void
full(void)
{
	begin();
	for (int i = 0; i < LINE_ROOM + 10; i++)
		check_equal(line_input(&line, 'x'), 0); /* a line that is too long is cut off … */
	check_equal(type("\n"), 0);                     /* … but ends */
	check_equal(strlen(take(LINE_ROOM)), LINE_ROOM);
	check(ended);

	begin();
	for (int i = 0; i < LINE_ROOM / 2; i++)
		type("y\n");
	check_equal(type("z"), LINE_FULL);
	check_equal(type("\n"), LINE_FULL);
	check_equal(type("\x04"), LINE_FULL);
	check_text(take(5), "y\n");
	check_equal(type("z\n"), 0);
	check_equal(type("\x03"), SIGINT); /* has always room */

	begin();
	for (int i = 0; i < LINE_ROOM / 2 - 1; i++)
		type("y\n");
	check_equal(type("z"), 0);
	check_equal(type("w"), LINE_FULL); /* nothing is cut off while reading makes room */
	check_equal(type("\n"), 0);
}

static void
raw(void)
{
	begin();
	struct termios settings = line.settings;
	settings.c_lflag = settings.c_iflag = 0;
	type("par");
	line_set(&line, &settings);
	check_text(take(9), "par");
	type("\r\x03\x04\x7f");
	check_text(take(9), "\r\x03\x04\x7f");
	for (int i = 0; i < LINE_ROOM; i++)
		check_equal(type("q"), 0);
	check_equal(type("q"), LINE_FULL);
	check_text(take(3), "qqq");
	check(!ended);
}

static void
any_bytes(void)
{
	char bytes[200];

	begin();
	for (int i = 0; i < 500000; i++) {
		unsigned what = pick(100);
		struct termios settings = line.settings;
		if (what < 90) {
			line_input(&line, pick(4) ? 'a' + pick(26) : pick(256));
		} else if (what < 99) {
			unsigned count = line_count(&line);
			size_t size = pick(sizeof(bytes)),
			       got = line_take(&line, bytes, size, &ended);
			check(got <= size && got <= count);
			check_equal(line_count(&line), count - got);
		} else {
			settings.c_lflag ^= ICANON;
			line_set(&line, &settings);
		}
		check(line.committed - line.head <= line.tail - line.head &&
			line.tail - line.head <= LINE_ROOM);
		check(!(line.settings.c_lflag & ICANON) ||
			line_count(&line) <= line.committed - line.head);
	}
}

const struct test tests[] = {
	{"editing: erase, word, line, control characters, UTF-8", editing, NULL},
	{"a read ends with its line, and may be shorter", lines_and_pieces, NULL},
	{"^D ends a read, alone it is end of file", end_of_file, NULL},
	{"^C ^\\ ^Z are signals and empty the line", signals, NULL},
	{"too long a line, too many lines", full, NULL},
	{"without ICANON every byte counts at once", raw, NULL},
	{"any bytes: the ring's three counts stay in order", any_bytes, NULL},
	{0},
};
