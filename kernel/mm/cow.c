/*
 * Copy on write: fork shares, a write copies. The rule: a private area maps a frame writable only
 * when it is the frame's only holder.
 *
 *      fork: parent ──┐                  write by one: parent ──> frame (read-only until it
 *                     ├──> frame, 2 refs                        writes: sole holder, taken over)
 *            child ───┘    read-only                   child ───> copy, 1 ref, writable
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/image.h>
#include <mm/vm.h>
#include "arch/arch.h"

static unsigned long copies;

/*
 * Share the pages that a private area has touched: both sides lose the right to write until one
 * does.
 */
static int
share_pages(struct vm_area *parent, struct vm_area *child)
{
	struct mmu *mmu = &parent->space->mmu;
	struct mmu_entry entry;
	unsigned rights = vm_read_only(parent->rights);
	vaddr_t at;

	if (parent->rights & VM_WRITE)
		mmu_protect(mmu, parent->start, parent->end, rights);
	for (at = parent->start; mmu_next(mmu, &at, parent->end, &entry); at += PAGE_SIZE) {
		int error = mmu_map(&child->space->mmu, at, entry.frame, rights);
		if (error)
			return error;
		frame_get(entry.frame);
		child->space->resident++;
	}
	return 0;
}

int
space_fork(struct space *parent, struct space **result)
{
	struct space *child = space_create();
	if (!child)
		return -ENOMEM;

	child->program = parent->program;
	if (child->program)
		image_get(child->program);
	child->arguments = parent->arguments;
	child->environment = parent->environment;
	child->environment_end = parent->environment_end;
	child->heap_start = parent->heap_start;
	child->heap = parent->heap;
	child->signal_page = parent->signal_page;
	child->limit = parent->limit;
	child->brought_in = parent->privileged ? 0 : parent->brought_in; /* the shell's are small */
	list_for_each(link, &parent->areas) {
		struct vm_area *from = list_entry(link, struct vm_area, link);
		struct vm_area *area = space_copy_area(from, from->start, from->end);
		if (!area)
			goto fail;
		area->space = child;
		area->flags &= ~VM_LOCKED; /* mlock(2): not inherited */
		space_insert(area);
		if (!(area->flags & VM_SHARED) && share_pages(from, area))
			goto fail;
	}
	*result = child;
	return 0;
fail:
	space_put(child);
	return -ENOMEM;
}

int
cow_take(struct vm_area *area, pfn_t old, pfn_t *result)
{
	if (frames[old].references == 1) {
		*result = old;
		return 0;
	}
	pfn_t copy = frame_alloc(FRAME_ANON, NULL, 0);
	if (!copy)
		return -ENOMEM;
	arch_copy_frame(copy, old);
	if (area->rights & VM_EXEC)
		arch_sync_icache(copy);
	frame_put(old);
	copies++;
	*result = copy;
	return 0;
}

unsigned long
cow_copy_count(void)
{
	return copies;
}
