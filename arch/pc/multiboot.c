/* The machine as the boot loader found it: Multiboot Specification 0.6.96, 3.3. */
#include "arch/arch.h"
#include "pc.h"
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

static void
find_ram(const struct multiboot_info *info)
{
	const char *at = physical(info->map), *end = at + info->map_length;

	if (!(info->flags & MULTIBOOT_MEMORY_MAP)) {
		boot_ram(0, (uint64_t)info->memory_lower << 10);
		boot_ram(1 << 20, (1 << 20) + ((uint64_t)info->memory_upper << 10));
		return;
	}
	while (at < end) {
		const struct multiboot_range *range = (const void *)at;

		if (range->type == MULTIBOOT_RAM)
			boot_ram(range->start, range->start + range->length);
		at += range->size + sizeof(range->size);
	}
}

/* The first module is the archive; any other is left alone, and its memory used. */
static void
find_archive(const struct multiboot_info *info)
{
	const struct multiboot_module *module = physical(info->modules);

	if (info->flags & MULTIBOOT_MODULES && info->module_count)
		boot_archive(module->start, module->end);
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
	boot_arguments(line, ~0ul);
}

void
multiboot_read(void)
{
	const struct multiboot_info *info = physical(multiboot_info);

	find_ram(info);
	find_archive(info);
	copy_command_line(info);
}
