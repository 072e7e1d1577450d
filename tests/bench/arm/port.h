/*
 * What the benchmark needs of ARM: a clock that counts guest instructions, and a system call with
 * nothing around it.
 *
 * The counter that a kernel lets programs read without a question is the generic timer's. Under
 * the emulator's `-icount shift=0` it moves on once in 16 instructions, from reset.
 */
#ifndef BENCH_PORT_H
#define BENCH_PORT_H

#define PORT_INSTRUCTIONS_A_TICK 16

static inline unsigned long
port_now(void)
{
	unsigned long low, high;

	__asm__ volatile("isb\n\tmrrc p15, 1, %0, %1, c14" : "=r"(low), "=r"(high) : : "memory");
	return low * PORT_INSTRUCTIONS_A_TICK;
}

static inline long
port_call(long number, long a, long b, long c, long d)
{
	register long r7 __asm__("r7") = number;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = d;

	__asm__ volatile("svc #0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3) : "memory");
	return r0;
}

static inline long
port_call5(long number, long a, long b, long c, long d, long e)
{
	register long r7 __asm__("r7") = number;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = d;
	register long r4 __asm__("r4") = e;

	__asm__ volatile("svc #0"
			 : "+r"(r0)
			 : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4)
			 : "memory");
	return r0;
}

#endif
