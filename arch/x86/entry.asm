; Into the kernel and out again. One trap frame for everything: exceptions, interrupts, int 0x80.
;
; From user mode the CPU takes esp from the TSS, which is the top of the task's kernel stack, so
; there the frame is always at the same place (arch_task_frame). From kernel mode it lies wherever
; the stack was, without esp and ss. All gates are interrupt gates: interrupts stay off until iret
; (SDM vol. 3, 6.12.1.3).

%include "layout.inc"

extern trap_exception, trap_page_fault, trap_interrupt
extern syscall_dispatch, return_to_user

FRAME_CS	equ 52			; offset of cs in struct trap_frame

; Save the rest of struct trap_frame, the error code and the vector being there; make the kernel's
; data segments and flags; call the C function with the frame's address.
%macro SAVE_AND_CALL 1
	push	ds
	push	es
	pusha
	mov	ecx, KERNEL_DS
	mov	ds, ecx
	mov	es, ecx
	cld
	push	esp
	call	%1
	add	esp, 4
%endmacro

; How the CPU comes in: with an error code, or with none and we push a 0.
%macro TRAP_WITH_ERROR 2
trap_%1:
	push	%1
	jmp	%2
%endmacro
%macro TRAP 2
trap_%1:
	push	0
	push	%1
	jmp	%2
%endmacro

section .text
global trap_code, trap_code_end, system_call, leave_to_user, arch_enter_user

trap_code:

system_call:
	push	0
	push	0x80
	SAVE_AND_CALL syscall_dispatch

; The way out to user mode; esp points to the frame. The running task's struct is where the stack
; begins, and its first word says whether there is something to do first (task/task.h: attention).
leave_to_user:
	mov	eax, esp
	and	eax, -KSTACK_SIZE
	cmp	dword [eax], 0
	jne	attend
restore:
	popa
	pop	es
	pop	ds
	add	esp, 8				; vector and error code
	iret

attend:
	push	esp
	call	return_to_user
	add	esp, 4
	jmp	leave_to_user

page_fault:
	SAVE_AND_CALL trap_page_fault
leave:
	test	byte [esp + FRAME_CS], 3
	jnz	leave_to_user
	jmp	restore

exception:
	SAVE_AND_CALL trap_exception
	jmp	leave

interrupt:
	SAVE_AND_CALL trap_interrupt
	jmp	leave

; The vectors with an error code: SDM vol. 3, table 6-1. 8, the double fault, has a task gate
; instead.
%assign vector 0
%rep 32
    %if vector == 14
	TRAP_WITH_ERROR 14, page_fault
    %elif (vector >= 10 && vector <= 13) || vector == 17 || vector == 21
	TRAP_WITH_ERROR vector, exception
    %else
	TRAP vector, exception
    %endif
    %assign vector vector + 1
%endrep
%rep 16
	TRAP vector, interrupt
    %assign vector vector + 1
%endrep

trap_code_end:

; _Noreturn void arch_enter_user(struct trap_frame *frame)
arch_enter_user:
	mov	esp, [esp + 4]
	jmp	leave_to_user

section .rodata
global trap_stubs
trap_stubs:
%assign vector 0
%rep 48
	dd trap_%[vector]
    %assign vector vector + 1
%endrep
