/*
 * The only instructions of the kernel that touch a program's memory. When one of them faults and
 * the fault cannot be mended, trap.c goes on at uaccess_failed, which makes the routine return
 * -EFAULT; therefore all have the same stack frame.
 */
#include "layout.h"

	.macro	SET_DOMAINS value
	mov	ip, #\value
	mcr	p15, 0, ip, c3, c0, 0
	isb				/* ARM ARM B3.15.5 */
	.endm

/* Begin a routine: through `opened` when user memory is shut (guard=1). */
	.macro	ENTER_COPY name
	.global	\name
\name:
	mrc	p15, 0, ip, c3, c0, 0
	cmp	ip, #DOMAINS_OPEN
	adrne	r3, 1f
	bne	opened
1:	push	{r4-r10, lr}
	.endm

	.macro	LEAVE_COPY
	pop	{r4-r10, pc}
	.endm

/* Fail unless \size bytes at \user lie below USER_END. */
	.macro	CHECK_RANGE user, size
	mov	r3, #USER_LIMIT
	subs	r3, r3, \size
	cmphs	r3, \user
	blo	uaccess_failed
	.endm

	.syntax	unified
	.text
	.global	uaccess_code, uaccess_code_end, uaccess_failed
uaccess_code:

/* int arch_copy_to_user(void *user, const void *from, size_t size) */
	ENTER_COPY arch_copy_to_user
	CHECK_RANGE r0, r2
	b	copy

/* int arch_copy_from_user(void *to, const void *user, size_t size) */
	ENTER_COPY arch_copy_from_user
	CHECK_RANGE r1, r2
copy:	orr	r3, r0, r1
	tst	r3, #3			/* ldm and stm want aligned addresses, ldr and str don't */
	bne	2f			/* (ARM ARM A3.2, "Unaligned data access") */
1:	subs	r2, r2, #32
	ldmiahs	r1!, {r3-r10}
	stmiahs	r0!, {r3-r10}
	bhi	1b
	addlo	r2, r2, #32
2:	subs	r2, r2, #4
	ldrhs	r3, [r1], #4
	strhs	r3, [r0], #4
	bhi	2b
	addlo	r2, r2, #4
	lsls	r2, r2, #31		/* carry: a half-word is left; negative: a byte */
	ldrhcs	r3, [r1], #2
	strhcs	r3, [r0], #2
	ldrbmi	r3, [r1]
	strbmi	r3, [r0]
	mov	r0, #0
	LEAVE_COPY

/* int arch_zero_user(void *user, size_t size) */
	ENTER_COPY arch_zero_user
	CHECK_RANGE r0, r1
	mov	r3, #0
1:	subs	r1, r1, #4
	strhs	r3, [r0], #4
	bhi	1b
	addlo	r1, r1, #4
2:	subs	r1, r1, #1
	strbhs	r3, [r0], #1
	bhi	2b
	mov	r0, #0
	LEAVE_COPY

/*
 * long uaccess_copy_string(char *to, const char *user, size_t size)
 * The length, or -ENAMETOOLONG when `size` bytes hold no NUL. The caller has checked the range.
 */
	ENTER_COPY uaccess_copy_string
	mov	r4, r1
1:	subs	r2, r2, #1
	mvnlo	r0, #ENAMETOOLONG_VALUE - 1
	blo	2f
	ldrb	r3, [r1], #1
	strb	r3, [r0], #1
	cmp	r3, #0
	bne	1b
	sub	r0, r1, r4
	sub	r0, r0, #1
2:	LEAVE_COPY

/* r3: a routine behind its look at the domains. User memory is open as long as it runs. */
opened:
	push	{r4, lr}
	SET_DOMAINS DOMAINS_OPEN
	blx	r3
	SET_DOMAINS DOMAINS_CLOSED
	pop	{r4, pc}

uaccess_code_end:

uaccess_failed:
	mvn	r0, #EFAULT_VALUE - 1
	LEAVE_COPY
