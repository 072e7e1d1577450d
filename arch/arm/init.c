/* Bring-up of the machine, in order. */
#include "arch/arch.h"
#include "arch/virt/virt.h"
#include "cpu.h"
#include <abi/errno.h>
#include <dev/console.h>

/* layout.h says for the assembler what machine/page.h says for C. */
_Static_assert(RAM_START == RAM_BASE && RAM_MIB == KERNEL_RAM_MAX >> 20, "layout.h: RAM");
_Static_assert(RAM_BASE + KERNEL_OFFSET == KERNEL_BASE, "layout.h: KERNEL_OFFSET");
_Static_assert(USER_LIMIT == USER_END && STACK_SIZE == KSTACK_SIZE, "layout.h: sizes");
_Static_assert(EFAULT_VALUE == EFAULT && ENAMETOOLONG_VALUE == ENAMETOOLONG, "layout.h: errors");

void
arch_init(void)
{
	pl011_init();
	clock_start();
	device_tree_read();
	mmu_init();
	assert((char *)arch_current() == boot_stack);
}

void
arch_devices_init(void)
{
	guard_init();
	gic_init();
	timer_start_ticks();
	pl011_start();
}

void
arch_idle(void)
{
	/*
	 * wfi ends with an interrupt even when none is let in (ARM ARM B1.8.14), so none can be
	 * missed between looking for work and waiting.
	 */
	__asm__ volatile("dsb\n\twfi\n\tcpsie i\n\tisb\n\tcpsid i" : : : "memory");
}

void
arch_take_interrupts(void)
{
	__asm__ volatile("cpsie i\n\tisb\n\tcpsid i" : : : "memory");
}
