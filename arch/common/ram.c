/*
 * RAM: what there is of it, and where the kernel sees it. What the boot loader tells is collected
 * here while the port reads it, for it is written in memory that will be handed out.
 */
#include "arch/arch.h"
#include "common.h"
#include <lib/string.h>

#define COMMAND_LINE_MAX 1024

static char command_line[COMMAND_LINE_MAX];
static struct boot_info boot_info = {.command_line = command_line};

const struct boot_info *
arch_boot_info(void)
{
	boot_info.kernel_start = physical_of(kernel_start);
	boot_info.kernel_end = physical_of(kernel_end);
	return &boot_info;
}

paddr_t
memory_end(void)
{
	unsigned ranges = boot_info.ram_ranges;

	return ranges ? boot_info.ram[ranges - 1].end : RAM_BASE + KERNEL_RAM_MAX;
}

void
boot_arguments(const char *line, size_t size)
{
	strlcpy(command_line, line, size < COMMAND_LINE_MAX ? size : COMMAND_LINE_MAX);
}

void
boot_archive(paddr_t start, paddr_t end)
{
	/* what lies below RAM_BASE wraps, and is too large */
	if (start - RAM_BASE >= end - RAM_BASE || end - RAM_BASE > memory_end() - RAM_BASE)
		return;
	boot_info.archive_start = start;
	boot_info.archive_end = end;
}

/* In order, whatever order the firmware has; what overlaps a known range is not believed. */
static void
insert_range(paddr_t start, paddr_t end)
{
	struct memory_range *ram = boot_info.ram;
	unsigned i;

	if (start >= end || boot_info.ram_ranges == BOOT_RANGES)
		return;
	for (i = 0; i < boot_info.ram_ranges; i++)
		if (start < ram[i].end && ram[i].start < end)
			return;
	for (; i > 0 && ram[i - 1].start > start; i--)
		ram[i] = ram[i - 1];
	ram[i] = (struct memory_range){start, end};
	boot_info.ram_ranges++;
}

static uint64_t
within_reach(uint64_t address)
{
	const uint64_t end = RAM_BASE + KERNEL_RAM_MAX;

	address = address > RAM_BASE ? address : RAM_BASE;
	return address < end ? address : end;
}

void
boot_ram(uint64_t start, uint64_t end)
{
	uint64_t first = within_reach(start), last = within_reach(end);
	uint64_t unused = boot_info.ram_unused + (end - start) - (last - first);

	boot_info.ram_unused = unused < ~0ul ? unused : ~0ul;
	if (!first)
		first = PAGE_SIZE; /* frame 0 means "none" */
	insert_range((first + PAGE_MASK) & ~PAGE_MASK, last & ~PAGE_MASK);
}

void *
arch_frame_address(pfn_t pfn)
{
	return physical(pfn << PAGE_SHIFT);
}

pfn_t
arch_frame_of(const void *kernel_address)
{
	return physical_of(kernel_address) >> PAGE_SHIFT;
}
