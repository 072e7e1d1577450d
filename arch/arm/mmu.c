/*
 * The CPU's part in address translation: the root and the address-space identifier, the TLB, the
 * accessed and dirty marks, the instruction cache, the kernel's rights.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <machine/entry.h>

/* What the CPU is to make of rights, and we of the entry. Only a dirty page can be written. */
#define RIGHT_BITS(rights, dirty)                                                                  \
	(ENTRY_NG | ENTRY_U | ((rights) & (VM_READ | VM_WRITE)) << 2 | ((rights) & VM_EXEC) << 5 | \
		((rights) ? ENTRY_PAGE : 0) | (!(rights) || (rights) & VM_EXEC ? 0 : ENTRY_XN) |   \
		((dirty) ? ENTRY_D : 0) | ((dirty) && (rights) & VM_WRITE ? 0 : ENTRY_RO))
#define ALL_RIGHTS(dirty)                                                                          \
	{                                                                                          \
		RIGHT_BITS(0, dirty), RIGHT_BITS(1, dirty), RIGHT_BITS(2, dirty),                  \
			RIGHT_BITS(3, dirty), RIGHT_BITS(4, dirty), RIGHT_BITS(5, dirty),          \
			RIGHT_BITS(6, dirty), RIGHT_BITS(7, dirty),                                \
	}
const entry_t right_bits[2][VM_RIGHTS + 1] = {ALL_RIGHTS(false), ALL_RIGHTS(true)};

/* Code and constants are read-only, and code alone is executed. */
entry_t
kernel_page(const char *page)
{
	entry_t entry = physical_of(page) | ENTRY_A | ENTRY_PAGE;

	if (page < kernel_start || page >= kernel_constants)
		entry |= ENTRY_XN;
	if (page >= kernel_start && page < kernel_data)
		entry |= ENTRY_RO;
	return entry;
}

void
mmu_init(void)
{
	kernel_half_init();
	dsb();
	write_tlbiall(0);
	dsb();
	isb();
}

/*
 * ARM ARM B2.2, "Ordering of cache and branch predictor maintenance operations", with the example
 * of self-modifying code: what was written goes to where fetches look; then nothing older may be
 * left in the instruction cache and the branch predictor. The whole of that cache, for it may know
 * the page by other addresses than ours.
 */
void
arch_sync_icache(pfn_t pfn)
{
	unsigned line = 4u << (read_ctr() >> 16 & 15); /* DminLine: words, as a power of 2 */
	vaddr_t start = (vaddr_t)physical(pfn << PAGE_SHIFT);

	for (vaddr_t at = start; at < start + PAGE_SIZE; at += line)
		write_dccmvau(at);
	dsb();
	write_iciallu(0);
	write_bpiall(0);
	dsb();
	isb();
}

bool
mmu_is_loaded(const struct mmu *mmu)
{
	return read_ttbr0() == mmu->root;
}

/* Only what is global, and so the same whatever the ASID. */
static void
load_kernel_tables(void)
{
	write_ttbr0(physical_of(kernel_directory) | TTBR_CACHED);
	isb();
}

/*
 * ARM ARM B3.10.4, "Synchronization of changes of ASID and TTBR": while the one is new and the
 * other old, the CPU may walk ahead, and would keep what it finds under a wrong number. The
 * kernel's tables in between have nothing to find. (A reserved number in between, the other way,
 * would gather walks of all spaces: Cortex-A15 manual, DDI 0438, 5.6.) The new number is sought
 * there, too: that may empty the TLB, and what the CPU found in the old space after it would
 * outlive it.
 */
void
mmu_switch(struct mmu *mmu)
{
	if (mmu_is_loaded(mmu))
		return;
	dsb(); /* what was changed in it meanwhile is seen (B3.10.1) */
	load_kernel_tables();
	write_contextidr(asid_of(mmu) % ASIDS);
	isb();
	write_ttbr0(mmu->root);
	isb();
}

void
mmu_switch_kernel(void)
{
	load_kernel_tables();
	write_contextidr(0);
	isb();
}

/*
 * After entries changed or went. A new entry where none was is seen by itself, as soon as it is
 * written: an entry that faults is never in the TLB (ARM ARM B3.9, B3.10.1).
 *
 * A space that is not loaded only forgets its number: what the TLB knows under it will never be
 * asked for, and the next switch gives the space a new one.
 */
void
mmu_flush(struct mmu *mmu, vaddr_t start, vaddr_t end)
{
	if (!mmu_is_loaded(mmu)) {
		mmu->asid = 0;
		return;
	}
	dsb(); /* the tables are written before the TLB may look again (B3.10.1) */
	if (end - start == PAGE_SIZE)
		write_tlbimva(start | mmu->asid % ASIDS);
	else
		write_tlbiasid(mmu->asid % ASIDS);
	dsb();
	isb();
}

bool
mmu_mark(struct mmu *mmu, vaddr_t address, bool write)
{
	entry_t *entry = mmu_entry(mmu, address);
	entry_t old = entry ? *entry : 0, new = old | ENTRY_A;

	if (write && old & ENTRY_W)
		new = (new | ENTRY_D) & ~ENTRY_RO;
	if (!(old & ENTRY_PAGE) || new == old)
		return false;
	*entry = new;
	mmu_flush(mmu, address & ~PAGE_MASK, (address & ~PAGE_MASK) + PAGE_SIZE);
	return true;
}
