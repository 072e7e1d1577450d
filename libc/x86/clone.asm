; int clone(int (*function)(void *), void *stack, int flags, void *argument,
;           int *parent_tid, void *tls, int *child_tid)
; The child begins on its own stack, calls function(argument), and exits with what that returns.

	global	clone
	extern	syscall_failed

CLONE	equ	120
EXIT	equ	1

	section .text
clone:
	push	ebx
	push	esi
	push	edi
	mov	ecx, [esp + 20]		; the stack, with the function and its argument on it
	and	ecx, -16
	sub	ecx, 16
	mov	eax, [esp + 16]
	mov	[ecx + 12], eax
	mov	eax, [esp + 28]
	mov	[ecx], eax
	mov	ebx, [esp + 24]
	mov	edx, [esp + 32]
	mov	esi, [esp + 36]
	mov	edi, [esp + 40]
	mov	eax, CLONE
	int	0x80
	test	eax, eax
	jz	.child
	pop	edi
	pop	esi
	pop	ebx
	cmp	eax, -4095
	jae	syscall_failed
	ret
.child:
	xor	ebp, ebp
	call	[esp + 12]
	mov	ebx, eax
	mov	eax, EXIT
	int	0x80
