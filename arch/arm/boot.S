/*
 * From the boot loader to kmain: turn the MMU and the caches on and go on in the upper gigabyte.
 *
 * Whoever follows Linux's boot protocol (Documentation/arm/booting.rst; qemu -kernel with a raw
 * image) starts us at the image's first instruction in SVC mode, with MMU and data cache off and
 * clean, interrupts off, and the device tree's physical address in r2. We are linked at
 * KERNEL_OFFSET + the place we are loaded at, so until the MMU is on every address must be made
 * physical.
 */
#include "layout.h"

#define PHYSICAL(symbol) symbol - KERNEL_OFFSET
#define MIB 0x100000

	.section .text.boot, "ax", %progbits
	.global	start
start:
	cpsid	aif
	ldr	r4, =PHYSICAL(bss_start)	/* not part of a raw image */
	ldr	r5, =PHYSICAL(kernel_end)
	mov	r6, #0
1:	str	r6, [r4], #4
	cmp	r4, r5
	blo	1b
	ldr	r4, =PHYSICAL(device_tree)
	str	r2, [r4]

	/* RAM that the kernel may use at KERNEL_BASE, its first MiB where we run now, devices. */
	ldr	r4, =PHYSICAL(kernel_directory)
	ldr	r5, =RAM_START + SECTION
	add	r6, r4, #RAM_START >> 18	/* 4 bytes for every MiB */
	mov	r7, #1
	bl	map
	ldr	r5, =RAM_START + SECTION
	add	r6, r4, #(RAM_START + KERNEL_OFFSET) >> 18
	mov	r7, #RAM_MIB
	bl	map
	ldr	r5, =DEVICES + SECTION + SECTION_NO_EXEC + SECTION_DEVICE
	ldr	r6, =PHYSICAL(kernel_directory) + ((DEVICES + DEVICE_OFFSET) >> 18)
	mov	r7, #DEVICE_MIB
	bl	map

	mrc	p15, 0, r0, c1, c0, 1		/* ACTLR.SMP: before the caches are on (Cortex-A7 */
	orr	r0, r0, #0x40			/* and A15 manuals, 4.3 "Auxiliary Control") */
	mcr	p15, 0, r0, c1, c0, 1
	mov	r0, #0
	mcr	p15, 0, r0, c2, c0, 2		/* TTBCR: one table for all addresses */
	mcr	p15, 0, r0, c13, c0, 1		/* CONTEXTIDR: ASID 0 */
	mov	r0, #DOMAINS_OPEN
	mcr	p15, 0, r0, c3, c0, 0		/* DACR */
	ldr	r0, =PRRR_VALUE
	mcr	p15, 0, r0, c10, c2, 0
	ldr	r0, =NMRR_VALUE
	mcr	p15, 0, r0, c10, c2, 1
	orr	r0, r4, #TTBR_CACHED
	mcr	p15, 0, r0, c2, c0, 0		/* TTBR0 */
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL, ICIALLU, BPIALL: what they hold after */
	mcr	p15, 0, r0, c7, c5, 0		/* reset is unknown (ARM ARM B2.2, B3.9.3) */
	mcr	p15, 0, r0, c7, c5, 6
	dsb
	isb
	ldr	r1, =SCTLR_SET
	ldr	r2, =SCTLR_CLEAR
	mrc	p15, 0, r0, c1, c0, 0
	orr	r0, r0, r1
	bic	r0, r0, r2
	mcr	p15, 0, r0, c1, c0, 0		/* SCTLR: from here on addresses are virtual */
	isb
	ldr	pc, =upper

/* r7 sections from r5 on into the table at r6. */
map:
	str	r5, [r6], #4
	add	r5, r5, #MIB
	subs	r7, r7, #1
	bne	map
	bx	lr

upper:
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	mov	r0, #0xf << 20			/* CPACR: coprocessors 10 and 11, VFP and NEON */
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #1 << 30			/* FPEXC.EN */
	.fpu	neon-vfpv4
	vmsr	fpexc, r0
	mov	r0, #1
	mcr	p15, 0, r0, c9, c12, 0		/* PMCR.E; PMCNTENSET: count cycles */
	mov	r0, #1 << 31
	mcr	p15, 0, r0, c9, c12, 1
	ldr	sp, =boot_stack_end
	mov	fp, #0				/* where backtraces end */
	mov	lr, #0
	b	kmain
	.ltorg

	.global	kernel_directory, device_tree, boot_stack, boot_stack_end
	.section .bss.aligned, "aw", %nobits
	.balign	16384				/* ARM ARM B4.1.154 */
kernel_directory: .space 16384
	/* The first task runs here; its struct task is the bottom of it, zeroed. */
	.balign	STACK_SIZE
boot_stack: .space STACK_SIZE
boot_stack_end:

	.bss
	.balign	4
device_tree: .space 4
