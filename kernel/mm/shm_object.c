/* The shared object: its table of pages, and the list of areas attached to it. */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/shm_object.h>
#include <mm/vm.h>

static struct cache objects = CACHE("shm_object", struct shm_object);

struct shm_object *
shm_object_create(unsigned long npages)
{
	struct shm_object *object = cache_alloc(&objects);

	if (!object)
		return NULL;
	object->references = 1;
	object->shm_npages = object->room = npages;
	object->shm_pages = NULL;
	object->present = object->swapped = 0;
	object->attaches = NULL;
	object->shm_nattch = 0;
	object->name = NULL;
	object->fill = NULL;
	wait_queue_init(&object->changed);
	return object;
}

/* Leaves of a table with room for so many pages. */
static unsigned long
leaf_count(unsigned long room)
{
	return (room + SHM_LEAF - 1) / SHM_LEAF;
}

/* Entries of leaf number `leaf` there: the last one is only as long as the room. */
static unsigned long
leaf_entries(unsigned long room, unsigned long leaf)
{
	unsigned long rest = room - leaf * SHM_LEAF;
	return rest < SHM_LEAF ? rest : SHM_LEAF;
}

/* Give back the frames of the leaf's entries from `first` on. */
static void
empty_leaf(struct shm_object *object, unsigned long leaf, unsigned long first)
{
	shm_page_t *entry = object->shm_pages[leaf] + first;
	shm_page_t *end = object->shm_pages[leaf] + leaf_entries(object->room, leaf);
	unsigned long emptied = 0;

	for (; entry < end; entry++) {
		if (SHM_PAGE_TYPE(*entry) == SHM_PAGE_PRESENT) {
			frame_put(SHM_PAGE_VALUE(*entry));
			emptied++;
		}
		*entry = SHM_PAGE_NONE; /* of a busy one: who is at it notices */
	}
	object->present -= emptied;
}

/* Give back every frame from page number `page` on, and the leaves and the root that go with it. */
static void
free_pages(struct shm_object *object, unsigned long page)
{
	if (!object->shm_pages)
		return;
	for (unsigned long i = page / SHM_LEAF; i < leaf_count(object->room); i++) {
		unsigned long first = i == page / SHM_LEAF ? page % SHM_LEAF : 0;
		if (!object->shm_pages[i])
			continue;
		empty_leaf(object, i, first);
		if (first)
			continue;
		kfree(object->shm_pages[i]);
		object->shm_pages[i] = NULL;
	}
	if (page == 0) {
		kfree(object->shm_pages);
		object->shm_pages = NULL;
	}
}

/* The table's last leaf, with `room` in the place of the object's; NULL: no memory. */
static shm_page_t *
longer_leaf(const struct shm_object *object, unsigned long leaf, unsigned long room)
{
	shm_page_t *longer = kzalloc(leaf_entries(room, leaf) * sizeof(*longer));

	if (longer)
		memcpy(longer, object->shm_pages[leaf],
			leaf_entries(object->room, leaf) * sizeof(*longer));
	return longer;
}

/* Another root, and if the last leaf is short another one, with more room. */
static int
grow_table(struct shm_object *object, unsigned long room)
{
	unsigned long leaves = leaf_count(object->room), last = leaves - 1;
	shm_page_t **root = kzalloc(leaf_count(room) * sizeof(*root));

	if (!root)
		return -ENOMEM;
	memcpy(root, object->shm_pages, leaves * sizeof(*root));
	if (root[last] && leaf_entries(object->room, last) < leaf_entries(room, last)) {
		root[last] = longer_leaf(object, last, room);
		if (!root[last]) {
			kfree(root);
			return -ENOMEM;
		}
		kfree(object->shm_pages[last]);
	}
	kfree(object->shm_pages);
	object->shm_pages = root;
	return 0;
}

int
shm_object_resize(struct shm_object *object, unsigned long npages)
{
	unsigned long room = object->room * 2; /* what grows by pages is not copied by pages */

	if (npages < object->shm_npages) {
		free_pages(object, npages);
		wait_wake_all(&object->changed); /* what they wait for may not come */
	}
	if (npages > object->room) {
		if (npages > room)
			room = npages;
		if (object->shm_pages && grow_table(object, room))
			return -ENOMEM;
		object->room = room;
	}
	object->shm_npages = npages;
	return 0;
}

void
shm_object_free(struct shm_object *object)
{
	assert(!object->attaches);
	free_pages(object, 0);
	cache_free(&objects, object);
}

shm_page_t *
shm_object_make_entry(struct shm_object *object, unsigned long page)
{
	if (!object->shm_pages)
		object->shm_pages = kzalloc(leaf_count(object->room) * sizeof(*object->shm_pages));
	if (!object->shm_pages)
		return NULL;
	shm_page_t **leaf = &object->shm_pages[page / SHM_LEAF];
	if (!*leaf)
		*leaf = kzalloc(leaf_entries(object->room, page / SHM_LEAF) * sizeof(**leaf));
	return *leaf ? *leaf + page % SHM_LEAF : NULL;
}

void
shm_object_attach(struct vm_area *area)
{
	struct shm_object *object = area->object;

	area->vm_prev_share = NULL;
	area->vm_next_share = object->attaches;
	if (object->attaches)
		object->attaches->vm_prev_share = area;
	object->attaches = area;
	object->shm_nattch++;
	object->references++;
}

void
shm_object_detach(struct vm_area *area)
{
	struct shm_object *object = area->object;

	if (area->vm_prev_share)
		area->vm_prev_share->vm_next_share = area->vm_next_share;
	else
		object->attaches = area->vm_next_share;
	if (area->vm_next_share)
		area->vm_next_share->vm_prev_share = area->vm_prev_share;
	area->vm_next_share = area->vm_prev_share = NULL;
	object->shm_nattch--;
	shm_object_put(object);
}

const struct vm_operations shared_anon_operations = {
	.name = "/dev/zero (deleted)",
	.open = shm_object_attach,
	.close = shm_object_detach,
	.nopage = shm_nopage,
};

unsigned long
shm_object_count(void)
{
	return objects.in_use;
}

void
shm_object_check(const struct shm_object *object)
{
	unsigned long attached = 0, present = 0;

	for (struct vm_area *area = object->attaches; area; area = area->vm_next_share, attached++)
		if (area->object != object)
			panic("an area on the attach list of object %p belongs to %p", object,
				area->object);
	if (attached != object->shm_nattch)
		panic("object %p: nattch %lu, %lu on its list", object, object->shm_nattch,
			attached);
	for (unsigned long i = 0; object->shm_pages && i < leaf_count(object->room); i++) {
		const shm_page_t *leaf = object->shm_pages[i];
		for (unsigned long n = 0; leaf && n < leaf_entries(object->room, i); n++) {
			if (SHM_PAGE_TYPE(leaf[n]) != SHM_PAGE_PRESENT)
				continue;
			present++;
			const struct frame *frame = &frames[SHM_PAGE_VALUE(leaf[n])];
			if (frame->kind != FRAME_SHM || frame->owner != object ||
				frame->index != i * SHM_LEAF + n)
				panic("object %p: page %lu holds a frame that is not its own",
					object, i * SHM_LEAF + n);
		}
	}
	if (present != object->present)
		panic("object %p: %lu pages present, the count says %lu", object, present,
			object->present);
}
