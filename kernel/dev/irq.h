/* Interrupt lines and their handlers. A handler only wakes: it neither allocates nor sleeps. */
#ifndef DEV_IRQ_H
#define DEV_IRQ_H

#define IRQ_LINES 128

/* Install the handler of a line (one each) and let the line in. Panics if it is taken. */
void irq_register(unsigned irq, void (*handler)(void));
/* A door: arch calls it with interrupts off, after acknowledging to the controller. */
void irq_dispatch(unsigned irq);

#endif
