/*
 * Object caches: equal objects cut from page frames ("slabs"), and kmalloc for the odd sizes.
 *
 * A slab is one page frame: a header, then the objects. Free objects are linked through their first
 * word; those never used are not even linked, so starting a slab costs the same for any size.
 * Each cache keeps at most one empty slab. Nothing here sleeps.
 * check=1: free objects are filled with poison, which must still be there when they are handed out.
 */
#ifndef MM_KMALLOC_H
#define MM_KMALLOC_H

#include <lib/list.h>

struct cache {
	const char *name;
	unsigned size;		 /* bytes of one object, a multiple of 8 */
	unsigned long in_use;	 /* objects handed out */
	struct list partial;	 /* slabs with a free object */
	struct slab *empty;	 /* one wholly free slab kept back, or NULL */
	struct cache *next;	 /* all caches, for counting */
	bool listed;
};

#define CACHE(label, type)                                                                         \
	{                                                                                          \
		.name = (label), .size = (sizeof(type) + 7) & ~7u                                  \
	}

/* One object, contents undefined; NULL when out of frames. */
void *cache_alloc(struct cache *cache);
void cache_free(struct cache *cache, void *object);

/*
 * `size` bytes (1 … 4 MiB), 8-byte aligned; NULL when out of frames. Larger than half a page: whole
 * frames.
 */
void *kmalloc(size_t size);
void *kzalloc(size_t size); /* the same, zeroed */
void kfree(void *pointer);  /* NULL is fine */

/* Give the empty slabs back to the frame allocator: before counting, and when memory is short. */
void kmalloc_trim(void);
/* Objects handed out, from all caches together; runs of whole frames count as one each. */
unsigned long kmalloc_objects(void);

#endif
