/* The part of mathematics that costs nothing: what a few instructions can do. */
#ifndef LIBC_MATH_H
#define LIBC_MATH_H

#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN	 __builtin_nanf("")

#define M_E	0x1.5bf0a8b145769p+1
#define M_PI	0x1.921fb54442d18p+1
#define M_SQRT2 0x1.6a09e667f3bcdp+0

#define isnan(x)    __builtin_isnan(x)
#define isinf(x)    __builtin_isinf_sign(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x)  __builtin_signbit(x)

double ceil(double x);
double fabs(double x);
double floor(double x);
double fmax(double x, double y);
double fmin(double x, double y);
double fmod(double x, double y);
double round(double x);
double sqrt(double x);
double trunc(double x);

#endif
