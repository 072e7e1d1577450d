/*
 * Into the kernel and out again. One trap frame for everything: svc, undefined instructions,
 * aborts, interrupts.
 *
 * Each exception has a mode with a stack pointer and a link register of its own (ARM ARM B1.3.2),
 * but all frames go onto the task's kernel stack, which is SVC mode's: srs puts there what the CPU
 * saved, cps goes there. From user mode that stack is empty, so there the frame is always at the
 * same place (arch_task_frame). Interrupts stay off until rfe.
 *
 * Under guard=1 the kernel must not reach user memory: the same code once more, which shuts and
 * opens the domain of user memory on its way in and out. (For the rest of us that would cost a
 * change of DACR with its barrier twice for each system call.)
 */
#include "layout.h"

	.macro	SET_DOMAINS value
	mov	r0, #\value
	mcr	p15, 0, r0, c3, c0, 0
	isb				/* ARM ARM B3.15.5 */
	.endm

/* lr is `adjust` bytes beyond the address to go back to (ARM ARM table B1-7). */
	.macro	SAVE adjust, guarded
	.if	\adjust
	sub	lr, lr, #\adjust
	srsdb	sp!, #MODE_SVC
	cps	#MODE_SVC
	.else
	srsdb	sp!, #MODE_SVC
	.endif
	stmdb	sp, {r0-lr}^
	str	lr, [sp, #-64]!
	.if	\guarded
	SET_DOMAINS DOMAINS_CLOSED
	.endif
	mov	r0, sp
	.endm

/* All of it, with names that begin with \prefix. */
	.macro	TRAPS prefix, guarded
	.balign	32			/* VBAR, ARM ARM B4.1.156 */
	.global	\prefix\()vectors
\prefix\()vectors:
	b	.			/* reset: does not come here */
	b	\prefix\()undefined_instruction
	b	\prefix\()system_call
	b	\prefix\()prefetch_abort
	b	\prefix\()data_abort
	b	.			/* of hypervisors */
	b	\prefix\()interrupt
	b	.			/* fast interrupts: never let in */

\prefix\()system_call:
	SAVE	0, \guarded
	cmp	r7, #0xf0000		/* ARM's own calls: not in the table */
	bhs	\prefix\()machine_call
	bl	syscall_dispatch

/*
 * The way out to user mode; sp points to the frame. The running task's struct is where the stack
 * begins, and its first word says whether there is something to do first (task/task.h: attention).
 */
\prefix\()leave_to_user:
	mov	r0, sp
	bfc	r0, #0, #STACK_SHIFT
	ldr	r0, [r0]
	cmp	r0, #0
	bne	\prefix\()attend
	.if	\guarded
	SET_DOMAINS DOMAINS_OPEN
	.endif
	ldmib	sp, {r0-lr}^
	add	sp, sp, #64
	rfeia	sp!

\prefix\()attend:
	mov	r0, sp
	bl	return_to_user
	b	\prefix\()leave_to_user

\prefix\()machine_call:
	bl	trap_machine_call
	b	\prefix\()leave_to_user

/*
 * An abort that came in abort mode: the kernel's stack could not take the frame. Nobody uses that
 * mode's own stack pointer, so there is a register to look with.
 */
\prefix\()data_abort:
	mrs	sp, spsr
	tst	sp, #4			/* abort mode, 0x17, alone has it */
	bne	double_fault_entry
	SAVE	8, \guarded
	bl	trap_data_abort
\prefix\()leave:
	ldr	r0, [sp, #FRAME_CPSR]
	tst	r0, #15
	beq	\prefix\()leave_to_user
	ldr	lr, [sp], #4
	ldmia	sp!, {r0-r12}
	add	sp, sp, #8		/* user mode's sp and lr are still there */
	rfeia	sp!

\prefix\()prefetch_abort:
	SAVE	4, \guarded
	bl	trap_prefetch_abort
	b	\prefix\()leave

\prefix\()undefined_instruction:
	SAVE	4, \guarded
	bl	trap_undefined
	b	\prefix\()leave

\prefix\()interrupt:
	SAVE	4, \guarded
	bl	trap_interrupt
	b	\prefix\()leave
	.endm

	.text
	.global	trap_code, trap_code_end, leave_to_user, guarded_leave_to_user
	.global	arch_enter_user
trap_code:
	TRAPS	, 0
	TRAPS	guarded_, 1
trap_code_end:

double_fault_entry:
	cps	#MODE_SVC
	mov	r0, sp
	mov	r1, lr
	mov	r2, fp
	ldr	sp, =double_fault_stack
	ldr	sp, [sp]
	b	double_fault

/* _Noreturn void arch_enter_user(struct trap_frame *frame) */
arch_enter_user:
	mov	sp, r0
	ldr	r0, =leave_for_first_time
	ldr	pc, [r0]
	.ltorg
