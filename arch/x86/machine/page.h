/* Pages and the address map of this port.
 *
 *     0x00000000  never mapped (NULL)
 *     0x08048000  the program; its heap above it
 *     0x40000000  SHM_VBASE: attaches and mmap, upward
 *     0xBFxxxxxx  the stack, downward from USER_STACK_TOP
 *     0xC0000000  KERNEL_BASE: physical memory, one to one, for the kernel alone
 */
#ifndef MACHINE_PAGE_H
#define MACHINE_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1ul << PAGE_SHIFT)
#define PAGE_MASK (PAGE_SIZE - 1)

#define KERNEL_BASE 0xC0000000ul
#define RAM_BASE 0ul		     /* its physical address */
#define KERNEL_RAM_MAX (896ul << 20) /* bytes of RAM mapped at KERNEL_BASE */

#define USER_START 0x00001000ul /* the lowest address a user may map */
#define USER_END 0xC0000000ul	/* one past the highest user address */
#define USER_STACK_TOP 0xBFFFF000ul

#define KSTACK_ORDER 1 /* a kernel stack, with its struct task at the bottom: 2^1 page frames */
#define KSTACK_SIZE (PAGE_SIZE << KSTACK_ORDER)

#define ARCH_HWCAP 0 /* AT_HWCAP: what the CPU can do that user space must be told */
#define ARCH_PLATFORM "i686" /* AT_PLATFORM: the CPU by name */

#ifndef SHM_VBASE
#define SHM_VBASE 0x40000000ul
#endif

#endif
