/*
 * The FPU's and SSE's registers belong to programs; the kernel never touches them (it is compiled
 * without). They are saved and loaded whole at every switch: two instructions, and no program sees
 * another's.
 */
#include "cpu.h"
#include <abi/signal.h>
#include <machine/signal.h>

#define CR0_MP (1ul << 1)
#define CR0_EM (1ul << 2)
#define CR0_TS (1ul << 3)
#define CR0_NE (1ul << 5) /* errors by exception 16, not by an interrupt */
#define CR4_OSFXSR (1ul << 9)
#define CR4_OSXMMEXCPT (1ul << 10)

/* Offsets in fxsave's area (SDM vol. 1, 10.5.1). */
#define FXSAVE_MXCSR 24
#define FXSAVE_MXCSR_MASK 28 /* the bits that this CPU knows; 0: those of the first */
#define MXCSR_RESET 0x1f80u
#define MXCSR_FIRST 0xffbfu

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

/* The two instructions leave the registers as new; the caller's are loaded again. */
void
fpu_save_frame(struct fpstate *state)
{
	fill_words(state->fxsave, 0, sizeof(state->fxsave) / 4); /* it leaves out its end */
	fpu_save(state->fxsave);
	__asm__ volatile("fnsave %0" : "=m"(*state));
	fpu_load(state->fxsave);
	state->status = state->sw;
	state->magic = 0;
}

/*
 * As Linux: SSE's registers from the one half, the FPU's from the other. Unknown bits of MXCSR
 * would make fxrstor fault, and an error that waits in the FPU, frstor; it may wait on for the
 * program.
 */
void
fpu_load_frame(struct fpstate *state)
{
	uint32_t known = *(const uint32_t *)(fresh + FXSAVE_MXCSR_MASK);

	*(uint32_t *)(state->fxsave + FXSAVE_MXCSR) &= known ? known : MXCSR_FIRST;
	fpu_load(state->fxsave);
	__asm__ volatile("fnclex\n\tfrstor %0" : : "m"(*state));
}

/* SDM vol. 1, 8.5 and 11.5.2: the flags that are set and not masked, in the order of Linux. */
int
fpu_error_code(bool sse)
{
	uint32_t area[128] __attribute__((aligned(16)));
	unsigned errors;

	fpu_save(area);
	if (sse)
		errors = area[FXSAVE_MXCSR / 4] & ~(area[FXSAVE_MXCSR / 4] >> 7);
	else
		errors = area[0] >> 16 & ~area[0];
	if (errors & 1)
		return FPE_FLTINV;
	if (errors & 4)
		return FPE_FLTDIV;
	if (errors & 8)
		return FPE_FLTOVF;
	if (errors & 0x12)
		return FPE_FLTUND;
	return FPE_FLTRES;
}
