/*
 * Deliberate bugs that only this machine can have (boot argument bug=): what tells them apart is
 * tested with them.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <lib/string.h>

/* The stack is gone, and the next push faults: so does entering that fault's handler. */
static void
double_fault(void)
{
	__asm__ volatile("xorl %esp, %esp\n\tpushl $0");
}

/* No gates at all: the CPU gives up and resets (SDM vol. 3, 6.15: shutdown). */
static void
triple_fault(void)
{
	static const struct {
		uint16_t limit;
		uint32_t base;
	} __attribute__((packed)) no_gates;

	__asm__ volatile("lidt %0\n\tint3" : : "m"(no_gates));
}

void
arch_bug(const char *name)
{
	if (strcmp(name, "double") == 0)
		double_fault();
	else if (strcmp(name, "reset") == 0)
		triple_fault();
}
