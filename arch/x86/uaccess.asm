; The only instructions of the kernel that touch a program's memory. When one of them faults and the
; fault cannot be mended, trap.c goes on at uaccess_failed, which makes the routine return -EFAULT;
; therefore all have the same stack frame.

%include "layout.inc"

section .text
global uaccess_code, uaccess_code_end, uaccess_failed
global arch_copy_from_user, arch_copy_to_user, arch_zero_user, uaccess_copy_string

%macro ENTER_COPY 0
	push	ebp
	mov	ebp, esp
	push	esi
	push	edi
%endmacro

%macro LEAVE_COPY 0
	pop	edi
	pop	esi
	pop	ebp
	ret
%endmacro

; Go to %3 with eax = -EFAULT unless %2 bytes at %1 lie below USER_END.
%macro CHECK_RANGE 3
	mov	eax, -EFAULT
	mov	edx, USER_END
	sub	edx, %2
	jb	%3
	cmp	%1, edx
	ja	%3
%endmacro

; Run the string instruction %1 for ecx bytes: in words, then the rest.
%macro IN_WORDS 1
	mov	edx, ecx
	shr	ecx, 2
	rep	%1d
	mov	ecx, edx
	and	ecx, 3
	rep	%1b
%endmacro

uaccess_code:

; int arch_copy_from_user(void *to, const void *user, size_t size)
arch_copy_from_user:
	ENTER_COPY
	mov	edi, [ebp + 8]
	mov	esi, [ebp + 12]
	mov	ecx, [ebp + 16]
	CHECK_RANGE esi, ecx, .out
	IN_WORDS movs
	xor	eax, eax
.out:	LEAVE_COPY

; int arch_copy_to_user(void *user, const void *from, size_t size)
arch_copy_to_user:
	ENTER_COPY
	mov	edi, [ebp + 8]
	mov	esi, [ebp + 12]
	mov	ecx, [ebp + 16]
	CHECK_RANGE edi, ecx, .out
	IN_WORDS movs
	xor	eax, eax
.out:	LEAVE_COPY

; int arch_zero_user(void *user, size_t size)
arch_zero_user:
	ENTER_COPY
	mov	edi, [ebp + 8]
	mov	ecx, [ebp + 12]
	CHECK_RANGE edi, ecx, .out
	xor	eax, eax
	IN_WORDS stos
.out:	LEAVE_COPY

; long uaccess_copy_string(char *to, const char *user, size_t size)
; The length, or -ENAMETOOLONG when `size` bytes hold no NUL. The caller has checked the range.
uaccess_copy_string:
	ENTER_COPY
	mov	edi, [ebp + 8]
	mov	esi, [ebp + 12]
	mov	ecx, [ebp + 16]
	jecxz	.full
.next:	lodsb
	stosb
	test	al, al
	jz	.end
	dec	ecx
	jnz	.next
.full:	mov	eax, -ENAMETOOLONG
	LEAVE_COPY
.end:	lea	eax, [esi - 1]
	sub	eax, [ebp + 12]
	LEAVE_COPY

uaccess_code_end:

uaccess_failed:
	mov	eax, -EFAULT
	lea	esp, [ebp - 8]
	LEAVE_COPY
