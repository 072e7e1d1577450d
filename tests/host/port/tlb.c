/* A cache of entries. It forgets nothing of itself, unless it is full. */
#include "mock.h"

struct cache tlb, walks;

struct cached *
cache_find(struct cache *cache, vaddr_t key, unsigned space)
{
	for (unsigned i = 0; i < cache->count; i++)
		if (cache->entries[i].key == key && cache->entries[i].space == space)
			return &cache->entries[i];
	return NULL;
}

void
cache_add(struct cache *cache, vaddr_t key, unsigned space, uint32_t entry)
{
	unsigned at;

	check(!cache_find(cache, key, space));
	at = cache->count < CACHE_SIZE ? cache->count++ : pick(CACHE_SIZE);
	cache->entries[at] = (struct cached){key, space, entry};
}

void
cache_drop(struct cache *cache, vaddr_t key, unsigned long space)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < cache->count; i++) {
		const struct cached *entry = &cache->entries[i];
		if ((key == ANY || entry->key == key) && (space == ANY || entry->space == space))
			continue;
		cache->entries[kept++] = *entry;
	}
	cache->count = kept;
}
