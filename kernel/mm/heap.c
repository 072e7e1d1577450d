/*
 * The heap: one area behind the program, whose end brk(2) moves to any byte; the area ends with the
 * page.
 */
#include <abi/errno.h>
#include <mm/vm.h>
#include "arch/arch.h"

static vaddr_t
page_up(vaddr_t address)
{
	return (address + PAGE_SIZE - 1) & ~PAGE_MASK;
}

/* Lengthen the heap's area, or make it. As on Linux, a page must stay free above it. */
static int
grow_heap(struct space *space, vaddr_t from, vaddr_t to)
{
	struct vm_area *area = space_find(space, from - 1);
	unsigned long more = (to - from) / PAGE_SIZE;

	if (!space_range_free(space, from, to + PAGE_SIZE) || space_in_stack_guard(space, from, to))
		return -ENOMEM;
	if (area && area->flags & VM_HEAP && area->rights == (VM_READ | VM_WRITE)) {
		if (space->pages + more > space->limit)
			return -ENOMEM;
		space_extend_area(area, to);
		return 0;
	}
	area = space_new_area(space, from, to);
	if (!area)
		return -ENOMEM;
	area->ops = &heap_operations;
	area->flags = VM_HEAP;
	area->rights = VM_READ | VM_WRITE;
	area->max_rights = VM_RIGHTS;
	space_insert(area);
	return 0;
}

int
space_set_heap(struct space *space, vaddr_t end)
{
	vaddr_t from = page_up(space->heap), to = page_up(end);
	int error = 0;

	if (end < space->heap_start || end > MAP_HIGH)
		return -ENOMEM;
	if (to > from)
		error = grow_heap(space, from, to);
	else if (to < from)
		error = space_unmap(space, to, from);
	if (!error)
		space->heap = end;
	return error;
}
