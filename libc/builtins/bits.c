/* Counting bits of 64, and those that are set: called where the processor has no instruction. */
#include <stdint.h>

int __ctzdi2(uint64_t n);
int __clzdi2(uint64_t n);
int __ffsdi2(uint64_t n);
int __popcountsi2(uint32_t n);
int __popcountdi2(uint64_t n);

/* Zeros below the lowest one; n is not 0. */
int
__ctzdi2(uint64_t n)
{
	return (uint32_t)n ? __builtin_ctz(n) : 32 + __builtin_ctz(n >> 32);
}

/* Zeros above the highest one; n is not 0. */
int
__clzdi2(uint64_t n)
{
	return n >> 32 ? __builtin_clz(n >> 32) : 32 + __builtin_clz(n);
}

/* The position of the lowest one, counted from 1; 0 if there is none. */
int
__ffsdi2(uint64_t n)
{
	return n ? __ctzdi2(n) + 1 : 0;
}

/* Sums of neighbours: of pairs, of fours, of bytes; a multiplication adds up the four bytes. */
int
__popcountsi2(uint32_t n)
{
	n -= n >> 1 & 0x55555555;
	n = (n & 0x33333333) + (n >> 2 & 0x33333333);
	n = (n + (n >> 4)) & 0x0f0f0f0f;
	return n * 0x01010101 >> 24;
}

int
__popcountdi2(uint64_t n)
{
	return __popcountsi2(n) + __popcountsi2(n >> 32);
}
