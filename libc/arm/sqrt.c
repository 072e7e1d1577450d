/* The square root: one instruction. */
#include <math.h>

double
sqrt(double x)
{
	__asm__("vsqrt.f64 %P0, %P0" : "+w"(x));
	return x;
}
