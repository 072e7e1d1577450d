/* arch/common/common.h, with RAM where ram.c has it. */
#ifndef PORT_H
#define PORT_H

#define physical unused_physical
#define physical_of unused_physical_of
#include "arch/common/common.h"
#undef physical
#undef physical_of
#define physical port_physical
#define physical_of port_physical_of

void *port_physical(paddr_t address);
paddr_t port_physical_of(const void *kernel_address);

#endif
