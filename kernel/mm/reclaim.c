#include "arch/mmu.h"
#include <mm/kmalloc.h>
#include <mm/reclaim.h>

void
reclaim(void)
{
	kmalloc_trim();
	mmu_trim();
}
