/* kernel/lib/printf.c and text.c against the host's snprintf. */
#include <limits.h>
#include <stdarg.h>
#include "test.h"

static int (*const host_vsnprintf)(char *, size_t, const char *, va_list) = vsnprintf;

#include "names.h"
#include <lib/string.h>
#include <lib/printf.h>
#include <lib/text.h>

/* Both say the same, in blocks of every size up to where it fits. */
static void
same(const char *format, ...)
{
	va_list arguments;
	char want[256];

	va_start(arguments, format);
	int length = host_vsnprintf(want, sizeof(want), format, arguments);
	va_end(arguments);
	for (int size = 0; size <= length + 2; size++) {
		char *got = malloc(size + 1);
		va_start(arguments, format);
		check_equal(vsnprintf(got, size, format, arguments), length);
		va_end(arguments);
		if (size > 0)
			check(strncmp(got, want, size - 1) == 0 &&
				got[length < size ? length : size - 1] == '\0');
		free(got);
	}
}

static void
each_conversion(void)
{
	same("plain");
	same("%d %i %u", -5, 7, 3000000000u);
	same("[%5d][%-5d][%05d][%05d]", 42, 42, 42, -42);
	same("%x %X %o %c %s %%", 0xbeef, 0xBEEF, 8, 'q', "str");
	same("%08lx-%08lx", 0x1000ul, 0xbffff000ul);
	same("%llu %lld %llx %llo", ULLONG_MAX, LLONG_MIN, ULLONG_MAX, ULLONG_MAX);
	same("%zu %ld %lu", (size_t)-1, LONG_MIN, ULONG_MAX);
	same("%*s|%-*s|%.*s|%*d", 8, "ab", 8, "cd", 2, "efgh", -6, 5);
	same("%.3s|%10.2s|%.0s|", "abcdef", "xyz", "gone");
	same("%3c|%-3c|", 'a', 'b');
	same("%d %d", INT_MIN, INT_MAX);
	same("%p", (void *)0x1234);
}

static void
random_conversions(void)
{
	for (int i = 0; i < 3000; i++) {
		const char *flag = (const char *[]){"", "-", "0", "-0"}[pick(4)];
		char letter = "diuxXo"[pick(6)], format[32], width[8] = "";
		if (pick(2))
			sprintf(width, "%u", pick(30) + 1);
		long long value = (unsigned long long)pick(INT_MAX) << pick(33);
		sprintf(format, "<%%%s%sll%c>", flag, width, letter);
		same(format, pick(2) ? value : -value);
		sprintf(format, "<%%%s%s%c>", flag, width, letter);
		same(format, (int)value);
	}
}

/* A precision must also do for bytes that no NUL follows. */
static void
unterminated(void)
{
	char *three = malloc(3), got[8];
	const char *volatile none = NULL;

	memcpy(three, "abc", 3);
	check_equal(snprintf(got, sizeof(got), "%.3s", three), 3);
	check_text(got, "abc");
	free(three);
	check_equal(snprintf(got, sizeof(got), "%s", none), 6);
	const char *lone = "100%";
	check_equal(snprintf(got, sizeof(got), lone, 0), 3);
}

static void
text_counts_all(void)
{
	struct text text = {.buffer = malloc(10), .size = 10};

	text_printf(&text, "%s", "0123456");
	text_printf(&text, "%s", "789ab");
	check_equal(text.length, 12);
	check(memcmp(text.buffer, "0123456789", 10) == 0);
	free(text.buffer);
}

const struct test tests[] = {
	{"each conversion, in a buffer of every size, is the C library's", each_conversion, NULL},
	{"random flags, widths and numbers are the C library's", random_conversions, NULL},
	{"a string without end, none, a lone %", unterminated, NULL},
	{"text made piece by piece counts what does not fit", text_counts_all, NULL},
	{0},
};
