/* Bring-up of the machine, in order. */
#include "arch/arch.h"
#include "arch/pc/pc.h"
#include "cpu.h"
#include <dev/console.h>

void
arch_init(void)
{
	serial_init();
	vga_init();
	cpu_init();
	double_fault_init();
	fpu_init();
	multiboot_read();
	mmu_init();
	/* layout.inc agrees with machine/page.h */
	assert(boot_stack_end - boot_stack == KSTACK_SIZE);
	assert((char *)arch_current() == boot_stack);
}

void
arch_idle(void)
{
	/* An interrupt cannot come between the two: sti takes effect after the next instruction. */
	__asm__ volatile("sti\n\thlt\n\tcli" : : : "memory");
}

/* sti takes effect after the next instruction. */
void
arch_take_interrupts(void)
{
	__asm__ volatile("sti\n\tnop\n\tcli" : : : "memory");
}
