/* Address translation of the mock port: an ordered array of pages. The contract is arch/arch.h's; mock_mmu.c. */
#ifndef MACHINE_MMU_H
#define MACHINE_MMU_H

#include <lib/types.h>

struct mmu {
	pfn_t table; /* one frame, so that a space costs frames here too */
	struct mmu_page *pages; /* by address */
	unsigned long count, room;
};

struct mmu_entry {
	pfn_t frame;
	unsigned rights;
	bool accessed, dirty;
};

#define MMU_BATCH 5 /* few, so that unmapping has to go on often */
struct mmu_batch {
	unsigned count;
	pfn_t frames[MMU_BATCH];
};

int mmu_create(struct mmu *mmu);
void mmu_destroy(struct mmu *mmu);
void mmu_trim(void);
int mmu_map(struct mmu *mmu, vaddr_t address, pfn_t frame, unsigned rights);
vaddr_t mmu_unmap(struct mmu *mmu, vaddr_t start, vaddr_t end, struct mmu_batch *batch);
void mmu_protect(struct mmu *mmu, vaddr_t start, vaddr_t end, unsigned rights);
bool mmu_query(const struct mmu *mmu, vaddr_t address, struct mmu_entry *entry);
bool mmu_next(const struct mmu *mmu, vaddr_t *address, vaddr_t end, struct mmu_entry *entry);
void mmu_switch(const struct mmu *mmu);

#endif
