/*
 * What the benchmark needs of x86: a clock that counts guest instructions, and a system call with
 * nothing around it.
 *
 * Under the emulator's `-icount shift=0` the time-stamp counter counts instructions from reset.
 */
#ifndef BENCH_PORT_H
#define BENCH_PORT_H

#define PORT_INSTRUCTIONS_A_TICK 1 /* of port_now's clock */

static inline unsigned long
port_now(void)
{
	unsigned long low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return low;
}

static inline long
port_call(long number, long a, long b, long c, long d)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "0"(number), "b"(a), "c"(b), "d"(c), "S"(d)
			 : "memory");
	return result;
}

static inline long
port_call5(long number, long a, long b, long c, long d, long e)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "0"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

#endif
