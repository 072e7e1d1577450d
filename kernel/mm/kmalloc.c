/*
 * Object caches.
 *
 *     a slab, one page frame:
 *     +-------------+--------+--------+-----+--------+----------------+
 *     | struct slab | object | object | …   | object | never used yet |
 *     +-------------+--------+--------+-----+--------+----------------+
 *           free ──────────────^  (linked through the first word)       ^── fresh
 */
#include <dev/console.h>
#include <lib/check.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include "arch/arch.h"

#define POISON 0x6c

struct slab {
	struct list link;    /* in cache->partial, while it has a free object */
	struct cache *cache;
	void *free;	     /* objects given back */
	uint16_t fresh;	     /* byte offset of the first object never used */
	uint16_t in_use;
};

static struct cache *caches;
static unsigned long runs; /* allocations of whole frames */

/* kmalloc's caches. The last still leaves room for two objects and the header in a page. */
static struct cache sizes[] = {
	{.name = "kmalloc-16", .size = 16},
	{.name = "kmalloc-32", .size = 32},
	{.name = "kmalloc-64", .size = 64},
	{.name = "kmalloc-128", .size = 128},
	{.name = "kmalloc-256", .size = 256},
	{.name = "kmalloc-512", .size = 512},
	{.name = "kmalloc-1000", .size = 1000},
	{.name = "kmalloc-2032", .size = 2032},
};
#define KMALLOC_LARGEST 2032

static void
list_cache(struct cache *cache)
{
	list_init(&cache->partial);
	cache->listed = true;
	cache->next = caches;
	caches = cache;
}

static struct slab *
new_slab(struct cache *cache)
{
	pfn_t pfn = frame_alloc(FRAME_SLAB, cache, 0);

	if (!pfn)
		return NULL;
	space_took(1);
	struct slab *slab = arch_frame_address(pfn);
	slab->cache = cache;
	slab->free = NULL;
	slab->fresh = (sizeof(*slab) + 7) & ~7u;
	slab->in_use = 0;
	list_add_after(&cache->partial, &slab->link);
	return slab;
}

static struct slab *
slab_of(const void *object)
{
	return (struct slab *)((uintptr_t)object & ~PAGE_MASK);
}

static bool
is_full(const struct slab *slab)
{
	return !slab->free && slab->fresh + slab->cache->size > PAGE_SIZE;
}

static void
check_poison(const struct cache *cache, const void *object)
{
	const unsigned char *byte = object;

	for (unsigned i = sizeof(void *); i < cache->size; i++)
		if (byte[i] != POISON)
			panic("object %p of cache %s was written while free, at byte %u", object,
				cache->name, i);
}

void *
cache_alloc(struct cache *cache)
{
	struct slab *slab;

	if (unlikely(!cache->listed))
		list_cache(cache);
	if (!list_empty(&cache->partial)) {
		slab = list_entry(cache->partial.next, struct slab, link);
		if (slab == cache->empty)
			cache->empty = NULL;
	} else {
		slab = new_slab(cache);
		if (!slab)
			return NULL;
	}

	void *object = slab->free;
	if (object) {
		slab->free = *(void **)object;
		if (check_enabled)
			check_poison(cache, object);
	} else {
		object = (char *)slab + slab->fresh;
		slab->fresh += cache->size;
	}
	slab->in_use++;
	cache->in_use++;
	if (is_full(slab))
		list_remove(&slab->link);
	return object;
}

static void
free_slab(struct slab *slab)
{
	list_remove(&slab->link);
	frame_put(arch_frame_of(slab));
}

void
cache_free(struct cache *cache, void *object)
{
	struct slab *slab = slab_of(object);

	assert(slab->cache == cache && slab->in_use > 0);
	if (is_full(slab))
		list_add_after(&cache->partial, &slab->link);
	if (check_enabled)
		memset(object, POISON, cache->size);
	*(void **)object = slab->free;
	slab->free = object;
	cache->in_use--;
	if (--slab->in_use)
		return;
	if (cache->empty)
		free_slab(slab);
	else
		cache->empty = slab;
}

/* Whole frames for the large: the order is kept in the first frame's index. */
static void *
alloc_frames(size_t size)
{
	unsigned order = 0;

	while (PAGE_SIZE << order < size)
		order++;
	if (order > FRAME_MAX_ORDER)
		return NULL;
	pfn_t pfn = frame_alloc_run(order, FRAME_KERNEL);
	if (!pfn)
		return NULL;
	space_took(1ul << order);
	frames[pfn].index = order;
	runs++;
	return arch_frame_address(pfn);
}

void *
kmalloc(size_t size)
{
	if (size > KMALLOC_LARGEST)
		return alloc_frames(size);
	/* the power of two that is enough; of the last two, a little less */
	struct cache *cache = size <= 16 ? sizes : &sizes[28 - __builtin_clz(size - 1)];
	return cache_alloc(cache->size < size ? cache + 1 : cache);
}

void *
kzalloc(size_t size)
{
	void *pointer = kmalloc(size);

	if (pointer)
		memset(pointer, 0, size);
	return pointer;
}

void
kfree(void *pointer)
{
	if (!pointer)
		return;
	if ((uintptr_t)pointer & PAGE_MASK) { /* a slab begins with its header */
		cache_free(slab_of(pointer)->cache, pointer);
		return;
	}
	pfn_t pfn = arch_frame_of(pointer);
	struct frame *frame = &frames[pfn];
	assert(frame->kind == FRAME_KERNEL);
	runs--;
	frame_free_run(pfn, frame->index);
}

void
kmalloc_trim(void)
{
	for (struct cache *cache = caches; cache; cache = cache->next) {
		if (cache->empty)
			free_slab(cache->empty);
		cache->empty = NULL;
	}
}

unsigned long
kmalloc_objects(void)
{
	unsigned long objects = runs;

	for (struct cache *cache = caches; cache; cache = cache->next)
		objects += cache->in_use;
	return objects;
}
