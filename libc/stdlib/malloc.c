/*
 * malloc: one list of free blocks in the order of their addresses, so that neighbours are found and
 * joined when a block comes back. Memory is taken from the heap by sbrk; where something stands
 * in the heap's way (an attach, say) or the request is large, from mmap.
 *
 *	| size state next | payload ...... | size state next | payload ...
 *	^ a block         ^ what the caller gets
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ALIGNMENT 16
#define GROWTH 0x10000 /* bytes taken from the system at a time */
#define LARGE 0x20000  /* from here on a block has a mapping of its own */

/* What state says. Any other value: the pointer never came from malloc. */
#define USED 0x75736564u
#define FREE 0x66726565u
#define MAPPED 0x6d617070u

struct block {
	size_t size; /* with this header */
	unsigned state;
	struct block *next; /* in the free list */
} __attribute__((aligned(ALIGNMENT)));

static struct block *free_list;

static size_t
round_up(size_t size, size_t unit)
{
	return (size + unit - 1) / unit * unit;
}

static struct block *
map_block(size_t size, unsigned state)
{
	struct block *block;

	size = round_up(size, getpagesize());
	block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED)
		return NULL;
	block->size = size;
	block->state = state;
	return block;
}

/* Puts a block into the free list, joined with the neighbours it touches. */
static void
insert(struct block *block)
{
	struct block **link = &free_list, *before = NULL, *after;

	while (*link && *link < block) {
		before = *link;
		link = &before->next;
	}
	after = *link;
	block->state = FREE;
	block->next = after;
	*link = block;
	if (after && (char *)block + block->size == (char *)after) {
		block->size += after->size;
		block->next = after->next;
	}
	if (before && (char *)before + before->size == (char *)block) {
		before->size += block->size;
		before->next = block->next;
	}
}

/* Adds at least size bytes to the free list; false if there is no memory. */
static int
grow(size_t size)
{
	struct block *block;
	uintptr_t end = (uintptr_t)sbrk(0);
	size_t gap = -end % ALIGNMENT;

	size = round_up(size, GROWTH);
	if (sbrk(gap + size) != (void *)-1) {
		block = (struct block *)(end + gap);
		block->size = size;
	} else {
		block = map_block(size, FREE);
	}
	if (block)
		insert(block);
	return block != NULL;
}

/* Takes a block of exactly size bytes out of the free list, the rest stays; NULL if none fits. */
static struct block *
take(size_t size)
{
	for (struct block **link = &free_list; *link; link = &(*link)->next) {
		struct block *block = *link;

		if (block->size < size)
			continue;
		if (block->size - size > sizeof(*block)) {
			struct block *rest = (struct block *)((char *)block + size);
			rest->size = block->size - size;
			rest->state = FREE;
			rest->next = block->next;
			*link = rest;
			block->size = size;
		} else {
			*link = block->next;
		}
		block->state = USED;
		return block;
	}
	return NULL;
}

void *
malloc(size_t size)
{
	struct block *block;

	if (size > PTRDIFF_MAX) {
		errno = ENOMEM;
		return NULL;
	}
	size = round_up(size + sizeof(*block), ALIGNMENT);
	if (size >= LARGE)
		block = map_block(size, MAPPED);
	else
		do
			block = take(size);
		while (!block && grow(size));
	return block ? block + 1 : NULL;
}

/* The block of a pointer that must have come from malloc. */
static struct block *
block_of(void *memory, const char *complaint)
{
	struct block *block = (struct block *)memory - 1;

	if ((uintptr_t)memory % ALIGNMENT || (block->state != USED && block->state != MAPPED)) {
		write(STDERR_FILENO, complaint, strlen(complaint));
		abort();
	}
	return block;
}

void
free(void *memory)
{
	struct block *block;
	int error = errno;

	if (!memory)
		return;
	block = block_of(memory, "free(): invalid pointer\n");
	if (block->state == MAPPED)
		munmap(block, block->size);
	else
		insert(block);
	errno = error;
}

void *
calloc(size_t count, size_t size)
{
	size_t total;
	void *memory;

	if (__builtin_mul_overflow(count, size, &total)) {
		errno = ENOMEM;
		return NULL;
	}
	memory = malloc(total);
	if (memory && total < LARGE)
		memset(memory, 0, total);
	return memory;
}

void *
realloc(void *memory, size_t size)
{
	struct block *block;
	size_t room;
	void *larger;

	if (!memory)
		return malloc(size);
	if (size == 0) {
		free(memory);
		return NULL;
	}
	block = block_of(memory, "realloc(): invalid pointer\n");
	room = block->size - sizeof(*block);
	if (size <= room)
		return memory;
	larger = malloc(size);
	if (larger) {
		memcpy(larger, memory, room);
		free(memory);
	}
	return larger;
}
