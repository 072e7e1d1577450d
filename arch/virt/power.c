/* The end of the machine: calls of the firmware (Power State Coordination Interface, DEN 0022). */
#include "arch/arch.h"
#include "virt.h"
#include <lib/bootargs.h>

#define SYSTEM_OFF 0x84000008
#define SYSTEM_RESET 0x84000009

static void
call_firmware(uint32_t function)
{
	bool by_smc = psci_by_smc(); /* first: a call keeps no register that is named */
	register uint32_t r0 __asm__("r0") = function;

	if (by_smc)
		__asm__ volatile(".arch_extension sec\n\tsmc #0" : "+r"(r0) : : "memory");
	else
		__asm__ volatile(".arch_extension virt\n\thvc #0" : "+r"(r0) : : "memory");
}

static _Noreturn void
stop(void)
{
	for (;;)
		__asm__ volatile("cpsid aif\n\twfi");
}

_Noreturn void
arch_halt(enum halt why)
{
	/* After a panic the machine stays on, for the message is to be read. */
	if (why == HALT_POWEROFF || bootarg_number("exit", 0))
		call_firmware(SYSTEM_OFF);
	stop();
}

_Noreturn void
arch_reboot(void)
{
	call_firmware(SYSTEM_RESET);
	stop();
}
