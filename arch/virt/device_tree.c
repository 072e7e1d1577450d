/*
 * The machine as the device tree describes it: RAM, the archive, the boot arguments, how to call
 * the firmware.
 */
#include "arch/arch.h"
#include "virt.h"
#include <dev/console.h>
#include <lib/string.h>

#define RAM_END (RAM_BASE + KERNEL_RAM_MAX)
#define TREE_HEADER 64 /* bytes, and a bit more */

static paddr_t archive_start, archive_end;
static unsigned address_cells = 2, size_cells = 1; /* unless the root says otherwise */
static bool smc;

bool
psci_by_smc(void)
{
	return smc;
}

static void
memory_property(const char *name, const char *value, uint32_t size)
{
	uint32_t pair = (address_cells + size_cells) * 4;

	if (strcmp(name, "reg") != 0 || !pair)
		return;
	for (; size >= pair; value += pair, size -= pair) {
		uint64_t start = fdt_number(value, address_cells);

		boot_ram(start, start + fdt_number(value + address_cells * 4, size_cells));
	}
}

static void
chosen_property(const char *name, const char *value, uint32_t size)
{
	if (strcmp(name, "bootargs") == 0 && size)
		boot_arguments(value, size);
	else if (strcmp(name, "linux,initrd-start") == 0)
		archive_start = fdt_number(value, size / 4);
	else if (strcmp(name, "linux,initrd-end") == 0)
		archive_end = fdt_number(value, size / 4);
}

static void
root_property(const char *name, const char *value, uint32_t size)
{
	if (strcmp(name, "#address-cells") == 0)
		address_cells = fdt_number(value, size / 4) & 3;
	else if (strcmp(name, "#size-cells") == 0)
		size_cells = fdt_number(value, size / 4) & 3;
}

static void
property(const char *node, const char *name, const void *value, uint32_t size)
{
	if (!node[0])
		root_property(name, value, size);
	else if (strncmp(node, "memory", 6) == 0)
		memory_property(name, value, size);
	else if (strcmp(node, "chosen") == 0)
		chosen_property(name, value, size);
	else if (strcmp(node, "psci") == 0 && strcmp(name, "method") == 0)
		smc = size == 4 && memcmp(value, "smc", 4) == 0;
}

void
device_tree_read(void)
{
	const char *wrong = "there is no RAM at that address";

	if (device_tree >= RAM_BASE && device_tree < RAM_END - TREE_HEADER)
		wrong = fdt_walk(physical(device_tree), property);
	if (wrong)
		panic("no usable device tree at 0x%x (r2, which a raw image is given): %s",
			device_tree, wrong);
	boot_archive(archive_start, archive_end);
}
