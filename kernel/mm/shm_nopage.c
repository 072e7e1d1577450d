/*
 * shm_nopage: the handler that this kernel is named after. A process has touched a page of a shared
 * object that its page table does not know. The object's table says which of four things that
 * means:
 *
 *     none      nobody has touched the page before: a zeroed frame is entered, for all of them
 *     present   another toucher was first: the same frame, and no allocation
 *     busy      another toucher is at it just now: wait, then look the area up again
 *     swapped   (kept for the pager)
 */
#include <abi/errno.h>
#include <lib/check.h>
#include <mm/frame.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include "arch/arch.h"

/* A zeroed frame, entered into the table. */
static int
enter_new_frame(struct shm_object *object, unsigned long page, shm_page_t *entry)
{
	pfn_t frame = frame_alloc(FRAME_SHM, object, page);

	if (!frame)
		return -ENOMEM;
	arch_zero_frame(frame);
	if (unlikely(object->fill))
		object->fill(object, page, frame);
	/* the entry holds the frame's first reference */
	*entry = SHM_PAGE(frame, SHM_PAGE_PRESENT);
	object->present++;
	return 0;
}

/*
 * The same as under a slow disk: sleep between look-up and entry. The entry is busy meanwhile, so
 * whoever else touches the page waits and no frame is made twice. Nothing of the area may be used
 * after the sleep.
 */
static int
enter_slowly(struct shm_object *object, unsigned long page, shm_page_t *entry)
{
	int error = 0;

	*entry = SHM_PAGE_BUSY;
	shm_object_get(object);
	wait_yield();
	/*
	 * slept: the area may be gone; the object is not, we hold a reference; its table may be
	 * another, and the page cut off
	 */
	entry = shm_object_entry(object, page);
	if (page < object->shm_npages && entry && *entry == SHM_PAGE_BUSY) {
		*entry = SHM_PAGE_NONE;
		error = enter_new_frame(object, page, entry);
		wait_wake_all(&object->changed);
	}
	shm_object_put(object);
	return error ? error : -EAGAIN;
}

/* Sleep until the page's entry is no longer busy. */
static int
wait_for_entry(struct shm_object *object)
{
	shm_object_get(object);
	int error = wait_sleep(&object->changed, SLEEP_KILLABLE);
	shm_object_put(object);
	return error ? -EINTR : -EAGAIN; /* slept: look again */
}

int
shm_nopage(struct vm_area *area, unsigned long page, struct page_result *result)
{
	struct shm_object *object = area->object;

	if (page >= object->shm_npages)
		return -ENXIO;
	shm_page_t *entry = shm_object_entry(object, page);
	if (!entry)
		entry = shm_object_make_entry(object, page);
	if (!entry)
		return -ENOMEM;

	result->is_new = *entry == SHM_PAGE_NONE;
	if (*entry == SHM_PAGE_BUSY)
		return wait_for_entry(object);
	if (result->is_new) {
		if (sleepy)
			return enter_slowly(object, page, entry);
		int error = enter_new_frame(object, page, entry);
		if (error)
			return error;
	}
	result->frame = SHM_PAGE_VALUE(*entry);
	frame_get(result->frame); /* for the mapping, or whoever asked */
	return 0;
}

int
shm_object_page(struct shm_object *object, unsigned long page, struct page_result *result)
{
	struct vm_area anywhere = {.object = object}; /* nothing else of it is looked at */

	return shm_nopage(&anywhere, page, result);
}
