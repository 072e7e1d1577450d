/* printf: flags, widths, precisions, sizes and floating numbers, each against the known text. */
#include "_tap.h"
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC diagnostic ignored "-Wformat" /* flags that do nothing are tested too */

__attribute__((format(printf, 2, 3))) static void
prints(const char *want, const char *format, ...)
{
	char got[512];
	va_list args;
	va_start(args, format);
	int length = vsnprintf(got, sizeof(got), format, args);
	va_end(args);
	if (!ok(strcmp(got, want) == 0, "printf(\"%s\") makes \"%s\"", format, want))
		note("it made \"%s\"", got);
	is_int(length, strlen(want), "printf(\"%s\") counts what it makes", format);
}

static void
whole_numbers(void)
{
	prints("0 -1 42 42", "%d %d %i %u", 0, -1, 42, 42);
	prints("ff FF 377 4294967295", "%x %X %o %u", 255, 255, 255, -1);
	prints("0xff 0XFF 0377 0 0", "%#x %#X %#o %#x %#o", 255, 255, 255, 0, 0);
	prints("+5 -5  5 +0", "%+d %+d % d %+d", 5, -5, 5, 0);
	prints("[   42][42   ][00042][-0042]", "[%5d][%-5d][%05d][%05d]", 42, 42, 42, -42);
	prints("[  042][042  ][]", "[%5.3d][%-5.3d][%.0d]", 42, 42, 0);
	prints("[  042]", "[%05.3d]", 42);
	prints("[   42][42   ]", "[%*d][%*d]", 5, 42, -5, 42);
	prints("0x002a 0x2a", "%#06x %#4x", 42, 42);
	prints("-2147483648 2147483647", "%d %d", INT_MIN, INT_MAX);
	prints("-9223372036854775808 18446744073709551615", "%lld %llu", LLONG_MIN, ULLONG_MAX);
	prints("123456789012345678 deadbeefcafef00d", "%lld %llx", 123456789012345678ll,
		0xdeadbeefcafef00dull);
	prints("-1 255 -1 65535", "%hhd %hhu %hd %hu", 255, 255, 65535, 65535);
	prints("7 8 9 10 11", "%ld %lu %zu %td %jd", 7l, 8ul, (size_t)9, (ptrdiff_t)10,
		(intmax_t)11);
}

static void
text(void)
{
	prints("hello [     hello] [hello     ]", "%s [%10s] [%-10s]", "hello", "hello", "hello");
	prints("hel [  hel] []", "%.3s [%5.3s] [%.0s]", "hello", "hello", "hello");
	prints("he", "%.*s", 2, "hello");
	prints("hello", "%.*s", -1, "hello");
	prints("x [  x] [x  ]", "%c [%3c] [%-3c]", 'x', 'x', 'x');
	char *volatile none = 0;
	prints("100% (null)", "%d%% %s", 100, none);
	prints("0x1234 (nil)", "%p %p", (void *)0x1234, (void *)0);
	errno = ENOENT;
	prints("No such file or directory", "%m");
}

static void
floating_numbers(void)
{
	prints("3.141593 -0.500000 0.000000 -0.000000", "%f %f %f %f", 3.14159265358979, -0.5, 0.0,
		-0.0);
	prints("3.14 3 3. 0.1000000000000000055511151231", "%.2f %.0f %#.0f %.28f", 3.14159,
		3.14159, 3.14159, 0.1);
	prints("0 2 2 4 2.67 2.5", "%.0f %.0f %.0f %.0f %.2f %.1f", 0.5, 1.5, 2.5, 3.5, 2.675,
		2.45);
	prints("1.000 10.00", "%.3f %.2f", 0.9999999, 9.9999);
	prints("[   +1.50][1.50    ][00001.50][-0001.50]", "[%+8.2f][%-8.2f][%08.2f][%08.2f]", 1.5,
		1.5, 1.5, -1.5);
	prints("1.234560e+02 1.23E-10 0e+00 1e+100", "%e %.2E %.0e %g", 123.456, 1.23e-10, 0.0,
		1e100);
	prints("100000 1e+06 0.0001 1e-05 0.1 1.50000", "%g %g %g %g %g %#g", 1e5, 1e6, 1e-4, 1e-5,
		0.1, 1.5);
	prints("0.3333333333333333 1.797693e+308 4.940656e-324", "%.16g %e %e", 1.0 / 3, DBL_MAX,
		5e-324);
	prints("inf -inf nan INF [  inf]", "%f %f %f %F [%05f]", INFINITY, -INFINITY, NAN, INFINITY,
		INFINITY);
	prints("1.250000", "%Lf", 1.25l);
}

static void
limits(void)
{
	char small[5] = "....";
	is_int(snprintf(small, 4, "%s", "123456789"), 9, "snprintf tells the length it wanted");
	ok(strcmp(small, "123") == 0, "snprintf ends what it cuts with a zero");
	is_int(snprintf(small, 0, "x"), 1, "snprintf into no room writes nothing");
	ok(strcmp(small, "123") == 0, "snprintf into no room left all as it was");
	is_int(snprintf(0, 0, "%d", 12345), 5, "snprintf to nowhere measures");
	char *made;
	is_int(asprintf(&made, "%s-%d", "long", 7), 6, "asprintf finds the room itself");
	ok(strcmp(made, "long-7") == 0, "asprintf made the text");
	free(made);
}

int
main(void)
{
	whole_numbers();
	text();
	floating_numbers();
	limits();
	return done();
}
