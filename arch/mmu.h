/*
 * Address translation as the portable kernel sees it; arch/common/two_level.c does it for
 * CPUs of 32 bits, with the port's mmu.c.
 *
 * A mapping is: user page -> frame, with rights (VM_READ …, mm/vm.h). References to frames belong
 * to the caller: mmu_map keeps the one it is given, mmu_unmap hands it back in the batch. Nothing
 * here sleeps.
 */
#ifndef ARCH_MMU_H
#define ARCH_MMU_H

#include <lib/types.h>
#include <machine/mmu.h> /* struct mmu: the port's own */

struct mmu_entry {
	pfn_t frame;
	unsigned rights; /* VM_READ … */
	bool accessed, dirty;
};

/* Frames that mmu_unmap hands back; at most MMU_BATCH (machine/mmu.h) at a time. */
struct mmu_batch {
	unsigned count;
	pfn_t frames[MMU_BATCH];
};

/* An empty user half below the kernel's. 0 or -ENOMEM. */
int mmu_create(struct mmu *mmu);
/* Frees the tables. Every user page must be unmapped already; must not be the loaded one. */
void mmu_destroy(struct mmu *mmu);
/*
 * Give back the empty tables that are kept for the next space: before counting frames, and when
 * memory is short.
 */
void mmu_trim(void);
/* Enter or replace (flushing what was there) one page. 0 or -ENOMEM (no frame for a table). */
int mmu_map(struct mmu *mmu, vaddr_t address, pfn_t frame, unsigned rights);
/*
 * Clear entries from `start` on, put their frames into the batch (emptied first), flush, free
 * tables that became empty. Stops when the batch is full. Returns the address to go on from, `end`
 * when all is done. Ranges never touched cost a table's step, not a page's.
 */
vaddr_t mmu_unmap(struct mmu *mmu, vaddr_t start, vaddr_t end, struct mmu_batch *batch);
/* Narrow or widen the rights of the pages present in [start, end), and flush. */
void mmu_protect(struct mmu *mmu, vaddr_t start, vaddr_t end, unsigned rights);
/* The entry of one page; false when nothing is mapped there. */
bool mmu_query(const struct mmu *mmu, vaddr_t address, struct mmu_entry *entry);
/*
 * The first mapped page at or above *address and below `end`; *address is set to it. False when
 * there is none.
 */
bool mmu_next(const struct mmu *mmu, vaddr_t *address, vaddr_t end, struct mmu_entry *entry);
void mmu_clear_accessed(struct mmu *mmu, vaddr_t address);
/* Load the tables into the CPU. */
void mmu_switch(struct mmu *mmu);
/* The kernel's own tables, for tasks without a user half. */
void mmu_switch_kernel(void);

#endif
