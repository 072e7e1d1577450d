/* strtol and its family, strtod, 64-bit division, and the small part of math.h. */
#include "_tap.h"
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>

static void
text_to_numbers(void)
{
	char *end;
	is_int(strtol(" \t-42x", &end, 10), -42, "strtol: blanks, sign, digits");
	is_int(*end, 'x', "strtol: where it stopped");
	is_int(strtol("0x1F", 0, 0), 31, "strtol: base 16 by its prefix");
	is_int(strtol("017", 0, 0), 15, "strtol: base 8 by its prefix");
	is_int(strtol("zz", 0, 36), 1295, "strtol: base 36");
	is_int(strtol("0xg", &end, 16), 0, "strtol: a prefix without digits is a zero");
	is_int(*end, 'x', "strtol: and stops behind it");
	const char *none = "  +";
	is_int(strtol(none, &end, 10), 0, "strtol: no digits");
	ok(end == none, "strtol: nothing was used");
	fails(strtol("9999999999999999999", 0, 10) == LONG_MAX ? -1 : 0, ERANGE,
		"strtol: too large");
	fails(strtol("-9999999999999999999", 0, 10) == LONG_MIN ? -1 : 0, ERANGE,
		"strtol: too small");
	errno = 0;
	is_int(strtol("-2147483648", 0, 10), -2147483647 - 1, "strtol: the smallest");
	is_int(errno, 0, "strtol: is in range");
	fails(strtol("1", 0, 1) == 0 ? -1 : 0, EINVAL, "strtol: there is no base 1");
	ok(strtoul("4294967295", 0, 10) == 4294967295ul, "strtoul: 32 bits");
	ok(strtoul("-1", 0, 10) == ULONG_MAX, "strtoul: a minus sign wraps around");
	ok(strtoll("-9223372036854775808", 0, 10) == LLONG_MIN, "strtoll: the smallest");
	ok(strtoull("18446744073709551615", 0, 10) == ULLONG_MAX, "strtoull: the largest");
	is_int(atoi("12abc"), 12, "atoi");

	ok(strtod("  -1.5e3rest", &end) == -1500 && strcmp(end, "rest") == 0,
		"strtod: a number and the rest");
	ok(strtod("0.1", 0) == 0.1 && strtod("1e22", 0) == 1e22, "strtod: the nearest number");
	ok(strtod("1e", &end) == 1 && *end == 'e', "strtod: an exponent needs digits");
	ok(isinf(strtod("-inf", 0)) && isnan(strtod("nan", 0)), "strtod: words");
	fails(isinf(strtod("1e999", 0)) ? -1 : 0, ERANGE, "strtod: too large");
}

/* Quotients and remainders in the range of 64 bits must fit together. */
static void
division(void)
{
	uint64_t state = 1, wrong = 0;
	for (int i = 0; i < 20000; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		uint64_t n = state, d = (state * 2862933555777941757u >> state % 63) | 1;
		volatile uint64_t q = n / d, r = n % d;
		wrong += r >= d || q * d + r != n;
		volatile int64_t sq = (int64_t)n / (int64_t)d, sr = (int64_t)n % (int64_t)d;
		wrong += sq * (int64_t)d + sr != (int64_t)n || (sr && (sr < 0) != ((int64_t)n < 0));
	}
	is_int(wrong, 0, "64-bit division fits multiplication");
	volatile long long seven = 7, two = 2, least = LLONG_MIN;
	ok(-seven / two == -3 && -seven % two == -1 && seven / -two == -3,
		"it rounds towards zero");
	ok(least / -two == 4611686018427387904ll, "the smallest number can be divided");
	ldiv_t parts = ldiv(-7, 2);
	ok(parts.quot == -3 && parts.rem == -1 && abs(-3) == 3 && llabs(-3) == 3, "ldiv and abs");
}

static void
bits(void)
{
	volatile unsigned long long high = 0x8010000000000000ull, low = 0xf0f0, none = 0;
	ok(__builtin_popcountll(high) == 2 && __builtin_popcountll(~none) == 64,
		"bits that are set");
	ok(__builtin_ctzll(high) == 52 && __builtin_ctzll(low) == 4, "zeros below the lowest");
	ok(__builtin_clzll(high) == 0 && __builtin_clzll(low) == 48, "zeros above the highest");
	ok(__builtin_ffsll(high) == 53 && __builtin_ffsll(none) == 0, "the position of the lowest");
}

static void
mathematics(void)
{
	volatile double x = -2.5;
	ok(floor(x) == -3 && ceil(x) == -2 && trunc(x) == -2 && round(x) == -3 && fabs(x) == 2.5,
		"rounding");
	ok(floor(1e300) == 1e300 && signbit(ceil(-0.5)),
		"rounding what is whole, and to minus zero");
	ok(sqrt(x * x) == 2.5 && sqrt(2) * sqrt(2) > 1.9999999 && isnan(sqrt(x)), "sqrt");
	ok(fmod(7.5, 2) == 1.5 && fmod(-7.5, 2) == -1.5 && fmod(1e20, 3) == 1 && isnan(fmod(1, 0)),
		"fmod");
	ok(fmax(1, 2) == 2 && fmin(1, NAN) == 1, "fmax and fmin");
}

static void
characters(void)
{
	int letters = 0, digits = 0, blanks = 0, marks = 0, seen = 0, hexadecimal = 0;
	for (int c = -1; c < 256; c++) {
		letters += !!isalpha(c);
		digits += !!isdigit(c);
		blanks += !!isspace(c);
		marks += !!ispunct(c);
		seen += !!isprint(c);
		hexadecimal += !!isxdigit(c);
	}
	ok(letters == 52 && digits == 10 && blanks == 6 && marks == 32 && seen == 95 &&
			hexadecimal == 22,
		"ctype: how many there are of each kind");
	ok(toupper('q') == 'Q' && tolower('Q') == 'q' && toupper('1') == '1',
		"ctype: upper and lower case");
}

int
main(void)
{
	text_to_numbers();
	division();
	bits();
	mathematics();
	characters();
	return done();
}
