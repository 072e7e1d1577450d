/*
 * The page fault's portable room. What arch decoded comes in; the area says who can bring the page;
 * this file alone maps it.
 *
 *   find the area ── none ──────────────> grow the stack, or -EFAULT
 *        │ rights refuse ───────────────> -EFAULT
 *        ├─ an entry is there and refused the write ──> copy-on-write (cow.c)
 *        └─ no entry ──> ops->nopage: a frame ──> map it
 *                             │ -EAGAIN: it slept ──> start again: the area may be gone
 *                             └ -ENOMEM ──> reclaim, once, and start again
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <dev/trace.h>
#include <mm/frame.h>
#include <mm/reclaim.h>
#include <mm/vm.h>
#include "arch/arch.h"

static unsigned long faults;

unsigned long
vm_fault_count(void)
{
	return faults;
}

/* The area that answers for the address; the stack grows to meet it. NULL: none. */
static struct vm_area *
area_at(struct space *space, vaddr_t address)
{
	struct vm_area *area = space_find(space, address);

	if (likely(area) || address >= USER_END)
		return area;
	area = space_find_above(space, address);
	if (area && area->flags & VM_GROWSDOWN && !space_grow_stack(area, address))
		return area;
	return NULL;
}

/* As Linux on both machines: whatever may be accessed at all may be read. */
static bool
allowed(const struct vm_area *area, unsigned access)
{
	if (access & VM_WRITE)
		return area->rights & VM_WRITE;
	if (access & VM_EXEC)
		return area->rights & VM_EXEC;
	return area->rights;
}

/*
 * The entry refused a write that the area allows: the frame was shared, or the entry is narrower
 * than its area.
 */
static int
widen(struct vm_area *area, vaddr_t page_address, pfn_t old)
{
	pfn_t frame = old;

	if (!(area->flags & VM_SHARED)) {
		int error = cow_take(area, old, &frame);
		if (error)
			return error;
	}
	/* cannot fail: its table is there */
	mmu_map(&area->space->mmu, page_address, frame, area->rights);
	if (unlikely(trace_faults))
		trace_fault(page_address, VM_WRITE, area, frame == old ? "taken over" : "copied",
			frame);
	return 0;
}

/* Nobody mapped the page here yet: ask whoever answers for the area. */
static int
bring_in(struct vm_area *area, vaddr_t address, unsigned access)
{
	struct space *space = area->space;
	unsigned long page = (address - area->start) / PAGE_SIZE + area->offset;
	unsigned rights = area->rights;
	struct page_result result;
	int error = area->ops->nopage(area, page, &result);
	if (unlikely(error)) /* it may have slept, and `area` be gone */
		return error;

	bool copied = false;
	if (!(area->flags & VM_SHARED) && frames[result.frame].references > 1) {
		if (access & VM_WRITE) {
			error = cow_take(area, result.frame, &result.frame);
			copied = true;
		} else {
			rights = vm_read_only(rights);
		}
	}
	if (likely(!error))
		error = mmu_map(&space->mmu, address & ~PAGE_MASK, result.frame, rights);
	if (unlikely(error)) {
		frame_put(result.frame);
		return error;
	}
	space->resident++;
	if (unlikely(++space->brought_in == SPACE_SMALL + 1))
		frame_set_floor(space_floor(space));
	if (unlikely(trace_faults))
		trace_fault(address, access, area,
			copied		? "copied"
			: result.is_new ? "new frame"
					: "existing frame",
			result.frame);
	return 0;
}

/* One attempt. Every fault comes this way: not worth a call of its own. */
static inline __attribute__((always_inline)) int
handle(struct space *space, vaddr_t address, unsigned access)
{
	struct vm_area *area = area_at(space, address);
	struct mmu_entry entry;

	if (!area || !allowed(area, access)) {
		if (trace_faults)
			trace_fault(address, access, area, "refused", PFN_NONE);
		return -EFAULT;
	}
	if (access & VM_PRESENT && mmu_query(&space->mmu, address, &entry))
		return widen(area, address & ~PAGE_MASK, entry.frame);
	return bring_in(area, address, access);
}

/* After an attempt that ended with `error`: again if it slept, and once if it found no frame. */
static __attribute__((noinline)) int
handle_again(struct space *space, vaddr_t address, unsigned access, int error)
{
	bool reclaimed = false;

	while (error == -EAGAIN || (error == -ENOMEM && !reclaimed)) {
		if (error == -ENOMEM) {
			reclaim();
			reclaimed = true;
		}
		error = handle(space, address, access);
	}
	return error;
}

int
vm_fault(struct space *space, vaddr_t address, unsigned access)
{
	int error = handle(space, address, access);

	if (unlikely(error)) {
		error = handle_again(space, address, access, error);
		if (error)
			return error == -EINTR && access & VM_USER ? 0 : error;
	}
	space->faults++;
	faults++;
	return 0;
}

static void
explain_area(const char *what, const struct vm_area *area)
{
	if (!area) {
		kprintf("  %s: none\n", what);
		return;
	}
	char name[64];
	area_describe(area, name, sizeof(name));
	kprintf("  %s: 0x%lx-0x%lx %c%c%c%c %s\n", what, area->start, area->end,
		area->rights & VM_READ ? 'r' : '-', area->rights & VM_WRITE ? 'w' : '-',
		area->rights & VM_EXEC ? 'x' : '-', area->flags & VM_SHARED ? 's' : 'p',
		name[0] ? name : "anonymous");
}

void
vm_explain(struct space *space, vaddr_t address)
{
	struct vm_area *area = space_find(space, address);

	if (area) {
		explain_area("in the area", area);
	} else {
		struct vm_area *above = space_find_above(space, address), *below = NULL;
		list_for_each(link, &space->areas) {
			struct vm_area *a = list_entry(link, struct vm_area, link);
			if (a->end <= address)
				below = a;
		}
		explain_area("in no area; the one below", below);
		explain_area("            the one above", above);
	}
	kprintf("  ");
	arch_walk(&space->mmu, address);
}
