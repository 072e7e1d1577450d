/*
 * pid_t vfork(void). The child returns first, on its parent's stack, and may write over what lies
 * below it: so nothing is kept there, only in registers, which each of the two has to itself.
 */
	.equ	VFORK, 190

	.text
	.global	vfork
	.type	vfork, %function
vfork:
	mov	ip, r7
	mov	r7, #VFORK
	svc	#0
	mov	r7, ip
	cmn	r0, #4096
	bxls	lr
	rsb	r0, r0, #0
	ldr	r1, =errno
	str	r0, [r1]
	mvn	r0, #0
	bx	lr
	.size	vfork, . - vfork
