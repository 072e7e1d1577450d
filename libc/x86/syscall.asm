; long syscall(long number, ...): a system call of Linux for i386. The number goes in eax, up to
; six arguments in ebx, ecx, edx, esi, edi and ebp; the answer comes back in eax, and is an error
; number negated if it lies in -4095..-1. The kernel preserves the other registers.

	global	syscall, syscall_failed
	extern	errno

	section .text
syscall:
	push	ebp
	push	ebx
	push	esi
	push	edi
	mov	eax, [esp + 20]
	mov	ebx, [esp + 24]
	mov	ecx, [esp + 28]
	mov	edx, [esp + 32]
	mov	esi, [esp + 36]
	mov	edi, [esp + 40]
	mov	ebp, [esp + 44]
	int	0x80
	pop	edi
	pop	esi
	pop	ebx
	pop	ebp
	cmp	eax, -4095
	jae	syscall_failed
	ret
syscall_failed:			; where vfork and clone go, too
	neg	eax
	mov	[errno], eax
	mov	eax, -1
	ret
