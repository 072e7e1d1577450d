/* Text to floating numbers: the first 19 digits count, as one whole number times a power of ten. */
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#define DIGITS 19 /* as many as 64 bits hold for certain */

static long double
power_of_ten(int exponent)
{
	long double power = 1, square = 10;

	for (; exponent > 0; exponent >>= 1, square *= square)
		if (exponent & 1)
			power *= square;
	return power;
}

static double
scale_value(uint64_t value, int exponent)
{
	double result;

	if (value == 0)
		return 0;
	result = exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
	if (result < DBL_MIN || isinf(result))
		errno = ERANGE;
	return result;
}

/* Digits and one point; *end stays where it is if there is no digit. */
static double
parse_decimal(const char *text, char **end)
{
	uint64_t value = 0;
	int digits = 0, used = 0, exponent = 0, point = 0;

	for (; isdigit((unsigned char)*text) || (*text == '.' && !point); text++) {
		if (*text == '.') {
			point = 1;
			continue;
		}
		digits++;
		if (used < DIGITS) {
			value = value * 10 + (*text - '0');
			used += value > 0;
			exponent -= point;
		} else {
			exponent += !point;
		}
	}
	if (digits == 0)
		return 0;
	*end = (char *)text;
	if (*text == 'e' || *text == 'E') {
		char *after;
		long scale = strtol(text + 1, &after, 10);
		if (after != text + 1 && !isspace((unsigned char)text[1])) {
			exponent += scale > 9999 ? 9999 : scale < -9999 ? -9999 : scale;
			*end = after;
		}
	}
	return scale_value(value, exponent);
}

/* The words that are numbers too; their length, 0 if there is none. */
static int
parse_word(const char *text, double *value)
{
	if (strncasecmp(text, "inf", 3) == 0) {
		*value = HUGE_VAL;
		return strncasecmp(text, "infinity", 8) == 0 ? 8 : 3;
	}
	if (strncasecmp(text, "nan", 3) == 0) {
		*value = NAN;
		return 3;
	}
	return 0;
}

double
strtod(const char *restrict text, char **restrict end)
{
	char *stop = (char *)text;
	double value;
	int negative, length;

	while (isspace((unsigned char)*text))
		text++;
	negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	length = parse_word(text, &value);
	if (length > 0)
		stop = (char *)text + length;
	else
		value = parse_decimal(text, &stop);
	if (end)
		*end = stop;
	return negative ? -value : value;
}

float
strtof(const char *restrict text, char **restrict end)
{
	return strtod(text, end);
}

double
atof(const char *text)
{
	return strtod(text, NULL);
}
