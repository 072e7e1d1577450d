; From the boot loader to kmain: turn paging on and go on in the upper gigabyte.
;
; A multiboot 1 loader (GRUB, qemu -kernel) starts us at `start` in protected mode, paging off, with
; a flat address space and eax, ebx as the Multiboot Specification 0.6.96, 3.2 says (it makes the
; entry's address physical by the segment it lies in). We are linked at KERNEL_BASE + the place we
; are loaded at, so until paging is on every address must be made physical.

%include "layout.inc"

HEADER_MAGIC	equ 0x1BADB002
LOADER_MAGIC	equ 0x2BADB002
HEADER_FLAGS	equ 3			; modules on page boundaries, memory map wanted

CPUID_NEEDED	equ (1 << 24) | (1 << 13) | (1 << 4) | (1 << 3)	; FXSR, PGE, TSC, PSE
CR4_PSE		equ 1 << 4
CR0_PG_WP	equ (1 << 31) | (1 << 16)
LARGE_PAGE	equ 0x83		; present, writable, 4 MiB

COM1		equ 0x3F8

%define PHYSICAL(address) ((address) - KERNEL_BASE)

section .multiboot
	align 4
	dd HEADER_MAGIC, HEADER_FLAGS, -(HEADER_MAGIC + HEADER_FLAGS)

section .text
global start
extern kmain

start:
	mov	ecx, PHYSICAL(text_not_multiboot)
	cmp	eax, LOADER_MAGIC
	jne	refuse
	mov	[PHYSICAL(multiboot_info)], ebx

	mov	eax, 1
	cpuid
	mov	ecx, PHYSICAL(text_old_cpu)
	and	edx, CPUID_NEEDED
	cmp	edx, CPUID_NEEDED
	jne	refuse

	; All RAM that the kernel may use, one to one at KERNEL_BASE; and the first 4 MiB where we
	; run now.
	mov	edi, PHYSICAL(kernel_directory)
	mov	eax, LARGE_PAGE
	mov	[edi], eax
	add	edi, KERNEL_BASE >> 20		; 4 bytes for every 4 MiB
	mov	ecx, KERNEL_RAM_MAX >> 22
.fill:	stosd
	add	eax, 1 << 22
	loop	.fill

	mov	eax, cr4
	or	eax, CR4_PSE
	mov	cr4, eax
	mov	eax, PHYSICAL(kernel_directory)
	mov	cr3, eax
	mov	eax, cr0
	or	eax, CR0_PG_WP
	mov	cr0, eax
	mov	eax, .upper
	jmp	eax
.upper:
	mov	esp, boot_stack_end
	xor	ebp, ebp			; where backtraces end
	push	ebp
	jmp	kmain

; Nothing works yet: say it on the serial port and stop. ecx: the text's physical address.
refuse:
	mov	edx, COM1
.next:	mov	al, [ecx]
	test	al, al
	jz	.stop
	out	dx, al
	inc	ecx
	jmp	.next
.stop:	cli
	hlt
	jmp	.stop

section .rodata
text_not_multiboot: db "nopage: the boot loader does not speak Multiboot", 13, 10, 0
text_old_cpu:	db "nopage: this CPU lacks PSE, TSC, PGE or FXSR; a Pentium II has them", 13, 10, 0

section .bss
global kernel_directory, multiboot_info, boot_stack, boot_stack_end
	alignb 4096
kernel_directory: resb 4096
multiboot_info: resd 1

section .bss.aligned nobits alloc noexec write align=KSTACK_SIZE
	; The first task runs here; its struct task is the bottom of it, zeroed.
boot_stack: resb KSTACK_SIZE
boot_stack_end:
