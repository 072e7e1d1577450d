/* Pages and the address map of this port.
 *
 *     0x00000000  never mapped (NULL)
 *     0x00010000  the program; its heap above it
 *     0x40000000  SHM_VBASE: attaches and mmap, upward
 *     0xBExxxxxx  the stack, downward from USER_STACK_TOP
 *     0xBF000000  nothing (Linux's TASK_SIZE)
 *     0xC0000000  KERNEL_BASE: RAM, which begins at physical RAM_BASE, for the kernel alone
 *     0xF8000000  devices, from physical 0x08000000 on (cpu.h)
 */
#ifndef MACHINE_PAGE_H
#define MACHINE_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1ul << PAGE_SHIFT)
#define PAGE_MASK (PAGE_SIZE - 1)

#define KERNEL_BASE 0xC0000000ul
#define RAM_BASE 0x40000000ul		/* of QEMU's virt: its physical address */
#define KERNEL_RAM_MAX (896ul << 20)	/* bytes of RAM mapped at KERNEL_BASE */

#define USER_START 0x00001000ul /* the lowest address a user may map */
#define USER_END 0xBF000000ul	/* one past the highest user address */
#define USER_STACK_TOP 0xBEFFF000ul

#define KSTACK_ORDER 1 /* a kernel stack, with its struct task at the bottom: 2^1 page frames */
#define KSTACK_SIZE (PAGE_SIZE << KSTACK_ORDER)

/*
 * AT_HWCAP: what the CPU can do that user space must be told (Linux, uapi/asm/hwcap.h): half-word
 * loads, Thumb, long multiplication, VFP with its versions 3 and 4 and 32 registers, DSP
 * instructions, NEON, the thread register, division in both instruction sets, LPAE.
 */
#define ARCH_HWCAP 0x1fb0d6
#define ARCH_PLATFORM "v7l" /* AT_PLATFORM: the CPU by name */

#ifndef SHM_VBASE
#define SHM_VBASE 0x40000000ul
#endif

#endif
