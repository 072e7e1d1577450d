/*
 * The generic timer (ARM ARM chapter B8): a counter that never stops, and a comparator that
 * interrupts when the counter has reached it.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/irq.h>
#include <task/task.h>

#define TIMER_IRQ 27	     /* the virtual timer's, each CPU's own */
#define TIMER_ON 1	     /* CNTV_CTL.ENABLE */
#define USER_READS_VIRTUAL 2 /* CNTKCTL.PL0VCTEN, as on Linux */

#define NS_SHIFT 24 /* the factor below is a fraction with so many bits */

static uint32_t ns_per_count; /* << NS_SHIFT */
static uint64_t boot_count, next_tick;
static uint32_t interval; /* counts of a tick */

static uint64_t
read_count(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(count) : : "memory");
	return count;
}

static void
interrupt_at(uint64_t count)
{
	__asm__ volatile("mcrr p15, 3, %Q0, %R0, c14\n\tisb" : : "r"(count) : "memory");
}

static void
timer_interrupt(void)
{
	uint64_t now = read_count();

	do
		next_tick += interval; /* ticks that were missed are not made up for */
	while (next_tick <= now);
	interrupt_at(next_tick);
	arch_cycles(); /* so that it does not miss that its counter began again */
	clock_tick();
}

/* In two halves, for the product has more than 64 bits. */
uint64_t
arch_clock_ns(void)
{
	uint64_t count = read_count() - boot_count;

	return ((count >> 32) * ns_per_count << (32 - NS_SHIFT)) +
		((uint64_t)(uint32_t)count * ns_per_count >> NS_SHIFT);
}

/* The cycle counter has 32 bits: it is looked at before it can come round, at every tick. */
uint64_t
arch_cycles(void)
{
	static uint64_t cycles;
	uint32_t now = read_pmccntr();

	cycles += now - (uint32_t)cycles;
	return cycles;
}

/* The clock goes from arch_init on, the ticks come later. */
void
clock_start(void)
{
	ns_per_count = (1000000000ull << NS_SHIFT) / read_cntfrq();
	boot_count = read_count();
}

void
timer_start_ticks(void)
{
	interval = read_cntfrq() / HZ;
	next_tick = read_count() + interval;
	interrupt_at(next_tick);
	write_cntkctl(USER_READS_VIRTUAL);
	write_cntv_ctl(TIMER_ON);
	irq_register(TIMER_IRQ, timer_interrupt);
}
