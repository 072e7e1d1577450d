/* The CPU's part in address translation: the root, the TLB, the kernel's rights. */
#include "arch/arch.h"
#include "cpu.h"
#include <machine/entry.h>

#define CR4_PGE (1ul << 7)

#define RIGHT_BITS(rights)                                                                         \
	((rights) << ENTRY_RIGHTS_SHIFT | ENTRY_U | ((rights) ? ENTRY_P : 0) |                     \
		((rights) & VM_WRITE ? ENTRY_W : 0))
const entry_t right_bits[VM_RIGHTS + 1] = {
	RIGHT_BITS(0), RIGHT_BITS(1), RIGHT_BITS(2), RIGHT_BITS(3),
	RIGHT_BITS(4), RIGHT_BITS(5), RIGHT_BITS(6), RIGHT_BITS(7),
};

/* Code and constants are read-only (CR0.WP is set). */
entry_t
kernel_page(const char *page)
{
	bool constant = page >= kernel_start && page < kernel_data;

	return physical_of(page) | ENTRY_G | ENTRY_P | (constant ? 0 : ENTRY_W);
}

void
mmu_init(void)
{
	kernel_half_init();
	/* Setting PGE empties the whole TLB. */
	write_cr4(read_cr4() | CR4_PGE);
}

void
arch_zero_frame(pfn_t pfn)
{
	fill_words(physical(pfn << PAGE_SHIFT), 0, PAGE_SIZE / 4);
}

void
arch_copy_frame(pfn_t to, pfn_t from)
{
	copy_words(physical(to << PAGE_SHIFT), physical(from << PAGE_SHIFT), PAGE_SIZE / 4);
}

void
arch_sync_icache(pfn_t pfn)
{
	(void)pfn; /* the CPU watches (SDM vol. 3, 11.6) */
}

bool
mmu_is_loaded(const struct mmu *mmu)
{
	return read_cr3() == mmu->root;
}

void
mmu_switch(struct mmu *mmu)
{
	if (!mmu_is_loaded(mmu))
		write_cr3(mmu->root);
}

void
mmu_switch_kernel(void)
{
	write_cr3(physical_of(kernel_directory));
}

/* A space that is not loaded has nothing in the TLB: loading another has emptied it. */
void
mmu_flush(struct mmu *mmu, vaddr_t start, vaddr_t end)
{
	if (!mmu_is_loaded(mmu))
		return;
	if (end - start == PAGE_SIZE)
		invlpg(start);
	else
		write_cr3(mmu->root);
}
