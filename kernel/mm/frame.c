/*
 * The page-frame allocator: free runs of 2^order frames, split when a smaller one is asked for,
 * joined with their buddy when freed. A run of order n starts at a multiple of 2^n, and its buddy
 * is the run beside it with which it makes one of order n+1: their numbers differ in bit n alone.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/check.h>
#include <lib/string.h>
#include <mm/frame.h>
#include "arch/arch.h"

#define POISON 0x6b6b6b6bu

struct frame *frames;

static pfn_t first;	    /* the lowest frame number in the table */
static unsigned long count; /* one past the highest frame number */
static unsigned long total;  /* managed */
static unsigned long nfree;
static unsigned long floor_; /* allocations leave this many free */
static pfn_t runs[FRAME_MAX_ORDER + 1]; /* first free run of each order */

static void
push_run(pfn_t pfn, unsigned order)
{
	struct frame *f = &frames[pfn];

	f->order = order;
	f->prev = PFN_NONE;
	f->next = runs[order];
	if (f->next)
		frames[f->next].prev = pfn;
	runs[order] = pfn;
}

static void
take_run(pfn_t pfn, unsigned order)
{
	pfn_t prev = frames[pfn].prev, next = frames[pfn].next;

	if (prev)
		frames[prev].next = next;
	else
		runs[order] = next;
	if (next)
		frames[next].prev = prev;
}

/*
 * `pfn` starts a free run of exactly this order. A free frame at a buddy's place always starts a
 * run: if it lay inside a larger one, that would hold our own frame too, which is not free.
 */
static bool
is_free_run(pfn_t pfn, unsigned order)
{
	return pfn < count && frames[pfn].kind == FRAME_FREE && frames[pfn].order == order;
}

static void
poison(pfn_t pfn, unsigned order)
{
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++)
		memset(arch_frame_address(i), POISON & 0xff, PAGE_SIZE);
}

static void
check_poison(pfn_t pfn, unsigned order)
{
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++) {
		const uint32_t *word = arch_frame_address(i);
		for (unsigned n = 0; n < PAGE_SIZE / sizeof(*word); n++)
			if (word[n] != POISON)
				panic("frame %lu was written while free: word %u is 0x%x", i, n,
					word[n]);
	}
}

static void
release(pfn_t pfn, unsigned order)
{
	nfree += 1ul << order;
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++) {
		frames[i].references = 0;
		frames[i].kind = FRAME_FREE;
	}
	if (check_enabled)
		poison(pfn, order);
	while (order < FRAME_MAX_ORDER && is_free_run(pfn ^ (1ul << order), order)) {
		take_run(pfn ^ (1ul << order), order);
		pfn &= ~(1ul << order);
		order++;
	}
	push_run(pfn, order);
}

pfn_t
frame_alloc_run(unsigned order, enum frame_kind kind)
{
	unsigned from = order;

	if (nfree < floor_ + (1ul << order))
		return PFN_NONE;
	while (from <= FRAME_MAX_ORDER && !runs[from])
		from++;
	if (from > FRAME_MAX_ORDER)
		return PFN_NONE;

	pfn_t pfn = runs[from];
	take_run(pfn, from);
	while (from > order) { /* give the upper half back */
		from--;
		push_run(pfn + (1ul << from), from);
	}
	if (check_enabled)
		check_poison(pfn, order);
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++) {
		frames[i].references = 1;
		frames[i].kind = kind;
		frames[i].owner = NULL;
	}
	nfree -= 1ul << order;
	return pfn;
}

pfn_t
frame_alloc(enum frame_kind kind, void *owner, unsigned long index)
{
	pfn_t pfn = runs[0];

	if (likely(pfn && nfree > floor_ && !check_enabled)) {
		pfn_t next = frames[pfn].next;
		runs[0] = next;
		if (next)
			frames[next].prev = PFN_NONE;
		nfree--;
	} else {
		pfn = frame_alloc_run(0, kind);
		if (!pfn)
			return PFN_NONE;
	}
	frames[pfn].references = 1;
	frames[pfn].kind = kind;
	frames[pfn].owner = owner;
	frames[pfn].index = index;
	return pfn;
}

void
frame_free(pfn_t pfn)
{
	assert(frames[pfn].kind > FRAME_RESERVED);
	release(pfn, 0);
}

void
frame_free_run(pfn_t pfn, unsigned order)
{
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++)
		assert(frames[i].references == 1 && frames[i].kind > FRAME_RESERVED);
	release(pfn, order);
}

void
frame_set_floor(unsigned long floor)
{
	floor_ = floor;
}

pfn_t
frame_first(void)
{
	return first;
}

unsigned long
frame_count(void)
{
	return count;
}

unsigned long
frame_total(void)
{
	return total;
}

unsigned long
frame_free_count(void)
{
	return nfree;
}

static void
reserve(paddr_t start, paddr_t end)
{
	pfn_t pfn = start / PAGE_SIZE, stop = (end + PAGE_SIZE - 1) / PAGE_SIZE;

	for (pfn = pfn > first ? pfn : first; pfn < stop && pfn < count; pfn++) {
		frames[pfn].kind = FRAME_RESERVED;
		frames[pfn].references = 1;
	}
}

static bool
overlaps(paddr_t start, paddr_t end, paddr_t other_start, paddr_t other_end)
{
	return start < other_end && other_start < end;
}

/* Where the frame table fits: RAM that neither the kernel nor the archive lies in. */
static paddr_t
place_table(const struct boot_info *boot, size_t bytes)
{
	for (unsigned i = 0; i < boot->ram_ranges; i++) {
		paddr_t at = (boot->ram[i].start + PAGE_SIZE - 1) & ~PAGE_MASK;
		if (at < PAGE_SIZE)
			at = PAGE_SIZE;
		for (;;) {
			paddr_t end = at + bytes;
			if (end > boot->ram[i].end || end < at)
				break;
			if (overlaps(at, end, boot->kernel_start, boot->kernel_end))
				at = (boot->kernel_end + PAGE_SIZE - 1) & ~PAGE_MASK;
			else if (overlaps(at, end, boot->archive_start, boot->archive_end))
				at = (boot->archive_end + PAGE_SIZE - 1) & ~PAGE_MASK;
			else
				return at;
		}
	}
	panic("too little memory: no room for a frame table of %lu bytes", (unsigned long)bytes);
}

/* Hand over the frames of [start, end) that nobody reserved, in the largest runs that fit. */
static void
release_range(pfn_t start, pfn_t end)
{
	while (start < end) {
		if (frames[start].kind != FRAME_FREE) {
			start++;
			continue;
		}
		pfn_t stop = start;
		while (stop < end && frames[stop].kind == FRAME_FREE)
			stop++;
		while (start < stop) {
			unsigned order = FRAME_MAX_ORDER;
			while (start & ((1ul << order) - 1) || start + (1ul << order) > stop)
				order--;
			if (check_enabled)
				poison(start, order);
			push_run(start, order);
			nfree += 1ul << order;
			start += 1ul << order;
		}
	}
}

void
frame_init(void)
{
	const struct boot_info *boot = arch_boot_info();
	paddr_t hole = 0;

	if (!boot->ram_ranges)
		panic("too little memory: the machine reports none");
	if (overlaps(boot->archive_start, boot->archive_end, boot->kernel_start, boot->kernel_end))
		panic("the archive at 0x%lx overlaps the kernel at 0x%lx", boot->archive_start,
			boot->kernel_start);
	/* RAM may begin far above 0. A largest run's boundary, so that no buddy lies below it. */
	first = (boot->ram[0].start / PAGE_SIZE) & ~((1ul << FRAME_MAX_ORDER) - 1);
	count = boot->ram[boot->ram_ranges - 1].end / PAGE_SIZE;
	size_t bytes = (count - first) * sizeof(struct frame);
	paddr_t table = place_table(boot, bytes);
	frames = (struct frame *)arch_frame_address(table / PAGE_SIZE) - first;
	memset(&frames[first], 0, bytes); /* all zero: FRAME_FREE without references */

	for (unsigned i = 0; i < boot->ram_ranges; i++) {
		reserve(hole, boot->ram[i].start);
		hole = boot->ram[i].end & ~PAGE_MASK;
	}
	reserve(0, PAGE_SIZE); /* so that frame 0 can mean "none" */
	reserve(boot->kernel_start, boot->kernel_end);
	reserve(boot->archive_start, boot->archive_end);
	reserve(table, table + bytes);
	release_range(first, count);
	total = nfree;
	if (total < 512)
		panic("too little memory: %lu KiB free, 2048 needed", total * (PAGE_SIZE / 1024));
}

void
frame_check(void)
{
	unsigned long listed = 0;

	for (unsigned order = 0; order <= FRAME_MAX_ORDER; order++) {
		for (pfn_t pfn = runs[order]; pfn; pfn = frames[pfn].next) {
			if (frames[pfn].order != order || frames[pfn].kind != FRAME_FREE ||
				frames[pfn].references)
				panic("frame %lu on the list of order %u is not free", pfn, order);
			listed += 1ul << order;
		}
	}
	if (listed != nfree)
		panic("free lists hold %lu frames, the count says %lu", listed, nfree);
}
