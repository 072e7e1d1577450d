/* kernel/mm/shm_object.c: the object, its two-level table, its list of areas. */
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

static void
cost_of_creating(void)
{
	machine_start();
	unsigned long frames_free = frame_free_count();
	for (unsigned long pages = 1; pages && pages < ~0ul / PAGE_SIZE / 2; pages *= 2) {
		struct shm_object *object = shm_object_create(pages);
		check_equal(kmalloc_objects(), 1);
		check_equal(frame_free_count(), frames_free);
		check(!shm_object_entry(object, pages - 1));
		shm_object_put(object);
	}
	machine_end();
}

/* Each page has an entry of its own, the last one too; leaves are made one by one. */
static void
entries(void)
{
	static const unsigned long sizes[] = {
		1, 2, SHM_LEAF - 1, SHM_LEAF, SHM_LEAF + 1, 5 * SHM_LEAF + 7, 131072};

	machine_start();
	for (unsigned i = 0; i < ARRAY_SIZE(sizes); i++) {
		unsigned long last = sizes[i] - 1;
		struct shm_object *object = shm_object_create(sizes[i]);
		*shm_object_make_entry(object, last) = SHM_PAGE(77, SHM_PAGE_BUSY);
		check_equal(kmalloc_objects(), 3); /* the object, root, one leaf */
		shm_page_t *first = shm_object_make_entry(object, 0);
		check(last == 0 || *first == SHM_PAGE_NONE);
		check(shm_object_entry(object, 0) == first);
		check_equal(*shm_object_entry(object, last), SHM_PAGE(77, SHM_PAGE_BUSY));
		check_equal(kmalloc_objects(), last < SHM_LEAF ? 3 : 4);
		*shm_object_entry(object, last) = SHM_PAGE_NONE;
		shm_object_put(object);
	}
	machine_end();
}

static void
no_memory(void)
{
	machine_start();
	kmalloc_budget = 0;
	check(!shm_object_create(1));
	kmalloc_budget = 1;
	struct shm_object *object = shm_object_create(5000);
	check(!shm_object_make_entry(object, 3000)); /* no root */
	kmalloc_budget = 1;
	check(!shm_object_make_entry(object, 3000)); /* no leaf */
	check(!shm_object_entry(object, 3000));
	kmalloc_budget = 1;
	check(shm_object_make_entry(object, 3000));
	kmalloc_budget = ~0ul;
	shm_object_put(object);
	machine_end();
}

/* Areas join and leave at random; the list has just them. */
static void
attach_list(void)
{
	struct vm_area areas[20] = {0};
	bool on[20] = {0};
	unsigned long count = 0;

	machine_start();
	struct shm_object *object = shm_object_create(3);
	for (int i = 0; i < 5000; i++) {
		unsigned n = pick(20);
		areas[n].object = object;
		if (on[n])
			shm_object_detach(&areas[n]), count--;
		else
			shm_object_attach(&areas[n]), count++;
		on[n] = !on[n];
		check_equal(object->shm_nattch, count);
		check_equal(object->references, count + 1);
		shm_object_check(object);
		for (struct vm_area *a = object->attaches, *before = NULL; a;
			before = a, a = a->vm_next_share)
			check(on[a - areas] && a->vm_prev_share == before);
	}
	shm_object_put(object); /* the name goes; the last area takes the object with it */
	for (int n = 0; n < 20; n++)
		if (on[n])
			shm_object_detach(&areas[n]);
	machine_end();
}

#define MOST (4 * SHM_LEAF) /* pages in the test of other sizes */

/* Bring a page in, or see that it is the one that was. */
static void
touch(struct shm_object *object, unsigned long page, pfn_t *model)
{
	struct page_result result;

	check_equal(shm_object_page(object, page, &result), 0);
	check_equal(result.is_new, !model[page]);
	check(!model[page] || model[page] == result.frame);
	model[page] = result.frame;
	frame_put(result.frame);
}

/* Grown and cut at random, by a page and by far, an object keeps just the pages below its end. */
static void
other_sizes(void)
{
	static pfn_t model[MOST];
	unsigned long npages = 0, present = 0;

	machine_start();
	struct shm_object *object = shm_object_create(0);
	for (int i = 0; i < 3000; i++) {
		unsigned long to = pick(4) ? npages + pick(5) : pick(MOST + 1);
		if (to > MOST || !pick(50))
			to = 0;
		kmalloc_budget = pick(4) ? ~0ul : pick(2);
		int error = shm_object_resize(object, to);
		check(!error || to > npages); /* less is always possible */
		kmalloc_budget = ~0ul;
		if (!error)
			npages = to;
		check_equal(object->shm_npages, npages);
		for (unsigned long page = npages; page < MOST; page++)
			model[page] = PFN_NONE;
		for (int n = 0; npages && n < 3; n++)
			touch(object, n ? pick(npages) : npages - 1, model);
		present = 0;
		for (unsigned long page = 0; page < npages; page++) {
			shm_page_t *entry = shm_object_entry(object, page);
			check_equal(entry ? *entry : SHM_PAGE_NONE,
				model[page] ? SHM_PAGE(model[page], SHM_PAGE_PRESENT)
					    : SHM_PAGE_NONE);
			present += model[page] != PFN_NONE;
		}
		check_equal(object->present, present);
		shm_object_check(object);
		machine_check();
	}
	shm_object_resize(object, 0);
	check_equal(kmalloc_objects(), 1); /* no table */
	shm_object_put(object);
	machine_end();
}

static void
check_sees_counts(void)
{
	machine_start();
	struct shm_object *object = shm_object_create(3);
	object->shm_nattch = 1;
	shm_object_check(object);
}

static void
check_sees_strange_frames(void)
{
	machine_start();
	struct shm_object *object = shm_object_create(3);
	*shm_object_make_entry(object, 1) =
		SHM_PAGE(frame_alloc(FRAME_SHM, object, 2), SHM_PAGE_PRESENT);
	object->present = 1;
	shm_object_check(object);
}

const struct test tests[] = {
	{"S08 creating costs one small object and no frame, whatever the size", cost_of_creating,
		NULL},
	{"every page has an entry; root and leaves come with the first touch", entries, NULL},
	{"S06 no memory: NULL, and what is there stays", no_memory, NULL},
	{"Q01 an object of another size keeps the pages below its end", other_sizes, NULL},
	{"S21 areas join and leave the attach list in any order", attach_list, NULL},
	{"the check sees a wrong count", check_sees_counts, "nattch 1, 0 on its list"},
	{"the check sees a frame of another page", check_sees_strange_frames,
		"holds a frame that is not its own"},
	{0},
};
