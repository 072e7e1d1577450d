/* The two cascaded 8259 interrupt controllers of a PC (Intel 8259A data sheet). */
#include "arch/arch.h"
#include "cpu.h"
#include "pc.h"
#include <dev/irq.h>

#define MASTER 0x20
#define SLAVE 0xa0
#define DATA 1 /* offset of the mask register */

#define ICW1_INIT 0x11 /* with ICW4, edge-triggered, cascaded */
#define ICW4_8086 0x01
#define OCW2_EOI 0x20
#define OCW3_READ_ISR 0x0b
#define CASCADE 2 /* the master's line that the slave is on */

static uint16_t masked = 0xffff & ~(1 << CASCADE);

static void
write_mask(void)
{
	outb(MASTER + DATA, masked & 0xff);
	outb(SLAVE + DATA, masked >> 8);
}

void
arch_irq_enable(unsigned irq)
{
	masked &= ~(1u << irq);
	write_mask();
}

void
arch_irq_disable(unsigned irq)
{
	masked |= 1u << irq;
	write_mask();
}

static void
init_controller(uint16_t port, uint8_t vector, uint8_t cascade)
{
	outb(port, ICW1_INIT);
	outb(port + DATA, vector);
	outb(port + DATA, cascade);
	outb(port + DATA, ICW4_8086);
}

void
pic_init(void)
{
	init_controller(MASTER, VECTOR_IRQ, 1 << CASCADE);
	init_controller(SLAVE, VECTOR_IRQ + 8, CASCADE);
	write_mask();
}

/* A line that fell back too early is reported as the controller's last, but is not in service. */
static bool
is_spurious(unsigned irq)
{
	uint16_t port = irq < 8 ? MASTER : SLAVE;

	if (irq % 8 != 7)
		return false;
	outb(port, OCW3_READ_ISR);
	return !(inb(port) & 0x80);
}

static void
acknowledge(unsigned irq)
{
	if (irq >= 8)
		outb(SLAVE, OCW2_EOI);
	outb(MASTER, OCW2_EOI);
}

/* A door for entry.asm. */
void
trap_interrupt(struct trap_frame *frame)
{
	unsigned irq = frame->vector - VECTOR_IRQ;

	if (is_spurious(irq)) {
		if (irq >= 8)
			outb(MASTER, OCW2_EOI); /* the master did see the slave */
		return;
	}
	acknowledge(irq);
	irq_dispatch(irq);
}
