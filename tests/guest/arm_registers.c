/* ARM: every register survives calls and switches; VFP's are each process's own. */
#include "_tap.h"

#define ROUNDS 30
#define WORDS 13
#define C_AND_V 0x30000000

/*
 * Fills r0 to r12 and the flags from `in`, waits, and stores them to `out`. Waiting is the system
 * call in r7, or spinning until a tick takes the CPU away. Only C and V are kept: the rest changes
 * the other two flags.
 */
__attribute__((naked)) static void
fill_wait_and_store(__attribute__((unused)) const unsigned *in,
	__attribute__((unused)) unsigned *out, __attribute__((unused)) int calling)
{
	__asm__("push	{r1, r2, r4-r11, lr}\n\t"
		"mov	lr, r0\n\t"
		"ldr	r0, [lr, #52]\n\t"
		"msr	cpsr_f, r0\n\t"
		"ldm	lr, {r0-r12}\n\t"
		"ldr	lr, [sp, #4]\n\t"
		"teq	lr, #0\n\t"
		"beq	2f\n\t"
		"svc	#0\n\t"
		"b	3f\n"
		"2:\tmov	lr, #0x80000\n"
		"1:\tsub	lr, lr, #1\n\t"
		"teq	lr, #0\n\t"
		"bne	1b\n"
		"3:\tldr	lr, [sp]\n\t"
		"stm	lr, {r0-r12}\n\t"
		"mrs	r0, cpsr\n\t"
		"str	r0, [lr, #52]\n\t"
		"add	sp, sp, #8\n\t"
		"pop	{r4-r11, pc}");
}

static int
core_changed(unsigned seed, int calling)
{
	unsigned in[WORDS + 1], out[WORDS + 1];
	for (int i = 0; i < WORDS; i++)
		in[i] = seed * 1000 + i;
	in[7] = SYS_sched_yield;
	in[WORDS] = seed << 28;
	fill_wait_and_store(in, out, calling);
	if (calling)
		in[0] = 0; /* the answer */
	return memcmp(in, out, WORDS * sizeof(*in)) || (in[WORDS] ^ out[WORDS]) & C_AND_V;
}

/* The same for d0 to d31 and FPSCR's rounding mode. */
static int
vfp_changed(unsigned seed)
{
	static unsigned long long in[32], out[32];
	unsigned mode = (seed & 3) << 22, now;
	for (int i = 0; i < 32; i++)
		in[i] = seed * 1000003ull << 20 | i;
	__asm__ volatile(".fpu neon\n\t"
			 "vmsr fpscr, %0\n\t"
			 "mov r0, %1\n\tvldmia r0!, {d0-d15}\n\tvldmia r0, {d16-d31}" ::"r"(mode),
			 "r"(in)
			 : "r0", "memory");
	for (volatile int i = 0; i < 300000; i++)
		;
	__asm__ volatile(".fpu neon\n\t"
			 "vmrs %0, fpscr\n\t"
			 "mov r0, %1\n\tvstmia r0!, {d0-d15}\n\tvstmia r0, {d16-d31}\n\t"
			 "mov r0, #0\n\tvmsr fpscr, r0"
			 : "=&r"(now)
			 : "r"(out)
			 : "r0", "memory");
	return memcmp(in, out, sizeof(in)) || (now & 0xc00000) != mode;
}

static unsigned
fpscr(void)
{
	unsigned value;
	__asm__ volatile("vmrs %0, fpscr" : "=r"(value));
	return value;
}

static void
set_fpscr(unsigned value)
{
	__asm__ volatile("vmsr fpscr, %0" ::"r"(value));
}

/* Whether any of the upper registers, which this program's code does not use, is not 0. */
static int
upper_used(void)
{
	unsigned long long out[16];
	int used = 0;
	__asm__ volatile(".fpu neon\n\tvstmia %0, {d16-d31}" ::"r"(out) : "memory");
	for (int i = 0; i < 16; i++)
		used |= out[i] != 0;
	return used;
}

static int
all_succeed(void)
{
	int right = 0, status;
	while (wait(&status) > 0)
		right += status == 0;
	return right;
}

int
main(int argc, char **argv)
{
	if (argc > 1) /* the new image of the child below */
		return fpscr() != 0 || upper_used();

	is_int(fpscr(), 0, "V12 FPSCR at a program's start");
	is_int(upper_used(), 0, "V12 and the registers");
	is_int(vfp_changed(1), 0, "V12 one process keeps them");
	set_fpscr(0x00c00000);
	is_int(in_child(exit(fpscr() != 0x00c00000 || !upper_used())), 0, "V12 fork hands them on");
	is_int(in_child(execl(argv[0], argv[0], "again", (char *)0)), 0, "V12 execve does not");
	usleep(2000);
	is_int(fpscr(), 0x00c00000, "V12 others do not change it");
	set_fpscr(0);

	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < ROUNDS; n++) if (vfp_changed(i + 1)) exit(1));
	is_int(all_succeed(), 4, "V12 four processes keep 32 registers each");
	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < ROUNDS; n++) if (core_changed(i + 1, 0)) exit(1));
	is_int(all_succeed(), 4, "V06 four spinning processes keep r0 to r12");
	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < 50 * ROUNDS; n++) if (core_changed(i + 1, 1)) exit(1));
	is_int(all_succeed(), 4, "V06 four that call keep all but r0");
	return done();
}
