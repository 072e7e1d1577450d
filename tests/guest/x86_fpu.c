/* x86: the whole floating-point and vector state, eight registers each, and the control words. */
#include "_tap.h"

static int
has_sse(void)
{
	unsigned a = 1, b, c, d;
	__asm__ volatile("cpuid" : "+a"(a), "=b"(b), "=c"(c), "=d"(d));
	return d >> 25 & 1;
}

static unsigned short
control_word(void)
{
	unsigned short word;
	__asm__ volatile("fnstcw %0" : "=m"(word));
	return word;
}

/*
 * Fills all eight x87 registers with n, n + 1 …, spins or sleeps, and adds them up again. Never
 * inline: whoever calls a function keeps nothing in them.
 */
__attribute__((noinline)) static double
keep_in_registers(double n, int sleeping)
{
	double one = 1, sum;
	__asm__ volatile(
		"fninit; fldl %0; fldl %1; fadd %%st(1), %%st; fldl %1; fadd %%st(1), %%st;"
		"fldl %1; fadd %%st(1), %%st; fldl %1; fadd %%st(1), %%st; fldl %1;"
		"fadd %%st(1), %%st; fldl %1; fadd %%st(1), %%st; fldl %1; fadd %%st(1), %%st" ::
			"m"(n),
		"m"(one));
	if (sleeping) { /* nanosleep(2 ms), by hand: C code would want the registers empty */
		int answer;
		struct {
			long seconds, ns;
		} nap = {0, 2000000};
		__asm__ volatile("int $0x80"
				 : "=a"(answer)
				 : "0"(SYS_nanosleep), "b"(&nap), "c"(0)
				 : "memory");
	} else {
		for (volatile int i = 0; i < 300000; i++)
			;
	}
	__asm__ volatile("faddp; faddp; faddp; faddp; faddp; faddp; faddp; fstpl %0" : "=m"(sum));
	return sum;
}

/* The same for xmm0 to xmm7: 0 when all are as they were set. */
static int
vectors_changed(unsigned seed)
{
	static unsigned in[32] __attribute__((aligned(16))), out[32] __attribute__((aligned(16)));
	for (int i = 0; i < 32; i++)
		in[i] = seed * 1000 + i;
	__asm__ volatile(
		"movups 0x00(%0), %%xmm0; movups 0x10(%0), %%xmm1; movups 0x20(%0), %%xmm2;"
		"movups 0x30(%0), %%xmm3; movups 0x40(%0), %%xmm4; movups 0x50(%0), %%xmm5;"
		"movups 0x60(%0), %%xmm6; movups 0x70(%0), %%xmm7" ::"r"(in)
		: "memory");
	for (volatile int i = 0; i < 300000; i++)
		;
	__asm__ volatile(
		"movups %%xmm0, 0x00(%0); movups %%xmm1, 0x10(%0); movups %%xmm2, 0x20(%0);"
		"movups %%xmm3, 0x30(%0); movups %%xmm4, 0x40(%0); movups %%xmm5, 0x50(%0);"
		"movups %%xmm6, 0x60(%0); movups %%xmm7, 0x70(%0)" ::"r"(out)
		: "memory");
	return memcmp(in, out, sizeof(in));
}

int
main(int argc, char **argv)
{
	if (argc > 1) /* the new image of the child below */
		return control_word() == 0x37f ? 0 : 1;

	is_int(control_word(), 0x37f, "V12 the control word at a program's start");
	unsigned short rounding = 0xf7f; /* round towards zero */
	__asm__ volatile("fldcw %0" ::"m"(rounding));
	is_int(in_child(exit(control_word() != 0xf7f)), 0, "V12 fork hands the control word on");
	is_int(in_child(execl(argv[0], argv[0], "again", (char *)0)), 0, "V12 execve does not");
	usleep(2000);
	is_int(control_word(), 0xf7f, "V12 others do not change it");
	__asm__ volatile("fninit");

	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < 20;
			   n++) if (keep_in_registers(i * 100, n & 1) != 8 * i * 100 + 28) exit(1));
	int right = 0, status;
	while (wait(&status) > 0)
		right += status == 0;
	is_int(right, 4, "V12 four processes keep eight x87 registers each");

	if (!has_sse()) {
		skip("V12 four processes keep eight vector registers each");
		return done();
	}
	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < 20; n++) if (vectors_changed(i)) exit(1));
	right = 0;
	while (wait(&status) > 0)
		right += status == 0;
	is_int(right, 4, "V12 four processes keep eight vector registers each");
	return done();
}
