/* The end of the machine, in the ways that emulators and PCs offer. */
#include "arch/arch.h"
#include "pc.h"
#include <lib/bootargs.h>

#define DEBUG_EXIT 0xf4 /* QEMU's isa-debug-exit: it ends with status 2 * value + 1 */
#define ACPI_PM1A_CONTROL 0x604
#define ACPI_SLEEP_S5 0x2000 /* as QEMU's tables say for both of its PCs */
#define KEYBOARD_COMMAND 0x64
#define PULSE_RESET 0xfe

static _Noreturn void
stop(void)
{
	for (;;)
		__asm__ volatile("cli\n\thlt");
}

_Noreturn void
arch_halt(enum halt why)
{
	if (bootarg_number("exit", 0))
		outl(DEBUG_EXIT, why);
	/* After a panic a PC stays on, for the message is to be read. */
	if (why == HALT_POWEROFF)
		outw(ACPI_PM1A_CONTROL, ACPI_SLEEP_S5);
	stop();
}

_Noreturn void
arch_reboot(void)
{
	outb(KEYBOARD_COMMAND, PULSE_RESET);
	stop();
}
