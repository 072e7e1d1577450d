/*
 * The machine as the device tree describes it: RAM, the archive, the boot arguments, how to call
 * the firmware. Everything is copied, for the tree lies in memory that will be handed out.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <dev/console.h>
#include <lib/string.h>

#define COMMAND_LINE_MAX 1024
#define RAM_END (RAM_BASE + KERNEL_RAM_MAX)
#define TREE_HEADER 64 /* bytes, and a bit more */

static char command_line[COMMAND_LINE_MAX];
static struct boot_info boot_info = {.command_line = command_line};
static unsigned address_cells = 2, size_cells = 1; /* what the specification says if the root doesn't */
static bool smc;

const struct boot_info *
arch_boot_info(void)
{
	return &boot_info;
}

paddr_t
memory_end(void)
{
	/* Before the tree tells: what boot.S has mapped. */
	return boot_info.ram_ranges ? boot_info.ram[boot_info.ram_ranges - 1].end : RAM_END;
}

bool
psci_by_smc(void)
{
	return smc;
}

/*
 * A range of RAM: what is within our reach is used, the rest is only counted. They come in order, or
 * they are not used.
 */
static void
add_ram(uint64_t start, uint64_t size)
{
	paddr_t known = boot_info.ram_ranges ? memory_end() : RAM_BASE;
	uint64_t end = start + size;
	uint64_t reach = end < RAM_END ? end : RAM_END;
	uint64_t unused = size;

	if (start >= known && start < reach && boot_info.ram_ranges < BOOT_RANGES) {
		boot_info.ram[boot_info.ram_ranges++] = (struct memory_range){
			(start + PAGE_MASK) & ~PAGE_MASK, reach & ~PAGE_MASK};
		unused = end - reach;
	}
	unused += boot_info.ram_unused;
	boot_info.ram_unused = unused < ~0ul ? unused : ~0ul;
}

static void
memory_property(const char *name, const char *value, uint32_t size)
{
	uint32_t pair = (address_cells + size_cells) * 4;

	if (strcmp(name, "reg") != 0 || !pair)
		return;
	for (; size >= pair; value += pair, size -= pair)
		add_ram(fdt_number(value, address_cells),
			fdt_number(value + address_cells * 4, size_cells));
}

static void
chosen_property(const char *name, const char *value, uint32_t size)
{
	if (strcmp(name, "bootargs") == 0 && size)
		strlcpy(command_line, value, size < COMMAND_LINE_MAX ? size : COMMAND_LINE_MAX);
	else if (strcmp(name, "linux,initrd-start") == 0)
		boot_info.archive_start = fdt_number(value, size / 4);
	else if (strcmp(name, "linux,initrd-end") == 0)
		boot_info.archive_end = fdt_number(value, size / 4);
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

/* An archive that is not wholly in our RAM is none. */
static void
check_archive(void)
{
	if (boot_info.archive_start < RAM_BASE || boot_info.archive_end > memory_end() ||
		boot_info.archive_start > boot_info.archive_end)
		boot_info.archive_start = boot_info.archive_end = 0;
}

void
memory_init(void)
{
	const char *wrong = "there is no RAM at that address";

	boot_info.kernel_start = physical_of(kernel_start);
	boot_info.kernel_end = physical_of(kernel_end);
	if (device_tree >= RAM_BASE && device_tree < RAM_END - TREE_HEADER)
		wrong = fdt_walk(physical(device_tree), property);
	if (wrong)
		panic("no usable device tree at 0x%x (r2, which a raw image is given): %s", device_tree, wrong);
	check_archive();
}
