; The first instructions of a program. The kernel leaves on the stack: the count of arguments,
; their addresses and a zero, those of the environment and a zero, and the auxiliary vector.

	global	_start
	extern	start_program

	section .text
_start:
	xor	ebp, ebp		; the outermost frame: backtraces end here
	mov	eax, esp
	and	esp, -16
	sub	esp, 12
	push	eax
	call	start_program		; does not return
