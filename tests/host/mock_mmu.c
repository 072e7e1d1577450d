/*
 * The mock port's page tables: an ordered array of pages for each space. Counts, and knows how
 * often each frame is mapped.
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

struct mmu_page {
	vaddr_t address;
	pfn_t frame;
	unsigned rights;
};

struct mmu_counts mmu_counts;
unsigned long mmu_map_budget = ~0ul;

static unsigned mapped[MACHINE_FRAMES_MAX];

unsigned
mmu_mapped(pfn_t frame)
{
	return mapped[frame];
}

/* The index of the first page at or above `address`. */
static unsigned long
find(const struct mmu *mmu, vaddr_t address)
{
	unsigned long low = 0, high = mmu->count;

	while (low < high) {
		unsigned long middle = (low + high) / 2;
		if (mmu->pages[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
mmu_create(struct mmu *mmu)
{
	*mmu = (struct mmu){.table = frame_alloc(FRAME_TABLE, NULL, 0)};
	return mmu->table ? 0 : -ENOMEM;
}

void
mmu_destroy(struct mmu *mmu)
{
	check_equal(mmu->count, 0); /* every page must be unmapped already */
	frame_put(mmu->table);
	free(mmu->pages);
}

void
mmu_trim(void)
{
}

void
mmu_switch(struct mmu *mmu)
{
	(void)mmu;
}

int
mmu_map(struct mmu *mmu, vaddr_t address, pfn_t frame, unsigned rights)
{
	unsigned long at = find(mmu, address);

	check(!(address & PAGE_MASK) && address >= USER_START && address < USER_END);
	check(frame && frame < frame_count() && frames[frame].references);
	mmu_counts.maps++;
	if (at < mmu->count && mmu->pages[at].address == address) {
		mapped[mmu->pages[at].frame]--;
		mmu_counts.flushes++;
	} else {
		if (mmu_map_budget == 0)
			return -ENOMEM;
		mmu_map_budget--;
		if (mmu->count == mmu->room) {
			mmu->room = 2 * mmu->room + 8;
			mmu->pages = realloc(mmu->pages, mmu->room * sizeof(*mmu->pages));
		}
		memmove(&mmu->pages[at + 1], &mmu->pages[at],
			(mmu->count - at) * sizeof(*mmu->pages));
		mmu->count++;
	}
	mmu->pages[at] = (struct mmu_page){address, frame, rights};
	mapped[frame]++;
	return 0;
}

vaddr_t
mmu_unmap(struct mmu *mmu, vaddr_t start, vaddr_t end, struct mmu_batch *batch)
{
	unsigned long first = find(mmu, start), last = first;

	batch->count = 0;
	for (; last < mmu->count && mmu->pages[last].address < end && batch->count < MMU_BATCH;
		last++) {
		batch->frames[batch->count++] = mmu->pages[last].frame;
		mapped[mmu->pages[last].frame]--;
		start = mmu->pages[last].address + PAGE_SIZE;
	}
	if (last > first) {
		memmove(&mmu->pages[first], &mmu->pages[last],
			(mmu->count - last) * sizeof(*mmu->pages));
		mmu->count -= last - first;
		mmu_counts.unmaps += last - first;
		mmu_counts.flushes++;
	}
	return batch->count == MMU_BATCH ? start : end;
}

void
mmu_protect(struct mmu *mmu, vaddr_t start, vaddr_t end, unsigned rights)
{
	for (unsigned long i = find(mmu, start); i < mmu->count && mmu->pages[i].address < end; i++)
		mmu->pages[i].rights = rights;
	mmu_counts.flushes++;
}

bool
mmu_next(const struct mmu *mmu, vaddr_t *address, vaddr_t end, struct mmu_entry *entry)
{
	unsigned long at = find(mmu, *address);

	if (at == mmu->count || mmu->pages[at].address >= end)
		return false;
	*address = mmu->pages[at].address;
	*entry = (struct mmu_entry){.frame = mmu->pages[at].frame, .rights = mmu->pages[at].rights};
	return true;
}

bool
mmu_query(const struct mmu *mmu, vaddr_t address, struct mmu_entry *entry)
{
	vaddr_t page = address & ~PAGE_MASK;

	return mmu_next(mmu, &page, page + PAGE_SIZE, entry);
}
