/*
 * Address translation of the mock port: an ordered array of pages. The contract is arch/mmu.h's;
 * mock_mmu.c.
 */
#ifndef MACHINE_MMU_H
#define MACHINE_MMU_H

#include <lib/types.h>

struct mmu {
	pfn_t table;            /* one frame, so that a space costs frames here too */
	struct mmu_page *pages; /* by address */
	unsigned long count, room;
};

#define MMU_BATCH 5 /* few, so that unmapping has to go on often */

#endif
