/*
 * The first serial port, a 16550: written to by polling, so that it works in a panic; read by
 * interrupt.
 */
#include "arch/arch.h"
#include "pc.h"
#include <dev/irq.h>

#define COM1 0x3f8
#define SERIAL_IRQ 4

#define DATA 0		   /* with DLAB: the divisor's low byte */
#define INTERRUPT_ENABLE 1 /* with DLAB: its high byte */
#define FIFO_CONTROL 2
#define LINE_CONTROL 3
#define MODEM_CONTROL 4
#define LINE_STATUS 5

#define DLAB 0x80
#define EIGHT_BITS 0x03	    /* no parity, one stop bit */
#define FIFO_ON 0x07	    /* and emptied; an interrupt for every byte */
#define DTR_RTS_OUT2 0x0b   /* OUT2 lets the interrupt through to the controller */
#define RECEIVED 0x01	    /* line status, and its interrupt's bit */
#define TRANSMIT_EMPTY 0x20 /* line status */

void
serial_init(void)
{
	outb(COM1 + INTERRUPT_ENABLE, 0);
	outb(COM1 + LINE_CONTROL, DLAB | EIGHT_BITS);
	outb(COM1 + DATA, 1); /* 115200 / 1 baud */
	outb(COM1 + INTERRUPT_ENABLE, 0);
	outb(COM1 + LINE_CONTROL, EIGHT_BITS);
	outb(COM1 + FIFO_CONTROL, FIFO_ON);
	outb(COM1 + MODEM_CONTROL, DTR_RTS_OUT2);
}

void
serial_putc(char c)
{
	while (!(inb(COM1 + LINE_STATUS) & TRANSMIT_EMPTY))
		;
	outb(COM1 + DATA, c);
}

static int
next_byte(void)
{
	return inb(COM1 + LINE_STATUS) & RECEIVED ? inb(COM1 + DATA) : NO_INPUT;
}

/* While the console is full there are no interrupts: those bytes have had theirs. */
static void
serial_interrupt(void)
{
	input_deliver(next_byte);
}

void
arch_console_ready(void)
{
	serial_interrupt();
}

void
serial_start(void)
{
	irq_register(SERIAL_IRQ, serial_interrupt);
	outb(COM1 + INTERRUPT_ENABLE, RECEIVED);
}
