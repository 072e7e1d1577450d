/*
 * The page that handlers return to when their program gave no restorer (SA_RESTORER). It is the
 * kernel's to write and the program's to execute, so stacks need not be executable.
 */
#include <abi/errno.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include "arch/arch.h"

static int
signal_page_nopage(struct vm_area *area, unsigned long page, struct page_result *result)
{
	(void)area;
	(void)page;
	pfn_t frame = frame_alloc(FRAME_ANON, NULL, 0);
	if (!frame)
		return -ENOMEM;
	arch_zero_frame(frame);
	memcpy(arch_frame_address(frame), &arch_signal_code, sizeof(arch_signal_code));
	arch_sync_icache(frame);
	*result = (struct page_result){frame, true};
	return 0;
}

static const struct vm_operations signal_page_operations = {
	.name = "[sigpage]",
	.nopage = signal_page_nopage,
};

static bool
is_mapped(struct space *space)
{
	struct vm_area *area = space->signal_page ? space_find(space, space->signal_page) : NULL;

	return area && area->ops == &signal_page_operations;
}

vaddr_t
space_signal_page(struct space *space)
{
	if (is_mapped(space))
		return space->signal_page;
	vaddr_t address = space_find_gap(space, PAGE_SIZE);
	struct vm_area *area = address ? space_new_area(space, address, address + PAGE_SIZE) : NULL;
	if (!area)
		return 0;
	area->ops = &signal_page_operations;
	area->rights = area->max_rights = VM_READ | VM_EXEC;
	area->flags = 0;
	space_insert(area);
	space->signal_page = address;
	return address;
}
