; pid_t vfork(void). The child returns first, on its parent's stack, and may write over what lies
; below it: so the return address is kept in a register, which each of the two has to itself.

	global	vfork
	extern	syscall_failed

VFORK	equ	190

	section .text
vfork:
	pop	ecx
	mov	eax, VFORK
	int	0x80
	push	ecx
	cmp	eax, -4095
	jae	syscall_failed
	ret
