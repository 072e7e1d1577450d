/*
 * The tables that the CPU reads: segments (GDT), the task state (TSS) that tells it the kernel's
 * stack, and the gates (IDT) that lead to entry.asm. Segments are flat: they separate user from
 * kernel mode, and paging does the rest.
 */
#include "cpu.h"

/* Type bytes of descriptors, with P, DPL and S (SDM vol. 3, 3.4.5.1 and 3.5). */
#define KERNEL_CODE 0x9a
#define KERNEL_DATA 0x92
#define USER_CODE 0xfa
#define USER_DATA 0xf2
#define FLAT 0xc /* limit in pages, 32 bits */

#define INTERRUPT_GATE 0x8e00
#define TASK_GATE 0x8500
#define FROM_USER 0x6000 /* DPL 3: int may be used in user mode */

#define GDT_ENTRIES 18
#define IDT_ENTRIES (VECTOR_SYSCALL + 1)

static uint64_t gdt[GDT_ENTRIES];
static uint64_t idt[IDT_ENTRIES];
struct task_state_segment main_tss;

struct table_register {
	uint16_t limit;
	const void *base;
} __attribute__((packed));

uint64_t
segment_descriptor(uint32_t base, uint32_t limit, unsigned type, unsigned flags)
{
	uint32_t low = base << 16 | (limit & 0xffff);
	uint32_t high = (base & 0xff000000) | flags << 20 | (limit & 0xf0000) | type << 8 |
		(base >> 16 & 0xff);

	return (uint64_t)high << 32 | low;
}

void
cpu_set_gdt(unsigned index, uint64_t descriptor)
{
	gdt[index] = descriptor;
}

/* SDM vol. 3, 6.11. */
static uint64_t
gate(uint16_t selector, uint32_t entry, unsigned type)
{
	uint32_t low = (uint32_t)selector << 16 | (entry & 0xffff);
	uint32_t high = (entry & 0xffff0000) | type;

	return (uint64_t)high << 32 | low;
}

void
cpu_set_task_gate(unsigned vector, uint16_t selector)
{
	idt[vector] = gate(selector, 0, TASK_GATE);
}

void
cpu_set_kernel_stack(vaddr_t top)
{
	main_tss.esp0 = top;
}

static void
fill_gdt(void)
{
	gdt[KERNEL_CS >> 3] = segment_descriptor(0, 0xfffff, KERNEL_CODE, FLAT);
	gdt[KERNEL_DS >> 3] = segment_descriptor(0, 0xfffff, KERNEL_DATA, FLAT);
	gdt[USER_CS >> 3] = segment_descriptor(0, 0xfffff, USER_CODE, FLAT);
	gdt[USER_DS >> 3] = segment_descriptor(0, 0xfffff, USER_DATA, FLAT);

	main_tss.ss0 = KERNEL_DS;
	main_tss.io_map = sizeof(main_tss); /* beyond the limit: no port for user mode */
	gdt[MAIN_TSS >> 3] =
		segment_descriptor((uint32_t)&main_tss, sizeof(main_tss) - 1, TSS_AVAILABLE, 0);
}

static void
fill_idt(void)
{
	for (unsigned vector = 0; vector < 48; vector++)
		idt[vector] = gate(KERNEL_CS, trap_stubs[vector], INTERRUPT_GATE);
	/* int3 and into are for programs too. */
	idt[3] = gate(KERNEL_CS, trap_stubs[3], INTERRUPT_GATE | FROM_USER);
	idt[4] = gate(KERNEL_CS, trap_stubs[4], INTERRUPT_GATE | FROM_USER);
	idt[VECTOR_SYSCALL] =
		gate(KERNEL_CS, (uint32_t)system_call, INTERRUPT_GATE | FROM_USER);
}

/* The segment registers keep what they had until they are loaded again. */
static void
load_segments(void)
{
	__asm__ volatile("ljmp %0, $1f\n1:\n\t"
			 "movw %w1, %%ds\n\t"
			 "movw %w1, %%es\n\t"
			 "movw %w1, %%ss\n\t"
			 "movw %w2, %%fs\n\t"
			 "movw %w2, %%gs"
			 :
			 : "i"(KERNEL_CS), "r"(KERNEL_DS), "r"(0)
			 : "memory");
}

void
cpu_init(void)
{
	struct table_register gdt_register = {sizeof(gdt) - 1, gdt};
	struct table_register idt_register = {sizeof(idt) - 1, idt};

	fill_gdt();
	fill_idt();
	__asm__ volatile("lgdt %0" : : "m"(gdt_register));
	load_segments();
	__asm__ volatile("lidt %0" : : "m"(idt_register));
	__asm__ volatile("ltr %w0" : : "r"(MAIN_TSS));
}

uint64_t
arch_cycles(void)
{
	uint64_t count;

	__asm__ volatile("rdtsc" : "=A"(count));
	return count;
}
