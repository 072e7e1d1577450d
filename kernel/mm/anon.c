/*
 * Private anonymous memory: heap, stack, bss and MAP_PRIVATE. A page that nobody touched is zero;
 * the page table alone remembers the touched ones. After a fork they are shared until somebody
 * writes (cow.c).
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include "arch/arch.h"

static int
anon_nopage(struct vm_area *area, unsigned long page, struct page_result *result)
{
	(void)area;
	(void)page;
	pfn_t frame = frame_alloc(FRAME_ANON, NULL, 0);
	if (!frame)
		return -ENOMEM;
	arch_zero_frame(frame);
	*result = (struct page_result){frame, true};
	return 0;
}

const struct vm_operations anon_operations = {.name = "", .nopage = anon_nopage};
const struct vm_operations heap_operations = {.name = "[heap]", .nopage = anon_nopage};
const struct vm_operations stack_operations = {.name = "[stack]", .nopage = anon_nopage};

/* The range to map: the caller's if it is fixed or a hint that fits, else a gap. */
static int
choose_range(struct space *space, vaddr_t *address, unsigned long length, bool fixed)
{
	vaddr_t hint = (*address + PAGE_SIZE - 1) & ~PAGE_MASK;

	if (fixed) {
		if (*address & PAGE_MASK || *address < USER_START)
			return -EINVAL;
		if (length > USER_END || *address > USER_END - length)
			return -ENOMEM;
		return 0;
	}
	if (hint >= USER_START && length <= USER_END && hint <= USER_END - length &&
		space_range_free(space, hint, hint + length) &&
		!space_in_stack_guard(space, hint, hint + length)) {
		*address = hint;
		return 0;
	}
	*address = space_find_gap(space, length);
	return *address ? 0 : -ENOMEM;
}

int
space_map(struct space *space, vaddr_t *address, unsigned long length, bool fixed,
	const struct vm_area *like)
{
	int error = choose_range(space, address, length, fixed);

	if (error)
		return error;
	struct vm_area *area = space_new_area(space, *address, *address + length);
	if (!area)
		return -ENOMEM;
	error = space_unmap(space, area->start, area->end); /* there is something only if fixed */
	if (error) {
		space_drop_area(area);
		return error;
	}
	area->ops = like->ops;
	area->object = like->object;
	area->offset = like->offset;
	area->flags = like->flags;
	area->rights = like->rights;
	area->max_rights = like->max_rights;
	space_insert(area);
	return 0;
}

int
space_map_anonymous(struct space *space, vaddr_t *address, unsigned long length, unsigned rights,
	unsigned flags, bool fixed)
{
	struct shm_object *object = NULL;
	struct vm_area like = {
		.ops = &anon_operations, .flags = flags, .rights = rights, .max_rights = VM_RIGHTS};

	if (flags & VM_SHARED) {
		object = shm_object_create(length / PAGE_SIZE);
		if (!object)
			return -ENOMEM;
		like.ops = &shared_anon_operations;
		like.object = object;
	}
	int error = space_map(space, address, length, fixed, &like);
	if (object) /* the area holds it now, if there is one */
		shm_object_put(object);
	return error;
}
