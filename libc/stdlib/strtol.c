/* Text to whole numbers. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

struct number {
	unsigned long long magnitude; /* ULLONG_MAX if there was more */
	int negative, overflow;
};

static int
digit_value(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	if (isalpha((unsigned char)c))
		return tolower((unsigned char)c) - 'a' + 10;
	return INT_MAX;
}

/* Whether text goes on with the 0x of base 16 and a digit after it. */
static int
has_prefix(const char *text)
{
	return text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && digit_value(text[2]) < 16;
}

static struct number
parse(const char *text, char **end, int base)
{
	struct number number = {0, 0, 0};
	const char *start = text;
	int digits = 0;

	if (end)
		*end = (char *)start;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return number;
	}
	while (isspace((unsigned char)*text))
		text++;
	number.negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	if ((base == 0 || base == 16) && has_prefix(text)) {
		text += 2;
		base = 16;
	}
	if (base == 0)
		base = *text == '0' ? 8 : 10;
	for (; digit_value(*text) < base; text++, digits++) {
		unsigned digit = digit_value(*text);
		if (number.magnitude > (ULLONG_MAX - digit) / base)
			number.overflow = 1;
		else
			number.magnitude = number.magnitude * base + digit;
	}
	if (end && digits > 0)
		*end = (char *)text;
	return number;
}

/* A signed type has the range -maximum - 1 to maximum. */
static long long
to_signed(struct number number, long long maximum)
{
	unsigned long long limit = (unsigned long long)maximum + number.negative;

	if (number.overflow || number.magnitude > limit) {
		errno = ERANGE;
		number.magnitude = limit;
	}
	return number.negative ? -number.magnitude : number.magnitude;
}

/* In an unsigned type a minus sign negates modulo its size, which is no error. */
static unsigned long long
to_unsigned(struct number number, unsigned long long maximum)
{
	if (number.overflow || number.magnitude > maximum) {
		errno = ERANGE;
		return maximum;
	}
	return number.negative ? -number.magnitude : number.magnitude;
}

long
strtol(const char *restrict text, char **restrict end, int base)
{
	return to_signed(parse(text, end, base), LONG_MAX);
}

long long
strtoll(const char *restrict text, char **restrict end, int base)
{
	return to_signed(parse(text, end, base), LLONG_MAX);
}

unsigned long
strtoul(const char *restrict text, char **restrict end, int base)
{
	return to_unsigned(parse(text, end, base), ULONG_MAX);
}

unsigned long long
strtoull(const char *restrict text, char **restrict end, int base)
{
	return to_unsigned(parse(text, end, base), ULLONG_MAX);
}

intmax_t
strtoimax(const char *text, char **end, int base)
{
	return strtoll(text, end, base);
}

uintmax_t
strtoumax(const char *text, char **end, int base)
{
	return strtoull(text, end, base);
}

int
atoi(const char *text)
{
	return strtol(text, NULL, 10);
}

long
atol(const char *text)
{
	return strtol(text, NULL, 10);
}

long long
atoll(const char *text)
{
	return strtoll(text, NULL, 10);
}
