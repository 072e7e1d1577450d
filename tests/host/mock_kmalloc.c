/*
 * Object caches that are the host's malloc: AddressSanitizer then sees each byte beside an object
 * and each use after its end. (kmalloc_test alone has the kernel's own in its place.)
 */
#include <mm/kmalloc.h>
#include "mock.h"
#include "test.h"

unsigned long kmalloc_budget = ~0ul;
static unsigned long objects;

static void *
allocate(size_t size)
{
	if (kmalloc_budget == 0)
		return NULL;
	kmalloc_budget--;
	objects++;
	void *pointer = malloc(size);
	memset(pointer, 0xa5, size);
	return pointer;
}

void *
cache_alloc(struct cache *cache)
{
	void *object = allocate(cache->size);

	cache->in_use += object != NULL;
	return object;
}

void
cache_free(struct cache *cache, void *object)
{
	cache->in_use--;
	objects--;
	free(object);
}

void *
kmalloc(size_t size)
{
	return size <= 4ul << 20 ? allocate(size) : NULL;
}

void *
kzalloc(size_t size)
{
	void *pointer = kmalloc(size);

	return pointer ? memset(pointer, 0, size) : NULL;
}

void
kfree(void *pointer)
{
	objects -= pointer != NULL;
	free(pointer);
}

void
kmalloc_trim(void)
{
}

unsigned long
kmalloc_objects(void)
{
	return objects;
}
