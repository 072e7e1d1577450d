/*
 * mremap: a mapping grows where it is, or moves. Moving makes a second area for the same object,
 * enters the old one's frames into the page tables at the new place too, and then takes the old
 * range away. No byte is copied, and until the last step nothing has happened to the old mapping.
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/vm.h>

/* What mremap was asked, and the area that it is about. */
struct request {
	struct space *space;
	struct vm_area *area;
	vaddr_t old;
	unsigned long old_length, length; /* bytes */
};

/* Bytes of the old mapping that will be there afterwards. */
static unsigned long
kept(const struct request *r)
{
	return r->length < r->old_length ? r->length : r->old_length;
}

/*
 * The frames of the old range appear at `to` too, with the rights they have; *count is how many do.
 * 0, -ENOMEM.
 */
static int
share_frames(const struct request *r, vaddr_t to, unsigned long *count)
{
	struct mmu *mmu = &r->space->mmu;
	struct mmu_entry entry;
	vaddr_t at = r->old;

	for (*count = 0; mmu_next(mmu, &at, r->old + kept(r), &entry); at += PAGE_SIZE) {
		int error = mmu_map(mmu, to + (at - r->old), entry.frame, entry.rights);
		if (error)
			return error;
		frame_get(entry.frame);
		++*count;
	}
	return 0;
}

/* A copy of the area for the new range. What is moved is neither heap nor stack any more. */
static struct vm_area *
new_area(const struct request *r, vaddr_t start)
{
	struct vm_area *area = space_copy_area(r->area, start, start + r->length);

	if (!area)
		return NULL;
	area->offset += (r->old - r->area->start) / PAGE_SIZE;
	area->flags &= ~(VM_HEAP | VM_GROWSDOWN);
	if (area->ops == &heap_operations || area->ops == &stack_operations)
		area->ops = &anon_operations;
	return area;
}

/* To `start`, where something may stand that goes first. 0, -ENOMEM. */
static int
move(const struct request *r, vaddr_t start)
{
	struct space *space = r->space;
	struct vm_area *area = new_area(r, start);
	unsigned long count;

	if (!area)
		return -ENOMEM;
	int error = space_unmap(space, start, start + r->length);
	if (error) {
		space_drop_area(area);
		return error;
	}
	space_insert(area);
	error = share_frames(r, start, &count);
	if (!error)
		error = space_unmap(space, r->old, r->old + r->old_length);
	space->resident += count; /* now: they were never there twice */
	if (error)
		space_remove(area);
	return error;
}

static bool
may_grow_in_place(const struct request *r)
{
	struct space *space = r->space;
	vaddr_t end = r->area->end, new_end = r->old + r->length;

	return end == r->old + r->old_length && r->length <= USER_END - r->old &&
	       space_range_free(space, end, new_end) && !space_in_stack_guard(space, end, new_end);
}

static int
check_old(const struct request *r)
{
	const struct space *space = r->space;
	unsigned long more = r->length - kept(r);

	if (!r->old_length && !(r->area->flags & VM_SHARED))
		return -EINVAL; /* a second mapping of what only one may have */
	if (kept(r) > r->area->end - r->old)
		return -EFAULT;
	return more && space->pages + more / PAGE_SIZE > space->limit ? -ENOMEM : 0;
}

static int
check_target(const struct request *r, vaddr_t to)
{
	vaddr_t end = to + r->length;

	if (to & PAGE_MASK || to < USER_START || r->length > USER_END || to > USER_END - r->length)
		return -EINVAL;
	if (r->old + r->old_length > to && end > r->old)
		return -EINVAL;
	return space_in_stack_guard(r->space, to, end) ? -EINVAL : 0;
}

static int
move_there(struct request *r, vaddr_t to)
{
	int error = check_target(r, to);

	if (!error)
		error = check_old(r);
	return error ? error : move(r, to);
}

static int
grow(struct request *r, unsigned flags, vaddr_t *address)
{
	int error = check_old(r);
	if (error)
		return error;
	*address = r->old;
	if (may_grow_in_place(r)) {
		space_extend_area(r->area, r->old + r->length);
		return 0;
	}
	*address = flags & REMAP_MAY_MOVE ? space_find_gap(r->space, r->length) : 0;
	return *address ? move(r, *address) : -ENOMEM;
}

int
space_remap(struct space *space, vaddr_t old, unsigned long old_length, unsigned long length,
	unsigned flags, vaddr_t *address)
{
	struct request r = {
		.space = space,
		.area = space_find(space, old),
		.old = old,
		.old_length = old_length,
		.length = length,
	};

	if (!r.area)
		return -EFAULT;
	if (old_length > USER_END - old)
		return old_length < length ? -EFAULT : -EINVAL;
	if (flags & REMAP_FIXED)
		return move_there(&r, *address);
	if (old_length < length)
		return grow(&r, flags, address);
	*address = old;
	return space_unmap(space, old + length, old + old_length);
}
