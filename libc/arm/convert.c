/*
 * Between floating point and integers of 64 bits, for which VFP has no instruction: what compilers
 * call. The helpers of the run-time ABI get and give floating point in core registers, also where
 * programs use VFP's (Run-time ABI for the Arm Architecture, "Floating-point library").
 */
#include <stdint.h>

#define HELPER __attribute__((pcs("aapcs")))

#define TWO_32 4294967296.0

HELPER double __aeabi_ul2d(uint64_t n);
HELPER double __aeabi_l2d(int64_t n);
HELPER float __aeabi_ul2f(uint64_t n);
HELPER float __aeabi_l2f(int64_t n);
HELPER uint64_t __aeabi_d2ulz(double x);
HELPER int64_t __aeabi_d2lz(double x);
HELPER uint64_t __aeabi_f2ulz(float x);
HELPER int64_t __aeabi_f2lz(float x);

/* Both halves are exact, so their sum is rounded once. */
HELPER double
__aeabi_ul2d(uint64_t n)
{
	return (uint32_t)(n >> 32) * TWO_32 + (uint32_t)n;
}

HELPER double
__aeabi_l2d(int64_t n)
{
	return (int32_t)(n >> 32) * TWO_32 + (uint32_t)n;
}

/*
 * A double on the way must not be rounded, or the float would be rounded twice. What a double has
 * no room for only tells a half from more than a half: one bit that stands for all of it is enough.
 */
HELPER float
__aeabi_ul2f(uint64_t n)
{
	if (n >> 53)
		n = (n | ((n & 0x7ff) + 0x7ff)) & ~0x7ffull;
	return (float)__aeabi_ul2d(n);
}

HELPER float
__aeabi_l2f(int64_t n)
{
	return n < 0 ? -__aeabi_ul2f(-(uint64_t)n) : __aeabi_ul2f(n);
}

/* Towards zero. Every step is exact: the high half is a whole number of 2^32. */
HELPER uint64_t
__aeabi_d2ulz(double x)
{
	uint32_t high = x / TWO_32;

	return (uint64_t)high << 32 | (uint32_t)(x - high * TWO_32);
}

HELPER int64_t
__aeabi_d2lz(double x)
{
	return x < 0 ? -__aeabi_d2ulz(-x) : __aeabi_d2ulz(x);
}

HELPER uint64_t
__aeabi_f2ulz(float x)
{
	return __aeabi_d2ulz(x);
}

HELPER int64_t
__aeabi_f2lz(float x)
{
	return __aeabi_d2lz(x);
}
