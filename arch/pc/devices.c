/* The board's devices, together. */
#include "arch/arch.h"
#include "pc.h"

void
arch_devices_init(void)
{
	pic_init();
	pit_init();
	serial_start();
	keyboard_start();
}

void
arch_putc(char c)
{
	serial_putc(c);
	vga_putc(c);
}
