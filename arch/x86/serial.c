/*
 * The first serial port, a 16550: written to by polling, so that it works in a panic; read by
 * interrupt.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/irq.h>
#include <file/file.h>

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

#define NOTHING (-1)

static int held = NOTHING; /* the byte that found the console's ring full */

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

/*
 * All that came, until the ring is full: then the rest stays in the port, which holds the sender
 * back, and there are no interrupts until serial_resume().
 */
static void
serial_interrupt(void)
{
	while (held == NOTHING && (inb(COM1 + LINE_STATUS) & RECEIVED)) {
		uint8_t byte = inb(COM1 + DATA);

		if (!console_input(byte))
			held = byte;
	}
}

void
serial_resume(void)
{
	int byte = held;

	if (byte == NOTHING)
		return;
	held = NOTHING;
	if (console_input(byte))
		serial_interrupt();
	else
		held = byte;
}

void
serial_start(void)
{
	irq_register(SERIAL_IRQ, serial_interrupt);
	outb(COM1 + INTERRUPT_ENABLE, RECEIVED);
}
