/* The interrupt controller (ARM Generic Interrupt Controller, architecture version 2, IHI 0048). */
#include "arch/arch.h"
#include "virt.h"
#include <dev/irq.h>

#define DISTRIBUTOR 0x08000000
#define CPU_INTERFACE 0x08010000

#define ENABLE device_register(DISTRIBUTOR)
#define ENABLE_SET(n) device_register(DISTRIBUTOR + 0x100 + (n) * 4)
#define ENABLE_CLEAR(n) device_register(DISTRIBUTOR + 0x180 + (n) * 4)
#define PRIORITY(n) device_register(DISTRIBUTOR + 0x400 + (n) * 4)
#define TARGETS(n) device_register(DISTRIBUTOR + 0x800 + (n) * 4)

#define CPU_ENABLE device_register(CPU_INTERFACE)
#define CPU_PRIORITY_MASK device_register(CPU_INTERFACE + 0x04)
#define ACKNOWLEDGE device_register(CPU_INTERFACE + 0x0c)
#define END_OF_INTERRUPT device_register(CPU_INTERFACE + 0x10)

#define FIRST_SHARED 32		  /* the lines below are each CPU's own */
#define ALL_FOUR(byte) ((byte) * 0x01010101u) /* four lines have a byte each in a register */
#define LINE_MASK 0x3ff		  /* the line in what was acknowledged */
#define SPURIOUS 1020		  /* from here on there is none */

void
arch_irq_enable(unsigned irq)
{
	*ENABLE_SET(irq / 32) = 1u << irq % 32;
}

void
arch_irq_disable(unsigned irq)
{
	*ENABLE_CLEAR(irq / 32) = 1u << irq % 32;
}

void
gic_init(void)
{
	for (unsigned irq = 0; irq < IRQ_LINES; irq += 32)
		*ENABLE_CLEAR(irq / 32) = ~0u;
	for (unsigned irq = 0; irq < IRQ_LINES; irq += 4)
		*PRIORITY(irq / 4) = ALL_FOUR(0xa0u); /* all the same, and let through below */
	for (unsigned irq = FIRST_SHARED; irq < IRQ_LINES; irq += 4)
		*TARGETS(irq / 4) = ALL_FOUR(1u); /* this CPU */
	*CPU_PRIORITY_MASK = 0xf0;
	*CPU_ENABLE = 1;
	*ENABLE = 1;
}

/* A door for vectors.S. */
void
trap_interrupt(struct trap_frame *frame)
{
	uint32_t acknowledged = *ACKNOWLEDGE;

	(void)frame;
	if ((acknowledged & LINE_MASK) >= SPURIOUS)
		return;
	*END_OF_INTERRUPT = acknowledged;
	irq_dispatch(acknowledged & LINE_MASK);
}
