/*
 * A double fault means that the CPU could not even enter the handler of a fault: most often because
 * the kernel's stack is gone. So this one exception switches to a whole other task of the
 * hardware's kind, with a stack of its own (SDM vol. 3, 6.12.2 and 8.2.1), and finds in the main
 * TSS where the CPU was.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>

static struct task_state_segment tss;

/* Aligned as every kernel stack: arch_current() finds an empty struct task at its bottom. */
static uint8_t stack[KSTACK_SIZE]
	__attribute__((aligned(KSTACK_SIZE), section(".bss.aligned")));

static _Noreturn void
double_fault(void)
{
	console_status("double fault");
	console_begin();
	kprintf("double fault: the kernel's stack cannot be used\n");
	kprintf("eip 0x%08x  esp 0x%08x  ebp 0x%08x  cr2 0x%08lx\n", main_tss.eip, main_tss.esp,
		main_tss.ebp, read_cr2());
	backtrace_from(main_tss.eip, main_tss.ebp, 0);
	console_end();
	arch_halt(HALT_PANIC);
}

void
double_fault_init(void)
{
	tss.cr3 = physical_of(kernel_directory);
	tss.eip = (uint32_t)double_fault;
	/* As if called: a return address lies on top. */
	tss.esp = (uint32_t)stack + KSTACK_SIZE - sizeof(uint32_t);
	tss.eflags = EFLAGS_RESERVED;
	tss.cs = KERNEL_CS;
	tss.ss = tss.ds = tss.es = KERNEL_DS;
	tss.io_map = sizeof(tss);
	cpu_set_gdt(DOUBLE_FAULT_TSS >> 3,
		segment_descriptor((uint32_t)&tss, sizeof(tss) - 1, TSS_AVAILABLE, 0));
	cpu_set_task_gate(VECTOR_DOUBLE_FAULT, DOUBLE_FAULT_TSS);
}
