/*
 * long syscall(long number, ...): a system call of Linux for ARM, EABI. The number goes in r7, up
 * to six arguments in r0 to r5; the answer comes back in r0, and is an error number negated if it
 * lies in -4095..-1. The kernel preserves the other registers.
 */
	.text
	.global	syscall
	.type	syscall, %function
syscall:
	push	{r4, r5, r7, lr}
	mov	r7, r0
	mov	r0, r1
	mov	r1, r2
	mov	r2, r3
	add	r3, sp, #16		/* the caller's words on the stack */
	ldm	r3, {r3, r4, r5}
	svc	#0
	cmn	r0, #4096
	bhi	failed
	pop	{r4, r5, r7, pc}
failed:
	rsb	r0, r0, #0
	ldr	r1, =errno
	str	r0, [r1]
	mvn	r0, #0
	pop	{r4, r5, r7, pc}
	.size	syscall, . - syscall
