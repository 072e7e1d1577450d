; setjmp and longjmp: the registers that a called function must preserve, its caller's stack
; pointer, and where it returns to.

	global	setjmp
	global	longjmp

	section .text
setjmp:
	mov	edx, [esp + 4]
	mov	[edx], ebx
	mov	[edx + 4], esi
	mov	[edx + 8], edi
	mov	[edx + 12], ebp
	lea	ecx, [esp + 4]		; the caller's esp once we have returned
	mov	[edx + 16], ecx
	mov	ecx, [esp]
	mov	[edx + 20], ecx
	xor	eax, eax
	ret

longjmp:
	mov	edx, [esp + 4]
	mov	eax, [esp + 8]
	cmp	eax, 1			; a value of 0 arrives as 1
	adc	eax, 0
	mov	ebx, [edx]
	mov	esi, [edx + 4]
	mov	edi, [edx + 8]
	mov	ebp, [edx + 12]
	mov	esp, [edx + 16]
	jmp	[edx + 20]
