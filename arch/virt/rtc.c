/* The real-time clock, a PL031 (ARM DDI 0224): seconds since 1970 in one register. */
#include "arch/arch.h"
#include "virt.h"

#define PL031_DATA device_register(0x09010000)

uint64_t
arch_boot_seconds(void)
{
	static uint64_t boot;

	if (!boot)
		boot = *PL031_DATA;
	return boot;
}
