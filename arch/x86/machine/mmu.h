/*
 * What this port keeps of an address space's tables. See arch/mmu.h for what is done with it,
 * arch/common/two_level.c for the picture.
 */
#ifndef MACHINE_MMU_H
#define MACHINE_MMU_H

#include <lib/types.h>

struct mmu {
	paddr_t root;	      /* the directory's physical address, as CR3 wants it */
	uint32_t *tables;     /* the same, as the kernel addresses it */
	unsigned long frames; /* frames that the tables themselves take, the root included */
};

#define MMU_BATCH 64 /* frames that mmu_unmap hands back at a time */

#endif
