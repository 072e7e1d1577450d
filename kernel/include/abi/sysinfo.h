/* What sysinfo says. Memory in units of mem_unit bytes; loads as fractions of 65536. */
#ifndef ABI_SYSINFO_H
#define ABI_SYSINFO_H

#include <stdint.h>

struct sysinfo {
	long uptime; /* seconds */
	unsigned long loads[3];
	unsigned long totalram, freeram, sharedram, bufferram;
	unsigned long totalswap, freeswap;
	uint16_t procs;
	uint16_t pad;
	unsigned long totalhigh, freehigh;
	uint32_t mem_unit;
	char padding[20 - 2 * sizeof(long) - sizeof(uint32_t)];
};

#endif
