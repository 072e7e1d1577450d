/*
 * The board of the x86 port, a PC: what stands around the CPU. What its files and the port tell
 * each other; nothing outside arch includes this.
 */
#ifndef PC_H
#define PC_H

#include "arch/common/common.h"
#include <lib/types.h>

static inline void
outb(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline void
outw(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static inline void
outl(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t
inb(uint16_t port)
{
	uint8_t value;
	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

extern uint32_t multiboot_info; /* its physical address, by the port's boot code */

/* Bring-up of each part, in the order of arch_init and arch_devices_init. */
void serial_init(void);
void vga_init(void);
void multiboot_read(void);
void pic_init(void);
void pit_init(void);
void serial_start(void);
void keyboard_start(void);

void serial_putc(char c);
void vga_putc(char c);

#endif
