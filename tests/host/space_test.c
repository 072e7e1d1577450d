/*
 * kernel/mm/space.c: the set of areas. Random operations against a plain array of ranges, and each
 * failure for want of memory.
 */
#include <abi/errno.h>
#include <machine/abi.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

/*
 * Two stretches of the address space are used, so that parts often meet: at the window's start and
 * at its end.
 */
#define PAGES 96
#define LOW_PAGES 48

static vaddr_t
address_of(unsigned page)
{
	return page < LOW_PAGES ? MAP_LOW - 8 * PAGE_SIZE + page * PAGE_SIZE
				: MAP_HIGH - 40 * PAGE_SIZE + (page - LOW_PAGES) * PAGE_SIZE;
}

static unsigned char model[PAGES]; /* rights + 1 of each page; 0: no area */

static void
check_model(struct space *space)
{
	for (unsigned page = 0; page < PAGES; page++) {
		struct vm_area *area = space_find(space, address_of(page));
		check_equal(area ? area->rights + 1 : 0, model[page]);
		check(!area || (area->start <= address_of(page) && address_of(page) < area->end));
	}
}

/* The lowest gap, by walking all areas. */
static vaddr_t
slow_gap(struct space *space, unsigned long length)
{
	vaddr_t at = MAP_LOW;

	list_for_each (link, &space->areas) {
		struct vm_area *area = list_entry(link, struct vm_area, link);
		at = (at + SHMLBA - 1) & ~(vaddr_t)(SHMLBA - 1);
		if (area->start >= MAP_HIGH || (area->start > at && area->start - at >= length))
			break;
		if (area->end > at)
			at = area->end;
	}
	at = (at + SHMLBA - 1) & ~(vaddr_t)(SHMLBA - 1);
	return at < MAP_HIGH && MAP_HIGH - at >= length ? at : 0;
}

/* A random range of pages, within one of the two stretches. */
static unsigned
pick_range(unsigned *count)
{
	unsigned first = pick(PAGES), limit = first < LOW_PAGES ? LOW_PAGES : PAGES;

	*count = 1 + pick(10);
	if (*count > limit - first)
		*count = limit - first;
	return first;
}

static bool
model_has_all(unsigned first, unsigned count)
{
	return !memchr(&model[first], 0, count);
}

static void
one_operation(struct space *space)
{
	unsigned count, first = pick_range(&count), rights = pick(8);
	vaddr_t start = address_of(first), end = start + count * PAGE_SIZE;
	unsigned long length = (1 + pick(40)) * PAGE_SIZE;

	switch (pick(4)) {
	case 0:
		check_equal(space_map_anonymous(space, &start, end - start, rights, 0, true), 0);
		memset(&model[first], rights + 1, count);
		break;
	case 1:
		check_equal(space_unmap(space, start, end), 0);
		memset(&model[first], 0, count);
		break;
	case 2:
		check_equal(space_protect(space, start, end, rights),
			model_has_all(first, count) ? 0 : -ENOMEM);
		if (model_has_all(first, count))
			memset(&model[first], rights + 1, count);
		break;
	default:
		check_equal(space_find_gap(space, length), slow_gap(space, length));
		if (pick(4) == 0 && space->area_count) /* over the whole of it: the gaps between */
			length = MAP_HIGH - MAP_LOW - pick(60) * PAGE_SIZE;
		check_equal(space_find_gap(space, length),
			slow_gap(space, length));
	}
}

static void
random_operations(void)
{
	machine_start();
	for (int round = 0; round < 20; round++) {
		struct space *space = space_create();
		memset(model, 0, sizeof(model));
		for (int i = 0; i < 1000; i++) {
			one_operation(space);
			space_check(space);
			if (i % 8 == 0)
				check_model(space);
		}
		space_put(space);
	}
	machine_end();
}

static void
many_areas(void)
{
	machine_start();
	struct space *space = space_create();
	for (unsigned i = 0; i < 5000; i++) {
		vaddr_t at = MAP_LOW +
			     (i * 2654435769u % 8192) * 2 * PAGE_SIZE; /* each once, in no order */
		check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, true), 0);
	}
	space_check(space);
	check_equal(space->area_count, 5000);
	int height = space->tree.root->height;
	check(height <= 1.44 * 13); /* so finding one of 5000 takes at most so many steps */
	for (int i = 0; i < 200; i++) {
		unsigned long length = (1 + pick(3)) * PAGE_SIZE;
		check_equal(space_find_gap(space, length),
			slow_gap(space, length));
	}
	space_put(space);
	machine_end();
}

/* Three pages side by side, the middle one to be cut out of one area. */
static struct space *
three_pages(vaddr_t *start)
{
	struct space *space = space_create();

	*start = MAP_LOW;
	check_equal(
		space_map_anonymous(space, start, 3 * PAGE_SIZE, VM_READ | VM_WRITE, 0, true), 0);
	return space;
}

/* Whatever allocation fails, the call says -ENOMEM and nothing has changed; with one more it works.
 */
static void
no_memory(void)
{
	struct space *child;
	vaddr_t at;

	machine_start();
	for (int budget = 0; budget < 3; budget++) {
		struct space *space = three_pages(&at);
		kmalloc_budget = budget;
		check_equal(space_unmap(space, at + PAGE_SIZE, at + 2 * PAGE_SIZE),
			budget < 2 ? -ENOMEM : 0);
		kmalloc_budget = ~0ul;
		check_equal(space->area_count, budget < 2 ? 1 : 2);
		check_equal(space->pages, budget < 2 ? 3 : 2);
		space_put(space);
	}
	for (int budget = 0; budget < 3; budget++) {
		struct space *space = three_pages(&at);
		kmalloc_budget = budget;
		check_equal(space_protect(space, at + PAGE_SIZE, at + 2 * PAGE_SIZE, VM_READ),
			budget < 2 ? -ENOMEM : 0);
		kmalloc_budget = ~0ul;
		check_equal(space->area_count, budget < 2 ? 1 : 3);
		check_equal(space_find(space, at + PAGE_SIZE)->rights,
			budget < 2 ? VM_READ | VM_WRITE : VM_READ);
		space_put(space);
	}
	for (int budget = 0; budget < 3; budget++) { /* the object, the area */
		struct space *space = space_create();
		kmalloc_budget = budget;
		at = 0;
		check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, VM_SHARED, false),
			budget < 2 ? -ENOMEM : 0);
		kmalloc_budget = ~0ul;
		space_put(space);
	}
	int budget = 0, error = 1;
	for (; error; budget++) { /* space and areas; then tables */
		struct space *space = three_pages(&at);
		int fault;
		*user_touch(space, at, VM_WRITE, &fault) = 1;
		*user_touch(space, at + PAGE_SIZE, VM_WRITE, &fault) = 1;
		kmalloc_budget = budget < 3 ? budget : 2;
		mmu_map_budget = budget < 2 ? 0 : budget - 2;
		error = space_fork(space, &child);
		kmalloc_budget = mmu_map_budget = ~0ul;
		check(!error || error == -ENOMEM);
		machine_check();
		if (!error)
			space_put(child);
		space_put(space);
	}
	check_equal(budget, 5);
	machine_end();
}

static void
limits(void)
{
	vaddr_t at = 0;

	machine_start();
	struct space *space = space_create();
	space->limit = 8;
	check_equal(space_map_anonymous(space, &at, 9 * PAGE_SIZE, VM_READ, 0, false), -ENOMEM);
	at = 0;
	check_equal(space_map_anonymous(space, &at, 8 * PAGE_SIZE, VM_READ, 0, false), 0);
	check_equal(at, MAP_LOW);
	at = 0;
	check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, false), -ENOMEM);
	space->limit = ~0ul;
	at = MAP_LOW + 5; /* a hint that does not fit, one that does */
	check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, false), 0);
	check_equal(at, MAP_LOW + 8 * PAGE_SIZE);
	at = MAP_LOW + 20 * PAGE_SIZE;
	check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, false), 0);
	check_equal(at, MAP_LOW + 20 * PAGE_SIZE);
	at = MAP_LOW + 1;
	check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, true), -EINVAL);
	at = 0;
	check_equal(space_map_anonymous(space, &at, PAGE_SIZE, VM_READ, 0, true), -EINVAL);
	at = USER_END - PAGE_SIZE;
	check_equal(space_map_anonymous(space, &at, 2 * PAGE_SIZE, VM_READ, 0, true), -ENOMEM);
	at = MAP_LOW;
	check_equal(space_map_anonymous(space, &at, ~0ul & ~PAGE_MASK, VM_READ, 0, true), -ENOMEM);
	at = 0;
	check_equal(space_map_anonymous(space, &at, ~0ul & ~PAGE_MASK, VM_READ, 0, false), -ENOMEM);
	check_equal(space->area_count, 3);
	space_put(space);
	machine_end();
}

static void
heap(void)
{
	vaddr_t start = USER_START + 100 * PAGE_SIZE;
	int error;

	machine_start();
	struct space *space = space_create();
	space->heap_start = space->heap = start;
	unsigned char *byte;
	for (int i = 0; i < 2000; i++) {
		vaddr_t end = start + pick(20 * PAGE_SIZE), at = start + pick(20 * PAGE_SIZE);
		check_equal(space_set_heap(space, end), 0);
		check_equal(space->heap, end);
		byte = user_touch(space, at, VM_WRITE, &error);
		check_equal(byte != NULL, at < ((end + PAGE_MASK) & ~PAGE_MASK));
		if (byte)
			*byte = 1;
		space_check(space);
		check(space->area_count <= 1);
	}
	check_equal(space_set_heap(space, start - 1), -ENOMEM);
	check_equal(space_set_heap(space, MAP_HIGH + 1), -ENOMEM);
	vaddr_t in_the_way = start + 40 * PAGE_SIZE;
	check_equal(space_map_anonymous(space, &in_the_way, PAGE_SIZE, VM_READ, 0, true), 0);
	/* A page stays free below it. */
	check_equal(space_set_heap(space, in_the_way - PAGE_SIZE + 1), -ENOMEM);
	check_equal(space_set_heap(space, in_the_way - PAGE_SIZE), 0);
	space->limit = space->pages;
	check_equal(space_set_heap(space, start), 0);
	check_equal(space_set_heap(space, in_the_way - PAGE_SIZE), 0);
	space_put(space);
	machine_end();
}

static void
stack(void)
{
	vaddr_t top = USER_STACK_TOP, lowest = top - STACK_LIMIT;
	int error;

	machine_start();
	struct space *space = space_create();
	struct vm_area *area = space_new_area(space, top - PAGE_SIZE, top);
	area->ops = &stack_operations;
	area->flags = VM_GROWSDOWN;
	area->rights = area->max_rights = VM_READ | VM_WRITE;
	space_insert(area);
	check(user_touch(space, top - 3 * PAGE_SIZE, VM_WRITE, &error));
	check_equal(area->start, top - 3 * PAGE_SIZE);
	check(!user_touch(space, lowest - 1, VM_WRITE, &error));
	check_equal(error, -EFAULT);
	space->limit = 4;
	check(!user_touch(space, top - 5 * PAGE_SIZE, VM_WRITE, &error));
	space->limit = ~0ul;
	check(space_in_stack_guard(space, area->start - PAGE_SIZE, area->start));
	check(!space_in_stack_guard(
		space, area->start - STACK_GUARD - PAGE_SIZE, area->start - STACK_GUARD));
	vaddr_t below = top - 1024 * PAGE_SIZE;
	check_equal(space_map_anonymous(space, &below, PAGE_SIZE, VM_READ, 0, true), 0);
	check(!user_touch(space, below + PAGE_SIZE + STACK_GUARD - 1, VM_WRITE,
		&error)); /* within the guard */
	check(user_touch(space, below + PAGE_SIZE + STACK_GUARD, VM_WRITE, &error));
	check(!user_touch(space, below - PAGE_SIZE, VM_WRITE,
		&error)); /* below something else: not the stack's */
	space_check(space);
	space_put(space);
	machine_end();
}

static void
protect_no_wider(void)
{
	vaddr_t at;

	machine_start();
	struct space *space = three_pages(&at);
	space_find(space, at)->max_rights = VM_READ;
	check_equal(space_protect(space, at, at + PAGE_SIZE, VM_READ | VM_WRITE), -EACCES);
	check_equal(space->area_count, 1);
	check_equal(space_protect(space, at, at + PAGE_SIZE, VM_READ), 0);
	check_equal(space_protect(space, at, at + 4 * PAGE_SIZE, VM_READ), -ENOMEM);
	space_put(space);
	machine_end();
}

/* Unmapping flushes once a batch and not a page; what was never touched costs nothing. */
static void
unmap_in_batches(void)
{
	vaddr_t at = 0;
	int error;

	machine_start();
	struct space *space = space_create();
	check_equal(
		space_map_anonymous(space, &at, 1000 * PAGE_SIZE, VM_READ | VM_WRITE, 0, false), 0);
	for (int i = 0; i < 12; i++)
		check(user_touch(space, at + i * 70 * PAGE_SIZE, VM_WRITE, &error));
	unsigned long flushes = mmu_counts.flushes;
	check_equal(space_unmap(space, at, at + 1000 * PAGE_SIZE), 0);
	check_equal(mmu_counts.flushes - flushes, (12 + MMU_BATCH - 1) / MMU_BATCH);
	check_equal(space->resident, 0);
	space_put(space);
	machine_end();
}

const struct test tests[] = {
	{"V04 random mmap, munmap, mprotect and gaps, against an array of pages", random_operations,
		NULL},
	{"5000 areas: found in few steps, gaps as by walking all of them", many_areas, NULL},
	{"V04 whichever allocation fails, nothing has changed", no_memory, NULL},
	{"V04 limits, hints, wrong ranges", limits, NULL},
	{"V01 the heap moves to any byte and stops where something stands", heap, NULL},
	{"V01 the stack grows down to its limit, and not into its guard", stack, NULL},
	{"V04 rights are never made wider than they may be", protect_no_wider, NULL},
	{"unmapping costs a flush a batch", unmap_in_batches, NULL},
	{0},
};
