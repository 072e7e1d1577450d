/* The shared object: its table of pages, and the list of areas attached to it. */
#include <dev/console.h>
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
	*object = (struct shm_object){.references = 1, .shm_npages = npages};
	wait_queue_init(&object->changed);
	return object;
}

static unsigned long
leaf_count(const struct shm_object *object)
{
	return (object->shm_npages + SHM_LEAF - 1) / SHM_LEAF;
}

/* Entries of leaf number `leaf`: the last one is only as long as the object. */
static unsigned long
leaf_entries(const struct shm_object *object, unsigned long leaf)
{
	unsigned long rest = object->shm_npages - leaf * SHM_LEAF;
	return rest < SHM_LEAF ? rest : SHM_LEAF;
}

static void
free_leaf(shm_page_t *leaf, unsigned long entries)
{
	for (unsigned long i = 0; i < entries; i++)
		if (SHM_PAGE_TYPE(leaf[i]) == SHM_PAGE_PRESENT)
			frame_put(SHM_PAGE_VALUE(leaf[i]));
	kfree(leaf);
}

static void
free_pages(struct shm_object *object)
{
	if (!object->shm_pages)
		return;
	for (unsigned long i = 0; i < leaf_count(object); i++)
		if (object->shm_pages[i])
			free_leaf(object->shm_pages[i], leaf_entries(object, i));
	kfree(object->shm_pages);
}

void
shm_object_free(struct shm_object *object)
{
	assert(!object->attaches);
	free_pages(object);
	cache_free(&objects, object);
}

shm_page_t *
shm_object_make_entry(struct shm_object *object, unsigned long page)
{
	if (!object->shm_pages)
		object->shm_pages = kzalloc(leaf_count(object) * sizeof(*object->shm_pages));
	if (!object->shm_pages)
		return NULL;
	shm_page_t **leaf = &object->shm_pages[page / SHM_LEAF];
	if (!*leaf)
		*leaf = kzalloc(leaf_entries(object, page / SHM_LEAF) * sizeof(**leaf));
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
	for (unsigned long i = 0; object->shm_pages && i < leaf_count(object); i++) {
		const shm_page_t *leaf = object->shm_pages[i];
		for (unsigned long n = 0; leaf && n < leaf_entries(object, i); n++) {
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
