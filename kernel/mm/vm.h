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
 * Laws (check=1): areas are sorted, page-aligned, not empty, disjoint and below USER_END; every
 * mapped user page lies in one, with rights no wider than the area's.
 */
#ifndef MM_VM_H
#define MM_VM_H

#include "arch/mmu.h"
#include <lib/list.h>
#include <lib/tree.h>
#include <lib/types.h>
#include <machine/page.h>

struct image;
struct space;
struct vm_area;

/* Rights, and the kinds of access to memory: the same bits. */
#define VM_READ 1u
#define VM_WRITE 2u
#define VM_EXEC 4u
#define VM_RIGHTS (VM_READ | VM_WRITE | VM_EXEC)

/*
 * What is left of rights while writing must fault (cow.c). Whoever may write may read, on both
 * machines, and so the page stays mapped: without a right an entry counts as not present.
 */
static inline unsigned
vm_read_only(unsigned rights)
{
	return rights & VM_WRITE ? (rights & ~VM_WRITE) | VM_READ : rights;
}

/* Only in the `access` of a fault. */
#define VM_USER 8u     /* the access came from user mode */
#define VM_PRESENT 16u /* there was an entry, which refused the access */

/* Area flags. */
#define VM_SHARED 1u	/* writes are seen by all who map the object; never copied */
#define VM_GROWSDOWN 2u /* the stack: a fault just below extends it */
#define VM_HEAP 4u	/* brk's area, for /proc/PID/maps */
#define VM_LOCKED 8u	/* by mlock: counted against RLIMIT_MEMLOCK; nothing is swapped anyhow */

/* What a nopage found. */
struct page_result {
	pfn_t frame; /* with a reference for the mapping that will be made */
	bool is_new; /* the touch brought it into being */
};

struct vm_operations {
	const char *name; /* for /proc/PID/maps, messages and the debugger */
	/*
	 * One more area now stands for the object: attach, fork, split. Cannot fail. NULL: nothing
	 * to do.
	 */
	void (*open)(struct vm_area *area);
	/*
	 * The area is about to go: its pages are unmapped already. May free the object. NULL:
	 * nothing to do.
	 */
	void (*close)(struct vm_area *area);
	/*
	 * Bring page number `page` of the object into being and return its frame. Never maps
	 * anything itself. May sleep; if it did, it returns -EAGAIN (-EINTR: killed meanwhile) and
	 * touched nothing of the area afterwards: the fault starts again. -ENOMEM: no frame.
	 * -ENXIO: beyond the object's end (SIGBUS).
	 */
	int (*nopage)(struct vm_area *area, unsigned long page, struct page_result *result);
	/*
	 * The name of just this area, and the inode number that maps shows for it. NULL: `name` and
	 * 0 say it.
	 */
	void (*describe)(const struct vm_area *area, char *name, size_t size, unsigned long *inode);
};

struct vm_area {
	struct tree_node node; /* in space->tree, by address; augmented with the largest gap */
	struct list link;      /* in space->areas, by address */
	vaddr_t start, end;    /* bytes, page aligned, [start, end) */
	/* bytes free and usable below it, as far as they lie in the window for mmap; see space.c */
	unsigned long gap;
	unsigned long largest_gap; /* of the areas of this subtree */
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
	struct list all;	  /* every space */
	unsigned long references; /* tasks (and sleepers in nopage) that hold it */
	struct list areas;
	struct tree tree;
	struct vm_area *last;	    /* the area found last: most faults come in runs */
	struct image *program;	    /* that was loaded into it, with a reference; NULL: none */
	vaddr_t heap_start, heap;   /* brk: the heap's start, and its end in bytes */
	/* where exec put argv's strings, those of envp, and the end of these */
	vaddr_t arguments, environment, environment_end;
	/* where handlers return to (signal_page.c); 0: not needed yet */
	vaddr_t signal_page;
	unsigned long area_count;
	unsigned long pages;	    /* pages in all areas (RLIMIT_AS) */
	unsigned long resident;	    /* user pages mapped now */
	unsigned long most_resident; /* before some were unmapped; see space_most_resident() */
	unsigned long limit;	    /* RLIMIT_AS, pages; ~0ul: none */
	bool privileged;	    /* init and the console's shell: may use the whole reserve */
	bool lock_new;		    /* mlockall: what will be mapped is locked … */
	bool lock_touched;	    /* … but brought in only when it is touched */
	unsigned long attaches;	    /* System V attaches here, against shmseg=N */
	unsigned long faults;	    /* that were mended */
	/* pages that faults mapped, those since unmapped too, and frames of the kernel's objects */
	unsigned long brought_in;
};

/* --- space.c: the set of areas --- */

/* An empty space with one reference; NULL when out of memory. Does not sleep. */
struct space *space_create(void);
static inline struct space *
space_get(struct space *space)
{
	space->references++;
	return space;
}

/*
 * Drops a reference; the last one closes every area and frees the tables. Must not be loaded in the
 * CPU.
 */
void space_put(struct space *space);

extern struct list spaces; /* every space there is, by `all` */
/* User pages that were mapped at once, at most. */
static inline unsigned long
space_most_resident(const struct space *space)
{
	return space->resident > space->most_resident ? space->resident : space->most_resident;
}

/* For counting: spaces and areas there are. */
unsigned long space_count(void);
unsigned long space_area_count(void);

/* The area that contains `address`, or NULL. O(log n), and O(1) for the area found last. */
struct vm_area *space_find(struct space *space, vaddr_t address);
/* The first area that ends above `address` (it may contain it), or NULL. O(log n). */
struct vm_area *space_find_above(struct space *space, vaddr_t address);
/* Where mmap and shmat look for gaps: above programs, below the stack and what it may grow to. */
#define MAP_LOW SHM_VBASE
#define MAP_HIGH (USER_STACK_TOP - STACK_LIMIT - STACK_GUARD)
#define STACK_LIMIT (8ul << 20)
/*
 * Bytes below the stack that stay unmapped, so that running over it is a fault: as Linux's
 * stack_guard_gap.
 */
#define STACK_GUARD (256 * PAGE_SIZE)
/*
 * The lowest gap of `length` bytes (page multiple) in that window that starts at a multiple of
 * SHMLBA; 0 when there is none. O(log n).
 */
vaddr_t space_find_gap(struct space *space, unsigned long length);
/* Nothing stands in [start, end). */
bool space_range_free(struct space *space, vaddr_t start, vaddr_t end);
/* Areas stand all over [start, end). */
bool space_is_mapped(struct space *space, vaddr_t start, vaddr_t end);

/*
 * A new area [start, end), not yet linked, not yet opened; unmap what stands there, fill in the
 * rest and pass it to space_insert(). NULL when out of memory or over the space's limit of pages.
 */
struct vm_area *space_new_area(struct space *space, vaddr_t start, vaddr_t end);
/*
 * The same, with all that `from` has but its range; the limit is not asked. NULL: out of memory.
 */
struct vm_area *space_copy_area(const struct vm_area *from, vaddr_t start, vaddr_t end);
/* Free an area from one of these two that was never inserted. */
void space_drop_area(struct vm_area *area);
/* Link the area and open it. The range must be free. Cannot fail. */
void space_insert(struct vm_area *area);
/*
 * The area's name, as /proc/PID/maps shows it (may be empty), cut off at size - 1; returns its
 * inode number there, or 0.
 */
unsigned long area_describe(const struct vm_area *area, char *name, size_t size);
/* Unmap its pages, close it, unlink it, free it. Cannot fail. */
void space_remove(struct vm_area *area);
/*
 * Remove all that stands in [start, end), splitting the areas at its ends. -ENOMEM if a split
 * found no memory, and then nothing has changed.
 */
int space_unmap(struct space *space, vaddr_t start, vaddr_t end);
/*
 * Cut areas so that none reaches over `start` or `end`. -ENOMEM, and then nothing has changed.
 */
int space_cut(struct space *space, vaddr_t start, vaddr_t end);
/*
 * Before a cut for a change, leave out of [*start, *end), which is mapped, the areas at both ends
 * that are as `wanted` already: as on Linux, these are not cut.
 */
void space_narrow(struct space *space, vaddr_t *start, vaddr_t *end,
	bool (*is)(const struct vm_area *area, unsigned wanted), unsigned wanted);
/* Move the area's end up. What it grows over must be free. */
void space_extend_area(struct vm_area *area, vaddr_t end);
/*
 * Change rights of [start, end). -ENOMEM: a hole, or no memory; -EACCES: wider than an area's
 * max_rights.
 */
int space_protect(struct space *space, vaddr_t start, vaddr_t end, unsigned rights);
/*
 * Grow a VM_GROWSDOWN area down to include `address`. -EFAULT: past its limit, or too near to the
 * area below.
 */
int space_grow_stack(struct vm_area *area, vaddr_t address);
/* [start, end) reaches into the guard below the stack. */
bool space_in_stack_guard(struct space *space, vaddr_t start, vaddr_t end);
/*
 * Take every page of [start, end) out of the page tables: clear entries, flush, only then drop the
 * frames.
 */
void space_unmap_pages(struct space *space, vaddr_t start, vaddr_t end);
/* The same for every area of the object: its pages from number `page` on are to go. */
struct shm_object;
void space_unmap_object(struct shm_object *object, unsigned long page);
/*
 * How many frames must stay free when this space's task allocates: 0 if privileged; half the
 * reserve while it has brought in little, so that a small program (ipcrm, kill) still runs when
 * memory is eaten up; then the whole reserve. What it has unmapped counts too: it may have left it
 * in a segment.
 */
unsigned long space_floor(const struct space *space);
/* From now on a task of this space runs: sets the floor. NULL: one of the kernel's own. */
void space_runs(struct space *space);
/*
 * The running task came to have so many frames that no fault mapped: what a program has the kernel
 * keep, in objects (messages, names) and in files, is brought in by it, too.
 */
void space_took(unsigned long count);
#define SPACE_SMALL 128 /* pages that a small program brings in */
/* check=1: the laws above. Panics. */
void space_check(struct space *space);

/* --- anon.c --- */

/*
 * mmap of anonymous memory: private, or shared (VM_SHARED) with the children to come. *address:
 * where, page aligned, or 0 to find a gap. With `fixed`, what stands there is replaced. 0 with
 * *address set; -ENOMEM, -EINVAL (fixed: unaligned, or outside user space).
 */
int space_map_anonymous(struct space *space, vaddr_t *address, unsigned long length,
	unsigned rights, unsigned flags, bool fixed);
/* The same of what `like` says: its ops, object, offset, rights, max_rights and flags. */
int space_map(struct space *space, vaddr_t *address, unsigned long length, bool fixed,
	const struct vm_area *like);

/* private: zero-filled on demand, copied on write after a fork */
extern const struct vm_operations anon_operations;
extern const struct vm_operations heap_operations;  /* the same for brk's area */
extern const struct vm_operations stack_operations; /* the same for the stack */

/* --- heap.c --- */

/* Set the end of the heap (bytes). 0, or -ENOMEM when something is in the way. */
int space_set_heap(struct space *space, vaddr_t end);

/* --- signal_page.c --- */

/*
 * A page with the calls of sigreturn (struct signal_code), for handlers that were set without a
 * restorer of their own: mapped when the first is called. Its address; 0: no memory. Does not
 * sleep.
 */
vaddr_t space_signal_page(struct space *space);

/* --- remap.c --- */

#define REMAP_MAY_MOVE 1u
#define REMAP_FIXED 2u /* to exactly there */

/*
 * mremap: what is mapped at `old` gets another length (bytes, page multiples, `length` not 0) or
 * another address, and its pages stay. With REMAP_FIXED *address is where to, and what stands there
 * goes. An old_length of 0 makes a second mapping of shared memory. 0 with *address set. -EFAULT:
 * not in one area; -EINVAL: the ranges meet, or cannot be; -ENOMEM: no room, no memory or over the
 * space's limit. Whatever fails, the old mapping is as it was, but for -ENOMEM with REMAP_FIXED
 * what stood at the new place may be gone.
 */
int space_remap(struct space *space, vaddr_t old, unsigned long old_length, unsigned long length,
	unsigned flags, vaddr_t *address);

/* --- fault.c --- */

/*
 * A page fault at `address`, called from arch with the fault decoded into words; `space` is the
 * running task's. May sleep. 0: go back and try again, it should work now. -EFAULT: no area, or its
 * rights refuse (SIGSEGV). -ENXIO: beyond the object's end (SIGBUS). -ENOMEM: no frame to be had,
 * the toucher is to be killed. -EINTR: the task was killed while it slept; never for VM_USER (there
 * it is 0: it dies on its way out).
 */
int vm_fault(struct space *space, vaddr_t address, unsigned access);
/*
 * Says what vm_fault saw: the area hit or the two nearest, the walk of the tables. For a fatal
 * fault's report.
 */
void vm_explain(struct space *space, vaddr_t address);
/* Faults mended since boot, and pages copied by copy-on-write. */
unsigned long vm_fault_count(void);
unsigned long cow_copy_count(void);

/* --- cow.c --- */

/*
 * A copy for fork: every area opened again at the same address; private pages shared copy-on-write.
 * 0 or -ENOMEM with nothing left behind. Does not sleep.
 */
int space_fork(struct space *parent, struct space **child);
/*
 * A write to a page of a private area whose frame is `old` (which the tables may or may not map
 * yet): the frame to map writable. The caller gives up its reference to `old` and gets one to
 * *frame (the same one if nobody else holds it). -ENOMEM.
 */
int cow_take(struct vm_area *area, pfn_t old, pfn_t *frame);

#endif
