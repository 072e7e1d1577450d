/*
 * 64-bit division as compilers for ARM call it: the quotient comes back in r0 and r1, the
 * remainder in r2 and r3 (Run-time ABI for the Arm Architecture, "Integer functions").
 */
	.macro	divide name, by
	.global	\name
	.type	\name, %function
\name:
	push	{r4, lr}
	sub	sp, sp, #16
	add	r4, sp, #8
	str	r4, [sp]		/* the fifth argument: where the remainder goes */
	bl	\by
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{r4, pc}
	.size	\name, . - \name
	.endm

	.text
	divide	__aeabi_uldivmod, __udivmoddi4
	divide	__aeabi_ldivmod, __divmoddi4
