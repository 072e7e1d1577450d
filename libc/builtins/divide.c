/* 64-bit division for 32-bit processors: what compilers call where an instruction is missing. */
#include <stdint.h>

uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder);
int64_t __divmoddi4(int64_t dividend, int64_t divisor, int64_t *remainder);
uint64_t __udivdi3(uint64_t dividend, uint64_t divisor);
uint64_t __umoddi3(uint64_t dividend, uint64_t divisor);
int64_t __divdi3(int64_t dividend, int64_t divisor);
int64_t __moddi3(int64_t dividend, int64_t divisor);

/* Division as on paper: one bit of the quotient after the other, from the highest that can be 1. */
static uint64_t
divide_long(uint64_t dividend, uint64_t divisor, uint64_t *remainder)
{
	int shift = __builtin_clzll(divisor) - __builtin_clzll(dividend);
	uint64_t quotient = 0;

	divisor <<= shift;
	for (; shift >= 0; shift--, divisor >>= 1) {
		quotient <<= 1;
		if (dividend >= divisor) {
			dividend -= divisor;
			quotient |= 1;
		}
	}
	*remainder = dividend;
	return quotient;
}

/* The processor shall say what it thinks of that; where it says nothing, the quotient is 0. */
static void
divide_by_zero(void)
{
	static volatile int number = 1, zero;

	number = number / zero;
}

uint64_t
__udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder)
{
	uint64_t rest, quotient;

	if (divisor == 0)
		divide_by_zero();
	if (divisor == 0 || divisor > dividend) {
		quotient = 0;
		rest = dividend;
	} else if (dividend >> 32 == 0) {
		quotient = (uint32_t)dividend / (uint32_t)divisor;
		rest = (uint32_t)dividend % (uint32_t)divisor;
	} else {
		quotient = divide_long(dividend, divisor, &rest);
	}
	if (remainder)
		*remainder = rest;
	return quotient;
}

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

/* The quotient is rounded towards zero; the remainder has the dividend's sign. */
int64_t
__divmoddi4(int64_t dividend, int64_t divisor, int64_t *remainder)
{
	uint64_t rest;
	uint64_t quotient = __udivmoddi4(magnitude(dividend), magnitude(divisor), &rest);

	*remainder = dividend < 0 ? -rest : rest;
	return (dividend < 0) != (divisor < 0) ? -quotient : quotient;
}

uint64_t
__udivdi3(uint64_t dividend, uint64_t divisor)
{
	return __udivmoddi4(dividend, divisor, 0);
}

uint64_t
__umoddi3(uint64_t dividend, uint64_t divisor)
{
	uint64_t remainder;

	__udivmoddi4(dividend, divisor, &remainder);
	return remainder;
}

int64_t
__divdi3(int64_t dividend, int64_t divisor)
{
	int64_t remainder;

	return __divmoddi4(dividend, divisor, &remainder);
}

int64_t
__moddi3(int64_t dividend, int64_t divisor)
{
	int64_t remainder;

	__divmoddi4(dividend, divisor, &remainder);
	return remainder;
}
