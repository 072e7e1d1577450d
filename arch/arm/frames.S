/* Filling and copying whole page frames, eight words at a time. */
#include "layout.h"

#define PER_ROUND 8
#define ROUNDS 4096 / (PER_ROUND * 32)

/* The kernel's address of a frame: (pfn << 12) + KERNEL_OFFSET. */
	.macro	ADDRESS register, pfn
	mov	\register, #KERNEL_OFFSET
	add	\register, \register, \pfn, lsl #12
	.endm

	.text
	.global	arch_zero_frame, arch_copy_frame
/* void arch_zero_frame(pfn_t pfn) */
arch_zero_frame:
	push	{r4-r10, lr}
	ADDRESS	r1, r0
	mov	r2, #ROUNDS
	.irp	register, r3, r4, r5, r6, r7, r8, r9, r10
	mov	\register, #0
	.endr
1:	.rept	PER_ROUND
	stmia	r1!, {r3-r10}
	.endr
	subs	r2, r2, #1
	bne	1b
	pop	{r4-r10, pc}

/* void arch_copy_frame(pfn_t to, pfn_t from) */
arch_copy_frame:
	push	{r4-r10, lr}
	ADDRESS	r2, r0
	ADDRESS	r0, r1
	mov	r1, #ROUNDS
1:	.rept	PER_ROUND
	ldmia	r0!, {r3-r10}
	stmia	r2!, {r3-r10}
	.endr
	subs	r1, r1, #1
	bne	1b
	pop	{r4-r10, pc}
