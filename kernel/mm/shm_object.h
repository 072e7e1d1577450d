/*
 * Shared objects: memory that more than one address space can map. System V segments (ipc/shm.h)
 * and the files of a tmpfs (file/tmpfs.c), and with them POSIX's shared memory, are two kinds of
 * *names* for one struct shm_object; shared anonymous memory is one without a name.
 *
 *      shmid_kernel ──> struct shm_object             two levels, both made at first touch
 *                      | shm_npages                   +------+      +----------------------+
 *                      | shm_pages ─────────────────> | leaf | ───> | none | frame | busy … |
 *                      | attaches ──> vm_area ──> …   | NULL |      +----------------------+
 *                      | shm_nattch    (vm_next_share)+------+       1024 pages a leaf
 *
 * Laws (check=1): shm_nattch = length of `attaches` = number of areas in all spaces that point
 * here; `present` = entries that hold a frame. Nothing here maps or unmaps a page.
 */
#ifndef MM_SHM_OBJECT_H
#define MM_SHM_OBJECT_H

#include <lib/types.h>
#include <task/wait.h>

struct vm_area;
struct vm_operations;
struct page_result;

/*
 * An entry of the object's table, typed by its two lowest bits:
 *
 *     0                   none: nobody has touched the page
 *     ……………………… 01        busy: somebody is bringing it in (or, later, out); wait on `changed`
 *     frame number  10    present
 *     slot number   11    swapped out (kept for the pager)
 */
typedef unsigned long shm_page_t;

#define SHM_PAGE_NONE 0ul
#define SHM_PAGE_BUSY 1ul
#define SHM_PAGE_PRESENT 2ul
#define SHM_PAGE_SWAPPED 3ul
#define SHM_PAGE_TYPE(entry) ((entry) & 3)
#define SHM_PAGE_VALUE(entry) ((entry) >> 2)
#define SHM_PAGE(value, type) ((shm_page_t)(value) << 2 | (type))

#define SHM_LEAF 1024 /* entries of a leaf */

struct shm_object {
	unsigned long references; /* its name, its areas, and sleepers in nopage */
	unsigned long shm_npages;
	unsigned long room;	  /* pages that root and leaves are made for; >= shm_npages */
	shm_page_t **shm_pages;	  /* the root: one pointer a leaf; NULL until the first touch */
	unsigned long present;	  /* pages in frames */
	unsigned long swapped;	  /* pages on the swap device */
	struct vm_area *attaches; /* all areas that map it */
	unsigned long shm_nattch;
	struct wait_queue changed; /* for those who wait for a busy entry */
	void *name;		  /* what names it: a shmid_kernel, a node of a tmpfs, or NULL */
	/* What a page that nobody touched holds: fills the zeroed frame. NULL: zeros. */
	void (*fill)(struct shm_object *object, unsigned long page, pfn_t frame);
};

/*
 * An object of `npages` pages, none of them there, with one reference. Costs the same for any size.
 * NULL: no memory.
 */
struct shm_object *shm_object_create(unsigned long npages);
#define SHM_OBJECT_MOST (1ul << 24) /* pages that an object can grow to: 64 GiB */
/*
 * Give it another number of pages, up to SHM_OBJECT_MOST. Frames beyond a lower one are given back;
 * no area may map them any more (space_unmap_object). -ENOMEM: it cannot grow; never fails to
 * shrink.
 */
int shm_object_resize(struct shm_object *object, unsigned long npages);
/*
 * Frees the object, its table and its frames: the last reference is gone. Only shm_object_put()
 * calls it.
 */
void shm_object_free(struct shm_object *object);

static inline void
shm_object_get(struct shm_object *object)
{
	object->references++;
}

/* Drop a reference; the last one frees the object. Does not sleep. */
static inline void
shm_object_put(struct shm_object *object)
{
	if (--object->references == 0)
		shm_object_free(object);
}

/* The table's entry for `page` (below shm_npages), or NULL where there is no leaf yet. */
static inline shm_page_t *
shm_object_entry(const struct shm_object *object, unsigned long page)
{
	shm_page_t **root = object->shm_pages;
	return root && root[page / SHM_LEAF] ? &root[page / SHM_LEAF][page % SHM_LEAF] : NULL;
}
/* The same, making root and leaf. NULL: no memory. */
shm_page_t *shm_object_make_entry(struct shm_object *object, unsigned long page);

/*
 * vm_operations' open and close: the area joins or leaves `attaches`, and holds a reference while
 * it is there.
 */
void shm_object_attach(struct vm_area *area);
void shm_object_detach(struct vm_area *area);

/* shm_nopage.c: THE handler. vm_operations' nopage for every area whose object is a shm_object. */
int shm_nopage(struct vm_area *area, unsigned long page, struct page_result *result);

/* The same without an area: for who reads and writes an object's pages itself. */
int shm_object_page(struct shm_object *object, unsigned long page, struct page_result *result);

/* Shared anonymous memory: an object that has no name. */
extern const struct vm_operations shared_anon_operations;

unsigned long shm_object_count(void);
/* check=1: the laws above for one object. Panics. */
void shm_object_check(const struct shm_object *object);

#endif
