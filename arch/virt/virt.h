/*
 * The board of the ARM port, QEMU's "virt": what stands around the CPU. What its files and the port
 * tell each other; nothing outside arch includes this.
 */
#ifndef VIRT_H
#define VIRT_H

#include "arch/common/common.h"
#include "layout.h" /* the port's: DEVICE_OFFSET, where its boot code has mapped the devices */
#include <lib/types.h>

static inline volatile uint32_t *
device_register(paddr_t address)
{
	return (volatile uint32_t *)(address + DEVICE_OFFSET);
}

extern uint32_t device_tree; /* its physical address, by the port's boot code */

/* Bring-up of each part, in the order of arch_init and arch_devices_init. */
void pl011_init(void);
void device_tree_read(void);
void gic_init(void);
void pl011_start(void);

/* device_tree.c: how the firmware is called, by the instruction smc or else hvc. */
bool psci_by_smc(void);

/*
 * fdt.c: calls `property` for each property of the device tree's root and of the nodes right below
 * it. NULL, or what is wrong with the tree, in words.
 */
typedef void (*fdt_property)(const char *node, const char *name, const void *value, uint32_t size);
const char *fdt_walk(const void *tree, fdt_property property);
/* A number of `cells` words of 32 bits at `value`; what is too large for 64 bits is cut off. */
uint64_t fdt_number(const void *value, unsigned cells);

#endif
