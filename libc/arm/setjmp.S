/*
 * setjmp and longjmp: the registers that a called function must preserve, its caller's stack
 * pointer, and where it returns to (AAPCS, "Core registers" and "VFP register usage").
 */
	.fpu	vfpv3-d16
	.text
	.global	setjmp
	.type	setjmp, %function
setjmp:
	mov	ip, sp
	stmia	r0!, {r4-r11, ip, lr}
	vstmia	r0, {d8-d15}
	mov	r0, #0
	bx	lr
	.size	setjmp, . - setjmp

	.global	longjmp
	.type	longjmp, %function
longjmp:
	ldmia	r0!, {r4-r11, ip, lr}
	vldmia	r0, {d8-d15}
	mov	sp, ip
	movs	r0, r1
	moveq	r0, #1			/* a value of 0 arrives as 1 */
	bx	lr
	.size	longjmp, . - longjmp
