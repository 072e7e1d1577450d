/*
 * The kernel's stack could not take a trap frame: it is gone. vectors.S comes here on a stack of
 * its own, with what is left in the registers of the kernel's mode.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>

/* Aligned as every kernel stack: arch_current() finds an empty struct task at its bottom. */
static uint8_t stack[KSTACK_SIZE]
	__attribute__((aligned(KSTACK_SIZE), section(".bss.aligned")));
void *const double_fault_stack = stack + KSTACK_SIZE;

/* A door for vectors.S. */
_Noreturn void
double_fault(uint32_t sp, uint32_t lr, uint32_t fp)
{
	console_status("double fault");
	console_begin();
	kprintf("double fault: the kernel's stack cannot be used\n");
	kprintf("sp 0x%08x  lr 0x%08x  fp 0x%08x  dfar 0x%08x\n", sp, lr, fp, read_dfar());
	backtrace_from(lr, fp, 1);
	console_end();
	arch_halt(HALT_PANIC);
}
