/* Floating numbers to text: %f, %e and %g. */
#include <math.h>
#include <string.h>
#include "format.h"

#define BODY_SIZE 1600
#define PRECISION_MAX 1200 /* more than this is cut: no double has more digits anyway */

static char
digit(const struct decimal *decimal, int i)
{
	return i >= 0 && i < decimal->count ? '0' + decimal->digits[i] : '0';
}

/* 123.45: precision digits behind the point. */
static char *
write_fixed(char *to, const struct decimal *decimal, int precision, int point)
{
	for (int i = decimal->point > 0 ? 0 : decimal->point - 1; i < decimal->point; i++)
		*to++ = digit(decimal, i);
	if (precision > 0 || point)
		*to++ = '.';
	for (int i = decimal->point; i < decimal->point + precision; i++)
		*to++ = digit(decimal, i);
	return to;
}

/* 1.2345e+02, the exponent with two digits at least. */
static char *
write_scientific(char *to, const struct decimal *decimal, int precision, int point, char e)
{
	int exponent = decimal->count > 0 ? decimal->point - 1 : 0;
	struct decimal shifted = *decimal;

	shifted.point = 1;
	to = write_fixed(to, &shifted, precision, point);
	*to++ = e;
	*to++ = exponent < 0 ? '-' : '+';
	if (exponent < 0)
		exponent = -exponent;
	if (exponent >= 100)
		*to++ = '0' + exponent / 100;
	*to++ = '0' + exponent / 10 % 10;
	*to++ = '0' + exponent % 10;
	return to;
}

/* The shorter of both, without the zeros at the end: so many digits as there are, up to precision.
 */
static char *
write_general(char *to, struct decimal *decimal, int precision, int alternate, char e)
{
	int exponent, digits;

	if (precision == 0)
		precision = 1;
	decimal_round(decimal, precision);
	while (decimal->count > 0 && decimal->digits[decimal->count - 1] == 0)
		decimal->count--;
	exponent = decimal->count > 0 ? decimal->point - 1 : 0;
	digits = alternate ? precision : decimal->count > 0 ? decimal->count : 1;
	if (exponent < -4 || exponent >= precision)
		return write_scientific(to, decimal, digits - 1, alternate, e);
	if (digits <= exponent)
		digits = exponent + 1;
	return write_fixed(to, decimal, digits - 1 - exponent, alternate);
}

static int
write_finite(char *body, const struct conversion *conversion, double value)
{
	int precision = conversion->precision < 0 ? 6 : conversion->precision;
	char e = conversion->upper ? 'E' : 'e', *end;
	struct decimal decimal;

	if (precision > PRECISION_MAX)
		precision = PRECISION_MAX;
	decimal_from(&decimal, value);
	switch (conversion->letter) {
	case 'f':
		decimal_round(&decimal, decimal.point + precision);
		end = write_fixed(body, &decimal, precision, conversion->alternate);
		break;
	case 'e':
		decimal_round(&decimal, precision + 1);
		end = write_scientific(body, &decimal, precision, conversion->alternate, e);
		break;
	default:
		end = write_general(body, &decimal, precision, conversion->alternate, e);
	}
	return end - body;
}

void
format_float(struct output *output, const struct conversion *conversion, double value)
{
	struct conversion field = *conversion;
	const char *sign = signbit(value) ? "-" : field.plus ? "+" : field.space ? " " : "";
	char body[BODY_SIZE];
	int length, zeros = 0;

	if (isfinite(value)) {
		length = write_finite(body, &field, value);
	} else {
		field.zero = 0;
		length = 3;
		memcpy(body,
			isnan(value) ? (field.upper ? "NAN" : "nan")
				     : (field.upper ? "INF" : "inf"),
			length);
	}
	if (field.zero && !field.left)
		zeros = field.width - length - (int)strlen(sign);
	format_field(output, &field, sign, zeros, body, length);
}
