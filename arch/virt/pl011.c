/*
 * The serial port, a PL011 (ARM DDI 0183): written to by polling, so that it works in a panic; read
 * by interrupt.
 */
#include "arch/arch.h"
#include "virt.h"
#include <dev/irq.h>

#define PL011 0x09000000
#define PL011_IRQ 33

#define DATA device_register(PL011 + 0x00)
#define FLAGS device_register(PL011 + 0x18)
#define LINE_CONTROL device_register(PL011 + 0x2c)
#define CONTROL device_register(PL011 + 0x30)
#define INTERRUPT_MASK device_register(PL011 + 0x38)

#define RECEIVE_EMPTY 0x10 /* flags */
#define TRANSMIT_FULL 0x20
#define EIGHT_BITS_FIFO 0x70 /* no parity, one stop bit */
#define ENABLE 0x301	     /* the port, transmitter and receiver */
#define RECEIVED 0x50	     /* bytes came, or some came and then no more */

void
pl011_init(void)
{
	*INTERRUPT_MASK = 0;
	*LINE_CONTROL = EIGHT_BITS_FIFO;
	*CONTROL = ENABLE;
}

void
arch_putc(char c)
{
	while (*FLAGS & TRANSMIT_FULL)
		;
	*DATA = (uint8_t)c;
}

static int
next_byte(void)
{
	return *FLAGS & RECEIVE_EMPTY ? NO_INPUT : (uint8_t)*DATA;
}

/* While the console is full, the interrupt, which would not end, is off. */
static void
pl011_interrupt(void)
{
	*INTERRUPT_MASK = input_deliver(next_byte) ? RECEIVED : 0;
}

void
arch_console_ready(void)
{
	pl011_interrupt();
}

void
pl011_start(void)
{
	irq_register(PL011_IRQ, pl011_interrupt);
	*INTERRUPT_MASK = RECEIVED;
}
