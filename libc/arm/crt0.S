/*
 * The first instructions of a program. The kernel leaves on the stack: the count of arguments,
 * their addresses and a zero, those of the environment and a zero, and the auxiliary vector.
 */
	.text
	.global	_start
	.type	_start, %function
_start:
	mov	fp, #0			/* the outermost frame: backtraces end here */
	mov	lr, #0
	mov	r0, sp
	bic	sp, sp, #7
	b	start_program		/* does not return */
	.size	_start, . - _start
