/*
 * Where handlers return to: the calls that take the registers back (sigreturn, rt_sigreturn). They
 * find the frame by the stack pointer.
 */
	.text
	.global	__restore, __restore_info
	.type	__restore, %function
__restore:
	mov	r7, #119
	svc	#0
	.size	__restore, . - __restore

	.type	__restore_info, %function
__restore_info:
	mov	r7, #173
	svc	#0
	.size	__restore_info, . - __restore_info
