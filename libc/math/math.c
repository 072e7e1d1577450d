/* The part of mathematics that needs no series: rounding, choosing, and the remainder. */
#include <math.h>
#include <stdint.h>

/* From here on a double has no bits behind the point. */
#define WHOLE 0x1p52

double
fabs(double x)
{
	return __builtin_fabs(x);
}

/* The sign of x survives in a zero. Written so that NaN comes back as it is. */
double
trunc(double x)
{
	if (!(fabs(x) < WHOLE))
		return x;
	return __builtin_copysign((double)(int64_t)x, x);
}

double
floor(double x)
{
	double whole = trunc(x);

	return whole > x ? whole - 1 : whole;
}

double
ceil(double x)
{
	return -floor(-x);
}

/* Halves go away from zero. */
double
round(double x)
{
	double whole = trunc(x);

	if (fabs(x - whole) >= 0.5)
		whole += __builtin_copysign(1, x);
	return whole;
}

double
fmax(double x, double y)
{
	return isnan(y) || x > y ? x : y;
}

double
fmin(double x, double y)
{
	return isnan(y) || x < y ? x : y;
}

/* Exact: every subtraction is of a multiple of y by a power of two, at most half of what is left.
 */
double
fmod(double x, double y)
{
	double rest = fabs(x), part;

	y = fabs(y);
	if (!(y > 0) || isnan(x) || isinf(x))
		return NAN;
	while (rest >= y) {
		for (part = y; part <= rest / 2; part *= 2)
			;
		rest -= part;
	}
	return __builtin_copysign(rest, x);
}
