/*
 * Address spaces. A space is an ordered set of areas; an area says what belongs at a range of user
 * addresses; the page tables (struct mmu) only remember what has been touched.
 *
 *     struct space                     struct vm_area            struct vm_operations
 *    +-------------+   by address     +------------------+      +-----------------+
 *    | areas ------+--> … <-> … <-->  | start  end       |  .-> | "shm"           |
 *    | tree        |                  | rights           |  |   | open   close    |
 *    | mmu (tables)|                  | ops -------------+--'   | nopage          |
 *    | heap, stack |                  | object, offset --+--.   +-----------------+
 *    +-------------+                  | vm_next_share …  |  |
 *                                     +------------------+  '-> a shm_object, an image, or nothing
 *
 * Laws (check=1): areas are sorted, page-aligned, not empty, disjoint and below USER_END; every mapped user
 * page lies in one, with rights no wider than the area's.
 */
#ifndef MM_VM_H
#define MM_VM_H

#include <lib/list.h>
#include <lib/tree.h>
#include <lib/types.h>
#include <machine/mmu.h>
#include <machine/page.h>

struct space;
struct vm_area;

/* Rights, and the kinds of access to memory: the same bits. */
#define VM_READ 1u
#define VM_WRITE 2u
#define VM_EXEC 4u
#define VM_RIGHTS (VM_READ | VM_WRITE | VM_EXEC)
/* Only in the `access` of a fault. */
#define VM_USER 8u     /* the access came from user mode */
#define VM_PRESENT 16u /* there was an entry, which refused the access */

/* Area flags. */
#define VM_SHARED 1u	/* writes are seen by all who map the object; never copied */
#define VM_GROWSDOWN 2u /* the stack: a fault just below extends it */
#define VM_HEAP 4u	/* brk's area, for /proc/PID/maps */

struct vm_operations {
	const char *name; /* for /proc/PID/maps, messages and the debugger */
	/* One more area now stands for the object: attach, fork, split. Cannot fail. */
	void (*open)(struct vm_area *area);
	/* The area is about to go: its pages are unmapped already. May free the object. */
	void (*close)(struct vm_area *area);
	/*
	 * Bring the page at `page` (counted from the start of the object) into being and return its frame,
	 * with a reference for the mapping that will be made. Never maps anything itself. May sleep; if it did,
	 * it returns -EAGAIN and touched nothing of the area afterwards: the fault starts again.
	 * -ENOMEM: no frame. -ENXIO: beyond the object's end (SIGBUS).
	 */
	int (*nopage)(struct vm_area *area, unsigned long page, unsigned access, pfn_t *frame);
	/* Writes the area's name for /proc/PID/maps and its inode number; NULL: name, or nothing. */
	void (*describe)(const struct vm_area *area, char *name, size_t size, unsigned long *inode);
};

struct vm_area {
	struct tree_node node; /* in space->tree, by address; augmented with the largest gap */
	struct list link;      /* in space->areas, by address */
	vaddr_t start, end;    /* bytes, page aligned, [start, end) */
	unsigned long largest_gap; /* of the gaps below the areas of this subtree; see space.c */
	struct space *space;
	const struct vm_operations *ops;
	unsigned char rights;	  /* VM_READ … granted now */
	unsigned char max_rights; /* what mprotect may widen them to */
	unsigned char flags;	  /* VM_SHARED … */
	void *object;		  /* what ops act on */
	unsigned long offset;	  /* of the area's first page in the object, in pages */
	struct vm_area *vm_next_share, *vm_prev_share; /* the object's attach list */
};

struct space {
	struct mmu mmu;
	unsigned long references; /* tasks (and sleepers in nopage) that hold it */
	struct list areas;
	struct tree tree;
	struct vm_area *last;	    /* the area found last: most faults come in runs */
	vaddr_t heap_start, heap;   /* brk: the heap's start, and its end in bytes */
	unsigned long area_count;
	unsigned long pages;	    /* pages in all areas (RLIMIT_AS) */
	unsigned long resident;	    /* user pages mapped now */
	unsigned long limit;	    /* RLIMIT_AS, pages; ~0ul: none */
	unsigned long stack_limit;  /* bytes the stack may grow to */
	bool privileged;	    /* init and the console's shell: may use the whole reserve */
	unsigned long attaches;	    /* System V attaches here, against shmseg=N */
	unsigned long minor_faults, copied; /* counters for /proc and the tests */
};

/* --- space.c: the set of areas --- */

/* An empty space with one reference; NULL when out of memory. Does not sleep. */
struct space *space_create(void);
void space_get(struct space *space);
/* Drops a reference; the last one closes every area and frees the tables. Must not be loaded in the CPU. */
void space_put(struct space *space);
/*
 * A copy for fork: every area opened again at the same address; private pages shared copy-on-write.
 * 0 or -ENOMEM with nothing left behind. Does not sleep.
 */
int space_fork(struct space *parent, struct space **child);

/* The area that contains `address`, or NULL. O(log n), and O(1) for the area found last. */
struct vm_area *space_find(struct space *space, vaddr_t address);
/* The first area that ends above `address` (it may contain it), or NULL. O(log n). */
struct vm_area *space_find_above(struct space *space, vaddr_t address);
/*
 * The lowest gap of `length` bytes (page multiple) at or above `low` and below `high`, whose start is a multiple
 * of `align`; 0 when there is none. O(log n).
 */
vaddr_t space_find_gap(struct space *space, vaddr_t low, vaddr_t high, unsigned long length, unsigned long align);
/* Nothing stands in [start, end). */
bool space_range_free(struct space *space, vaddr_t start, vaddr_t end);

/*
 * A new area [start, end), not yet linked, not yet opened; fill in the rest and pass it to space_insert().
 * NULL when out of memory or over the space's limit of pages.
 */
struct vm_area *space_new_area(struct space *space, vaddr_t start, vaddr_t end);
/* Free an area from space_new_area that was never inserted. */
void space_drop_area(struct vm_area *area);
/* Link the area and open it. The range must be free. Cannot fail. */
void space_insert(struct vm_area *area);
/* Unmap its pages, close it, unlink it, free it. Cannot fail. */
void space_remove(struct vm_area *area);
/*
 * Remove all that stands in [start, end), splitting the areas at its ends. -ENOMEM if a split
 * found no memory, and then nothing has changed.
 */
int space_unmap(struct space *space, vaddr_t start, vaddr_t end);
/* Change rights of [start, end). -ENOMEM: a hole, or no memory; -EACCES: wider than an area's max_rights. */
int space_protect(struct space *space, vaddr_t start, vaddr_t end, unsigned rights);
/* Set the end of the heap (bytes). 0, or -ENOMEM when something is in the way. */
int space_set_heap(struct space *space, vaddr_t end);
/* Grow `area` (the one just above; VM_GROWSDOWN) to include `address`; -EFAULT when not allowed. */
int space_grow_stack(struct vm_area *area, vaddr_t address);
/* Take every page of [start, end) out of the page tables: clear entries, flush, only then drop the frames. */
void space_unmap_pages(struct space *space, vaddr_t start, vaddr_t end);
/*
 * How many frames must stay free when this space's task allocates: 0 if privileged; half the reserve if it holds little, so that
 * a small program (ipcrm, kill) still runs when memory is eaten up; else the whole reserve.
 */
unsigned long space_floor(const struct space *space);
#define SPACE_SMALL 128 /* resident pages up to which a space counts as small */
/* check=1: the laws above. Panics. */
void space_check(struct space *space);

/* --- map.c: what mmap does --- */

/* A private or shared (VM_SHARED) anonymous area. Returns 0 with *address set, or -ENOMEM -EINVAL. */
int space_map_anonymous(struct space *space, vaddr_t *address, unsigned long length, unsigned rights, unsigned flags);

/* --- fault.c --- */

/*
 * A page fault at `address`, called from arch with the fault decoded into words; `space` is the running task's. May sleep.
 * 0: look again, it should work now. -EFAULT: no area, or its rights refuse (SIGSEGV).
 * -ENXIO: beyond the object's end (SIGBUS). -ENOMEM: no frame to be had, the toucher is to be killed.
 */
int vm_fault(struct space *space, vaddr_t address, unsigned access);
/* Says what vm_fault saw: the area hit or the two nearest, the walk of the tables. For a fatal fault's report. */
void vm_explain(struct space *space, vaddr_t address);
/* What the last vm_fault did, in words. */
const char *vm_fault_action(void);

/* --- cow.c --- */

/*
 * A write to a page of a private area whose frame is `old` (which the tables may or may not map yet): the frame to map writable.
 * The caller gives up its reference to `old` and gets one to *frame (the same one if nobody else holds it). -ENOMEM.
 */
int cow_take(struct vm_area *area, pfn_t old, pfn_t *frame);

/* --- anon.c --- */

extern const struct vm_operations anon_operations; /* private anonymous memory: zero-filled on demand */
extern const struct vm_operations stack_operations, heap_operations; /* the same, with other names */

#endif
