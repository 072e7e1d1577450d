/*
 * The PIT (Intel 8254): channel 0 counts down from DIVISOR at 1.193182 MHz, interrupts at 0 and
 * starts again. The clock is the ticks so far, and within a tick what the counter says.
 */
#include "arch/arch.h"
#include "pc.h"
#include <dev/irq.h>
#include <task/task.h>

#define CHANNEL_0 0x40
#define COMMAND 0x43
#define RATE_GENERATOR 0x34 /* channel 0, low byte then high, mode 2 */
#define LATCH_0 0x00

#define PIT_HZ 1193182u
#define DIVISOR ((PIT_HZ + HZ / 2) / HZ)
#define NS_PER_TICK ((uint32_t)(DIVISOR * 1000000000ull / PIT_HZ))

#define PIC_MASTER 0x20
#define OCW3_READ_IRR 0x0a
#define TIMER_IRQ 0

static uint64_t ticks_ns; /* at the last tick */
static uint64_t last_ns;  /* what arch_clock_ns said last */

static void
timer_interrupt(void)
{
	ticks_ns += NS_PER_TICK;
	clock_tick();
}

/* Counts since the counter last started again, 0 … DIVISOR - 1. */
static uint32_t
elapsed_counts(void)
{
	uint32_t counter;

	outb(COMMAND, LATCH_0);
	counter = inb(CHANNEL_0);
	counter |= inb(CHANNEL_0) << 8;
	return DIVISOR - counter;
}

/*
 * Interrupts are off in the kernel, so the counter may have started again without ticks_ns having
 * heard of it.
 */
static bool
tick_is_pending(void)
{
	outb(PIC_MASTER, OCW3_READ_IRR);
	return inb(PIC_MASTER) & (1 << TIMER_IRQ);
}

uint64_t
arch_clock_ns(void)
{
	uint32_t counts = elapsed_counts();
	/*
	 * 1 / PIT_HZ is 838.0953 ns; in 64ths, a little less, so that a tick is never longer than
	 * the next tick's start.
	 */
	uint64_t now = ticks_ns + (counts * 53638 >> 6);

	/* Pending, and the counter was read after the start, not just before it. */
	if (tick_is_pending() && counts < DIVISOR / 2)
		now += NS_PER_TICK;
	if (now > last_ns)
		last_ns = now;
	return last_ns;
}

void
pit_init(void)
{
	outb(COMMAND, RATE_GENERATOR);
	outb(CHANNEL_0, DIVISOR & 0xff);
	outb(CHANNEL_0, DIVISOR >> 8);
	irq_register(TIMER_IRQ, timer_interrupt);
}
