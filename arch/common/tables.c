/*
 * Frames for page tables. A table that became empty is all zeros, and a directory whose user half
 * is empty is as good as a new one: so a few of each are kept, and the next fork need not clear
 * them again.
 */
#include "arch/arch.h"
#include "common.h"
#include <machine/entry.h>
#include <mm/frame.h>

#define SPARE_MAX 8

/* Chained through the first frame's index, which counts nothing here. */
struct spares {
	unsigned order; /* 2^order frames each */
	pfn_t first;
	unsigned count;
};
static struct spares tables = {.order = 0}, directories = {.order = DIRECTORY_ORDER};

static pfn_t
take(struct spares *spares)
{
	pfn_t frame = spares->first;

	if (frame == PFN_NONE)
		return frame;
	spares->first = frames[frame].index;
	spares->count--;
	frames[frame].index = 0;
	return frame;
}

static void
keep(struct spares *spares, pfn_t frame)
{
	if (spares->count == SPARE_MAX) {
		frame_free_run(frame, spares->order);
		return;
	}
	frames[frame].index = spares->first;
	spares->first = frame;
	spares->count++;
}

static void
trim(struct spares *spares)
{
	pfn_t frame;

	while ((frame = take(spares)) != PFN_NONE)
		frame_free_run(frame, spares->order);
}

pfn_t
table_alloc(void)
{
	pfn_t frame = take(&tables);

	if (frame == PFN_NONE) {
		frame = frame_alloc(FRAME_TABLE, NULL, 0);
		if (frame != PFN_NONE)
			arch_zero_frame(frame);
	}
	return frame;
}

void
table_free(pfn_t frame)
{
	keep(&tables, frame);
}

pfn_t
directory_alloc(void)
{
	pfn_t frame = take(&directories);

	if (frame == PFN_NONE) {
		frame = frame_alloc_run(DIRECTORY_ORDER, FRAME_TABLE);
		if (frame != PFN_NONE)
			mmu_fill_directory(physical(frame << PAGE_SHIFT));
	}
	return frame;
}

void
directory_free(pfn_t frame)
{
	keep(&directories, frame);
}

void
mmu_trim(void)
{
	trim(&tables);
	trim(&directories);
}
