/*
 * A CPU on the host for a port's page tables: arch/common/two_level.c and tables.c, and the port's
 * mmu.c, compiled as they are, with the port's instructions replaced by functions of a model. The
 * model keeps what real CPUs keep (TLB, walk caches, instruction cache) for as long as the
 * architecture allows, and looks ahead whenever the architecture allows it: an emulator hides a
 * flush that is missing, this does not.
 */
#ifndef PORT_MOCK_H
#define PORT_MOCK_H

#include <mm/frame.h>
#include <mm/vm.h>
#include "../test.h"

#define RAM_PAGES 2048

/* --- ram.c: RAM from RAM_BASE on, and who holds its frames --- */

void ram_start(void);
unsigned long ram_free(void);
uint32_t *ram_words(pfn_t frame);
bool ram_has(paddr_t address);

/* --- arm.c, x86.c: the model --- */

struct cpu_counts {
	unsigned long flushes;	  /* instructions that empty the TLB, in part or wholly */
	unsigned long everything; /* … those that take all of it */
	unsigned long syncs;      /* times that instructions were made visible */
};
extern struct cpu_counts cpu_counts;
extern const unsigned cpu_asids;   /* numbers for spaces; 0: the CPU has none */
extern const bool cpu_has_no_exec; /* pages can be readable and not executable */

void cpu_start(void);
/* The fault that is being handled is, or is not, a write: for the next mmu_map(). */
void cpu_faulted(struct mmu *mmu, bool write);
/*
 * A program of the loaded space reads, writes or executes a page, with what the kernel does of
 * itself when the CPU only wants a mark. The frame that it reached; PFN_NONE when it is refused.
 * Fails when the CPU knows something that is not so any more.
 */
pfn_t cpu_access(struct mmu *mmu, vaddr_t page, unsigned access);
/* Somebody wrote to all of a frame. */
void cpu_written(pfn_t frame);
/* Fails when the loaded space can still reach the frame. */
void cpu_must_not_know(pfn_t frame);

/* --- tlb.c: a cache of entries, by address and space --- */

struct cached {
	vaddr_t key;	/* a page; in the walk cache, what an entry of the directory spans */
	unsigned space; /* its number; 0 where the CPU has none */
	uint32_t entry;
};

#define CACHE_SIZE 512

struct cache {
	struct cached entries[CACHE_SIZE];
	unsigned count;
};

extern struct cache tlb, walks;

struct cached *cache_find(struct cache *cache, vaddr_t key, unsigned space);
/* When it is full, some other entry goes. */
void cache_add(struct cache *cache, vaddr_t key, unsigned space, uint32_t entry);
/* Drops those with this key and this space; any, if it is ANY. */
#define ANY (~0ul)
void cache_drop(struct cache *cache, vaddr_t key, unsigned long space);

/* --- mmu_test.c --- */

/* A page that the test uses: where the CPU may look ahead. */
vaddr_t some_page(void);

#endif
