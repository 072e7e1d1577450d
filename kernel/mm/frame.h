/*
 * Page frames: who holds each page of RAM, and the allocator that hands them out.
 *
 *   frames[]     one struct frame for each page frame of RAM, indexed by frame number
 *   free runs    lists of free, naturally aligned runs of 2^order frames (a buddy allocator)
 *
 * Laws (check=1 verifies them):
 *   - references = page-table entries that map the frame + object entries that hold it + the
 *     kernel's holds
 *   - references == 0 if and only if the frame is FRAME_FREE
 *   - a free frame is mapped by no user table
 * Nothing here ever sleeps: the caller decides whether to reclaim and try again.
 */
#ifndef MM_FRAME_H
#define MM_FRAME_H

#include <lib/types.h>

enum frame_kind {
	FRAME_FREE,
	FRAME_RESERVED, /* the kernel's image, the archive, the machine's own: never freed */
	FRAME_KERNEL,	/* kernel stacks and other runs the kernel holds */
	FRAME_SLAB,	/* owner: the struct cache whose objects it holds */
	FRAME_TABLE,	/* a page table; index: its used entries */
	FRAME_ANON,	/* private memory; no owner */
	FRAME_SHM,	/* owner: its struct shm_object; index: the page's number there */
	FRAME_IMAGE,	/* owner: its struct image; index: the page's number there */
	FRAME_KINDS
};

struct frame {
	uint32_t references;
	uint16_t kind;	/* enum frame_kind */
	uint16_t order; /* of the free run that starts here; meaningless elsewhere */
	union {
		struct {
			void *owner;
			unsigned long index;
		};
		struct { /* while free: neighbours on the list of its order */
			pfn_t next, prev;
		};
	};
};

#define FRAME_MAX_ORDER 10 /* the largest run: 2^10 frames, 4 MiB */

/* The frame table, indexed by numbers from frame_first() to below frame_count(). */
extern struct frame *frames;

/*
 * Once, from kmain: builds the table from the boot information. Panics if there is too little RAM.
 */
void frame_init(void);

/*
 * One frame with one reference, its contents undefined (poison under check=1).
 * PFN_NONE when no more than the floor is free. Never sleeps.
 */
pfn_t frame_alloc(enum frame_kind kind, void *owner, unsigned long index);

/* A naturally aligned run of 2^order frames, each with one reference; PFN_NONE as above. */
pfn_t frame_alloc_run(unsigned order, enum frame_kind kind);

/* Give back a whole run as it was allocated; each frame must have its one reference. */
void frame_free_run(pfn_t pfn, unsigned order);

/* Frees the frame; its last reference is gone. Only frame_put() calls it. */
void frame_free(pfn_t pfn);

/* Take one more reference to a frame that has some. */
static inline void
frame_get(pfn_t pfn)
{
	frames[pfn].references++;
}

/* Drop a reference; the last one frees the frame. */
static inline void
frame_put(pfn_t pfn)
{
	if (--frames[pfn].references == 0)
		frame_free(pfn);
}

/*
 * The reserve: an allocation fails unless more than `floor` frames stay free. The floor follows the
 * running task (sched.c sets it at each switch): none for init and the console's shell, so that
 * a machine whose memory is eaten up can still be used; see space_floor().
 */
void frame_set_floor(unsigned long floor);

pfn_t frame_first(void);	 /* the lowest frame number */
unsigned long frame_count(void); /* one past the highest */
unsigned long frame_total(void); /* frames that the allocator manages */
unsigned long frame_free_count(void);

/* check=1: the free lists and the table agree. Panics when they don't. */
void frame_check(void);

#endif
