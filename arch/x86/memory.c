/*
 * The machine as the boot loader found it: Multiboot Specification 0.6.96, 3.3. Everything is
 * copied, for the loader's own tables lie in memory that will be handed out.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <lib/string.h>

#define MULTIBOOT_COMMAND_LINE (1u << 2)
#define MULTIBOOT_MODULES (1u << 3)
#define MULTIBOOT_MEMORY_MAP (1u << 6)
#define MULTIBOOT_LOADER_NAME (1u << 9)

struct multiboot_info {
	uint32_t flags;
	uint32_t memory_lower, memory_upper; /* KiB below 1 MiB and above */
	uint32_t boot_device;
	uint32_t command_line;
	uint32_t module_count, modules;
	uint32_t symbols[4];
	uint32_t map_length, map;
	uint32_t drives_length, drives;
	uint32_t configuration;
	uint32_t loader_name;
};

struct multiboot_module {
	uint32_t start, end, text, reserved;
};

struct multiboot_range {
	uint32_t size; /* of what follows */
	uint64_t start, length;
	uint32_t type;
} __attribute__((packed));
#define MULTIBOOT_RAM 1

#define COMMAND_LINE_MAX 1024

static char command_line[COMMAND_LINE_MAX];
static struct boot_info boot_info = {.command_line = command_line};

const struct boot_info *
arch_boot_info(void)
{
	return &boot_info;
}

paddr_t
memory_end(void)
{
	return boot_info.ram_ranges ? boot_info.ram[boot_info.ram_ranges - 1].end : 0;
}

/* Keep the ranges in order, whatever order the firmware has. */
static void
insert_range(paddr_t start, paddr_t end)
{
	unsigned i = boot_info.ram_ranges;

	if (start >= end || i == BOOT_RANGES)
		return;
	for (; i > 0 && boot_info.ram[i - 1].start > start; i--)
		boot_info.ram[i] = boot_info.ram[i - 1];
	boot_info.ram[i] = (struct memory_range){start, end};
	boot_info.ram_ranges++;
}

/* A range of RAM: the whole pages within our reach are used, the rest is only counted. */
static void
add_ram(uint64_t start, uint64_t end)
{
	uint64_t reach = end < KERNEL_RAM_MAX ? end : KERNEL_RAM_MAX;

	if (start < PAGE_SIZE)
		start = PAGE_SIZE; /* frame 0 means "none" */
	if (start < reach)
		insert_range((start + PAGE_MASK) & ~PAGE_MASK, reach & ~PAGE_MASK);
	if (end > KERNEL_RAM_MAX) {
		uint64_t unused = end - (start > KERNEL_RAM_MAX ? start : KERNEL_RAM_MAX);
		uint64_t total = boot_info.ram_unused + unused;

		boot_info.ram_unused = total < ~0ul ? total : ~0ul;
	}
}

static void
find_ram(const struct multiboot_info *info)
{
	const char *at = physical(info->map), *end = at + info->map_length;

	if (!(info->flags & MULTIBOOT_MEMORY_MAP)) {
		add_ram(0, (uint64_t)info->memory_lower << 10);
		add_ram(1 << 20, (1 << 20) + ((uint64_t)info->memory_upper << 10));
		return;
	}
	while (at < end) {
		const struct multiboot_range *range = (const void *)at;

		if (range->type == MULTIBOOT_RAM)
			add_ram(range->start, range->start + range->length);
		at += range->size + sizeof(range->size);
	}
}

/* The first module is the archive; any other is left alone, and its memory used. */
static void
find_archive(const struct multiboot_info *info)
{
	const struct multiboot_module *module = physical(info->modules);

	if (!(info->flags & MULTIBOOT_MODULES) || info->module_count == 0)
		return;
	if (module->end > memory_end() || module->start >= module->end)
		return;
	boot_info.archive_start = module->start;
	boot_info.archive_end = module->end;
}

/* QEMU puts the kernel's file name before the arguments; GRUB and others don't. */
static void
copy_command_line(const struct multiboot_info *info)
{
	const char *line = physical(info->command_line);

	if (!(info->flags & MULTIBOOT_COMMAND_LINE))
		return;
	if (info->flags & MULTIBOOT_LOADER_NAME && strcmp(physical(info->loader_name), "qemu") == 0)
		while (*line && *line != ' ')
			line++;
	strlcpy(command_line, line, sizeof(command_line));
}

void
memory_init(void)
{
	const struct multiboot_info *info = physical(multiboot_info);

	boot_info.kernel_start = physical_of(kernel_start);
	boot_info.kernel_end = physical_of(kernel_end);
	find_ram(info);
	find_archive(info);
	copy_command_line(info);
}
