/*
 * int clone(int (*function)(void *), void *stack, int flags, void *argument,
 *           int *parent_tid, void *tls, int *child_tid)
 * The child begins on its own stack, calls function(argument), and exits with what that returns.
 */
	.equ	CLONE, 120
	.equ	EXIT, 1

	.text
	.global	clone
	.type	clone, %function
clone:
	push	{r4-r7}
	mov	r6, r0			/* the child has copies of these */
	mov	r5, r3
	mov	r0, r2
	bic	r1, r1, #7
	ldr	r2, [sp, #16]
	ldr	r3, [sp, #20]
	ldr	r4, [sp, #24]
	mov	r7, #CLONE
	svc	#0
	cmp	r0, #0
	beq	child
	pop	{r4-r7}
	cmn	r0, #4096
	bxls	lr
	rsb	r0, r0, #0
	ldr	r1, =errno
	str	r0, [r1]
	mvn	r0, #0
	bx	lr
child:
	mov	fp, #0
	mov	r0, r5
	blx	r6
	mov	r7, #EXIT
	svc	#0
	.size	clone, . - clone
