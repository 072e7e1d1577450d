/* Interrupt lines: which handler each one has. */
#include "arch/arch.h"
#include <dev/console.h>
#include <dev/irq.h>

static void (*handlers[IRQ_LINES])(void);

void
irq_register(unsigned irq, void (*handler)(void))
{
	assert(irq < IRQ_LINES && !handlers[irq]);
	handlers[irq] = handler;
	arch_irq_enable(irq);
}

/* A line without a handler was never let in: what comes on it is the controller's own noise. */
void
irq_dispatch(unsigned irq)
{
	if (irq < IRQ_LINES && handlers[irq])
		handlers[irq]();
}
