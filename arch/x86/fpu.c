/*
 * The FPU's and SSE's registers belong to programs; the kernel never touches them (it is compiled
 * without). They are saved and loaded whole at every switch: two instructions, and no program sees
 * another's.
 */
#include "cpu.h"

#define CR0_MP (1ul << 1)
#define CR0_EM (1ul << 2)
#define CR0_TS (1ul << 3)
#define CR0_NE (1ul << 5) /* errors by exception 16, not by an interrupt */
#define CR4_OSFXSR (1ul << 9)
#define CR4_OSXMMEXCPT (1ul << 10)

#define FXSAVE_MXCSR 24	  /* its offset in fxsave's area (SDM vol. 1, 10.5.1) */
#define MXCSR_RESET 0x1f80u

static uint8_t fresh[512] __attribute__((aligned(16))); /* as a program finds it at its start */

void
fpu_save(void *area)
{
	__asm__ volatile("fxsave %0" : "=m"(*(uint8_t(*)[512])area));
}

void
fpu_load(const void *area)
{
	__asm__ volatile("fxrstor %0" : : "m"(*(const uint8_t(*)[512])area));
}

void
fpu_load_fresh(void)
{
	fpu_load(fresh);
}

void
fpu_copy_fresh(void *area)
{
	copy_words(area, fresh, sizeof(fresh) / 4);
}

/* boot.asm has made sure that the CPU has fxsave. */
void
fpu_init(void)
{
	write_cr0((read_cr0() & ~(CR0_EM | CR0_TS)) | CR0_MP | CR0_NE);
	write_cr4(read_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT);
	__asm__ volatile("fninit");
	fpu_save(fresh);
	/* What else fxsave found there is left from the loader: clear the registers. */
	fill_words(fresh + 32, 0, (sizeof(fresh) - 32) / 4);
	*(uint32_t *)(fresh + FXSAVE_MXCSR) = MXCSR_RESET;
}
