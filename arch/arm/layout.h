/*
 * What assembly and C must know alike, and the assembler can read: addresses, the CPU's modes,
 * control registers. "ARM ARM" is the ARM Architecture Reference Manual, ARMv7-A and ARMv7-R
 * edition (DDI 0406C).
 */
#ifndef ARM_LAYOUT_H
#define ARM_LAYOUT_H

/*
 * The address map, without the suffixes that C wants; machine/page.h says the same, and init.c
 * asserts that they agree.
 */
#define RAM_START 0x40000000
#define RAM_MIB 896
#define USER_LIMIT 0xBF000000
#define STACK_SHIFT 13
#define STACK_SIZE (1 << STACK_SHIFT)
#define KERNEL_OFFSET 0x80000000 /* from where RAM is to where the kernel sees it */
#define DEVICE_OFFSET 0xF0000000 /* the same for devices */
#define DEVICES 0x08000000	 /* where they begin: interrupt controller, serial port, clock */
#define DEVICE_MIB 48

/* CPSR (ARM ARM B1.3.3). FIQs are nobody's here. */
#define MODE_USER 0x10
#define MODE_SVC 0x13
#define CPSR_FIQ_OFF 0x40

/*
 * A first-level entry that maps 1 MiB (B3.5.1), as it is read under SCTLR.AFE (B3.7, "The
 * Access flag"): the kernel's alone, writable, accessed; domain 0.
 */
#define SECTION 0x00000402
#define SECTION_NO_EXEC 0x10
#define SECTION_DEVICE 0x1000 /* TEX[0] */

/*
 * What the bits TEX[0], C and B of an entry mean (B3.8, "with TEX remap"; NMRR, B4.1.110;
 * PRRR, B4.1.127): without TEX[0] ordinary memory, cached, written back; with it a device. So C and
 * B are ours in entries for memory, as TEX[2:1] always are.
 */
#define PRRR_VALUE 0x000345aa
#define NMRR_VALUE 0x00550055

/* TTBR0: table walks look into the caches, which hold memory as above (B4.1.154). */
#define TTBR_CACHED 0x48

/* Domains (B3.7.3): 0 is the kernel's, 1 holds user memory. */
#define DOMAINS_OPEN 0x5   /* both as their entries say */
#define DOMAINS_CLOSED 0x1 /* guard=1, in the kernel: no access to user memory */

/* SCTLR (B4.1.130): what we want set, and what we want clear. */
#define SCTLR_SET 0x30001805   /* AFE, TRE, I, Z, C, M */
#define SCTLR_CLEAR 0x42002002 /* TE, EE, V, A */

/* struct trap_frame */
#define FRAME_SIZE 72
#define FRAME_CPSR 68

#define EFAULT_VALUE 14
#define ENAMETOOLONG_VALUE 36

#endif
