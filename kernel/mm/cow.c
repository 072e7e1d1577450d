/*
 * Copy on write. The rule: a private area maps a frame writable only when it is the frame's only
 * holder.
 *
 *      fork: parent ──┐                  write by one: parent ──> frame (read-only until it
 *                     ├──> frame, 2 refs                        writes: sole holder, taken over)
 *            child ───┘    read-only                   child ───> copy, 1 ref, writable
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include "arch/arch.h"

static unsigned long copies;

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
