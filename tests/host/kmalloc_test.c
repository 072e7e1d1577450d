/* kernel/mm/kmalloc.c: objects that are all there, apart from each other, and aligned. */
#include <lib/check.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include "mock.h"
#include "test.h"

#define OBJECTS 400

static struct object {
	unsigned char *bytes;
	size_t size;
	struct cache *cache; /* NULL: from kmalloc */
	unsigned char pattern;
} objects[OBJECTS];

static struct cache caches[] = {
	{.name = "eight", .size = 8}, {.name = "forty", .size = 40}, {.name = "big", .size = 2000}};

/* Nobody else wrote into it. */
static void
check_object(const struct object *object)
{
	for (size_t i = 0; i < object->size; i++)
		check_equal(object->bytes[i], object->pattern);
}

static void
make(struct object *object)
{
	object->cache = pick(2) ? &caches[pick(ARRAY_SIZE(caches))] : NULL;
	object->size = object->cache ? object->cache->size
		       : pick(8)     ? 1 + pick(2100)
				     : 1 + pick(40000);
	object->bytes = object->cache ? cache_alloc(object->cache)
			: pick(2)     ? kzalloc(object->size)
				      : kmalloc(object->size);
	check(object->bytes && (uintptr_t)object->bytes % 8 == 0);
	object->pattern = pick(256);
	memset(object->bytes, object->pattern, object->size);
}

static void
drop(struct object *object)
{
	check_object(object);
	if (object->cache)
		cache_free(object->cache, object->bytes);
	else
		kfree(object->bytes);
	object->bytes = NULL;
}

static void
random_objects(void)
{
	unsigned long count = 0;

	machine_start();
	for (int i = 0; i < 20000; i++) {
		struct object *object = &objects[pick(OBJECTS)];
		if (object->bytes) {
			drop(object);
			count--;
		} else {
			make(object);
			count++;
		}
		check_equal(kmalloc_objects(), count);
		if (i % 1000 == 0)
			kmalloc_trim();
	}
	for (int i = 0; i < OBJECTS; i++)
		if (objects[i].bytes)
			drop(&objects[i]);
	machine_end();
}

static void
zeroed(void)
{
	machine_start();
	for (size_t size = 1; size < 10000; size += 1 + size / 3) {
		unsigned char *dirty = kmalloc(size);
		memset(dirty, 0xff, size);
		kfree(dirty);
		unsigned char *bytes = kzalloc(size);
		for (size_t i = 0; i < size; i++)
			check_equal(bytes[i], 0);
		kfree(bytes);
	}
	kfree(NULL);
	machine_end();
}

static void
exhaustion(void)
{
	void *first = NULL;

	machine_start();
	frame_set_floor(frame_free_count() - 20);
	unsigned long count = 0;
	for (void **object; (object = kmalloc(64)); first = object, count++)
		*object = first;
	check(count > 20 * 50 && count < 20 * 64);
	check(!kmalloc(64) && !kzalloc(64) && !kmalloc(5000) && !cache_alloc(&caches[0]));
	while (first) {
		void *next = *(void **)first;
		kfree(first);
		first = next;
	}
	check(kmalloc(5000 * 1024) == NULL); /* more than the largest run */
	machine_end();
}

static void
one_empty_slab_is_kept(void)
{
	void *object[1000];

	machine_start();
	unsigned long before = frame_free_count();
	for (int i = 0; i < 1000; i++)
		object[i] = cache_alloc(&caches[1]);
	for (int i = 0; i < 1000; i++)
		cache_free(&caches[1], object[i]);
	check_equal(frame_free_count(), before - 1);
	for (int i = 0; i < 10; i++) { /* and serves: coming and going costs no frame */
		object[0] = cache_alloc(&caches[1]);
		check_equal(frame_free_count(), before - 1);
		cache_free(&caches[1], object[0]);
	}
	machine_end();
}

static void
poison(void)
{
	check_enabled = true;
	machine_start();
	char *object = cache_alloc(&caches[1]);
	cache_free(&caches[1], object);
	object[20] = 0;
	cache_alloc(&caches[1]);
}

static void
wrong_cache(void)
{
	machine_start();
	cache_alloc(&caches[0]);
	cache_free(&caches[0], cache_alloc(&caches[1]));
}

const struct test tests[] = {
	{"random objects of all sizes keep their bytes", random_objects, NULL},
	{"kzalloc's are zero", zeroed, NULL},
	{"out of frames: NULL, and all comes back", exhaustion, NULL},
	{"one empty slab is kept, trimming gives it back", one_empty_slab_is_kept, NULL},
	{"check=1 sees a write to a free object", poison, "was written while free"},
	{"an object given back to another cache panics", wrong_cache, "assertion failed"},
	{0},
};
