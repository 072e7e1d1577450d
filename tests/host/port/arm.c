/*
 * ARMv7-A, as the architecture allows it to be: the table walker sees what was written before the
 * last dsb; maintenance is complete after one; a new ASID or TTBR0 holds after an isb, and until
 * then perhaps the old; and at each of these instructions the CPU looks ahead: it walks for some
 * address, fetches some line, writes some line back. The TLB takes what does not fault.
 */
#include "arch/arch.h"
#include "mock.h"
#include "port.h"
#include <machine/entry.h>

#define LINE 64 /* bytes */
#define LINES (PAGE_SIZE / LINE)
#define MIB_SHIFT 20
#define ASID(value) ((value) & 0xff)

struct cpu_counts cpu_counts;
const unsigned cpu_asids = ASIDS - 1;
const bool cpu_has_no_exec = true;

/* As they are, and as they were before, if no isb has come since. */
static uint32_t ttbr0[2], contextidr[2];
static bool incomplete; /* maintenance without its dsb */

/* What the walker sees of the tables. */
static uint32_t visible[RAM_PAGES][PAGE_SIZE / 4];

/* --- caches: what a line holds is told by when it was written --- */

struct lines {
	unsigned at[LINES];
};
static struct lines data[RAM_PAGES];	/* as the kernel and programs see them */
static struct lines memory[RAM_PAGES];	/* where fetches look */
static struct lines fetched[RAM_PAGES]; /* in the instruction cache; 0: not there */
static bool cleaning[LINES];		/* on their way to where fetches look, of this frame: */
static unsigned cleaned;
static enum { UNKNOWN, KNOWN, STALE } predicted[RAM_PAGES]; /* what the branch predictor knows */
static unsigned now = 1;

static unsigned
index_of(pfn_t frame)
{
	return frame - RAM_BASE / PAGE_SIZE;
}

void
cpu_written(pfn_t frame)
{
	unsigned i = index_of(frame);

	now++;
	for (unsigned line = 0; line < LINES; line++)
		data[i].at[line] = now;
	if (predicted[i] == KNOWN)
		predicted[i] = STALE;
}

static void
look_at_lines(unsigned i)
{
	unsigned line = pick(LINES);

	if (!fetched[i].at[line])
		fetched[i].at[line] = memory[i].at[line];
	else if (pick(2))
		memory[i].at[line] = data[i].at[line]; /* written back, for want of room */
}

static void
fetch(pfn_t frame)
{
	unsigned i = index_of(frame);

	check(predicted[i] != STALE);
	predicted[i] = KNOWN;
	for (unsigned line = 0; line < LINES; line++) {
		if (!fetched[i].at[line])
			fetched[i].at[line] = memory[i].at[line];
		check_equal(fetched[i].at[line], data[i].at[line]); /* else it is stale */
	}
}

/* --- walking --- */

static uint32_t
visible_word(paddr_t address)
{
	pfn_t frame = address / PAGE_SIZE;

	check(ram_has(address) && frames[frame].kind == FRAME_TABLE); /* else the table was freed */
	return visible[index_of(frame)][address % PAGE_SIZE / 4];
}

/* The page's entry, by these registers; 0 when there is none. */
static uint32_t
walk(uint32_t root, unsigned asid, vaddr_t page)
{
	struct cached *known = cache_find(&walks, page >> MIB_SHIFT, asid);
	uint32_t first, second = page >> PAGE_SHIFT & 255;

	first = known ? known->entry : visible_word((root & ~0x3fffu) + (page >> MIB_SHIFT) * 4);
	if ((first & 3) != 1)
		return 0;
	if (!known)
		cache_add(&walks, page >> MIB_SHIFT, asid, first);
	return visible_word((first & ~0x3ffu) + second * 4);
}

static bool
can_be_cached(uint32_t entry)
{
	return entry & ENTRY_PAGE && entry & ENTRY_A;
}

/* The CPU may hold any entry that does not fault; two for one page would be its confusion. */
static void
look_ahead(void)
{
	uint32_t root = ttbr0[pick(2)];
	unsigned asid = ASID(contextidr[pick(2)]);
	vaddr_t page = some_page();

	look_at_lines(pick(RAM_PAGES));
	if (!ram_has(root))
		return;
	uint32_t entry = walk(root, asid, page);
	const struct cached *known = cache_find(&tlb, page, asid);
	if (!can_be_cached(entry))
		return;
	if (!known)
		cache_add(&tlb, page, asid, entry);
	else if (asid)
		check_equal(known->entry & ~PAGE_MASK, entry & ~PAGE_MASK);
}

/* --- the instructions --- */

void
dsb(void)
{
	for (unsigned i = 0; i < RAM_PAGES; i++)
		if (frames[RAM_BASE / PAGE_SIZE + i].kind == FRAME_TABLE)
			memcpy(visible[i], ram_words(RAM_BASE / PAGE_SIZE + i), PAGE_SIZE);
	for (unsigned line = 0; line < LINES; line++) {
		if (cleaning[line])
			memory[cleaned].at[line] = data[cleaned].at[line];
		cleaning[line] = false;
	}
	incomplete = false;
	look_ahead();
}

void
isb(void)
{
	ttbr0[1] = ttbr0[0];
	contextidr[1] = contextidr[0];
	look_ahead();
}

uint32_t
read_ttbr0(void)
{
	return ttbr0[0];
}

void
write_ttbr0(uint32_t value)
{
	ttbr0[0] = value;
	look_ahead();
}

void
write_contextidr(uint32_t value)
{
	check(value < ASIDS);
	contextidr[0] = value;
	look_ahead();
}

static void
flush(vaddr_t page, unsigned long asid)
{
	cache_drop(&tlb, page, asid);
	cache_drop(&walks, page == ANY ? ANY : page >> MIB_SHIFT, asid);
	cpu_counts.flushes++;
	incomplete = true;
	look_ahead();
}

void
write_tlbiall(uint32_t zero)
{
	(void)zero;
	cpu_counts.everything++;
	flush(ANY, ANY);
}

void
write_tlbimva(uint32_t address_and_asid)
{
	flush(address_and_asid & ~(uint32_t)PAGE_MASK, ASID(address_and_asid));
}

void
write_tlbiasid(uint32_t asid)
{
	flush(ANY, ASID(asid));
}

/* DminLine: 16 words. */
uint32_t
read_ctr(void)
{
	return 4 << 16;
}

void
write_dccmvau(vaddr_t address)
{
	paddr_t at = physical_of((const void *)address);

	cleaned = index_of(at / PAGE_SIZE);
	cleaning[at % PAGE_SIZE / LINE] = true;
	incomplete = true;
}

void
write_iciallu(uint32_t zero)
{
	(void)zero;
	memset(fetched, 0, sizeof(fetched));
	incomplete = true;
	cpu_counts.syncs++;
	for (unsigned i = 0; i < RAM_PAGES; i++)
		look_at_lines(i);
}

void
write_bpiall(uint32_t zero)
{
	(void)zero;
	memset(predicted, 0, sizeof(predicted));
	incomplete = true;
}

void
arch_zero_frame(pfn_t pfn)
{
	memset(ram_words(pfn), 0, PAGE_SIZE);
}

/* --- programs --- */

void
cpu_start(void)
{
	write_contextidr(0);
	isb();
	dsb();
}

void
cpu_faulted(struct mmu *mmu, bool write)
{
	mmu->writing = write;
}

static pfn_t
granted(uint32_t entry, unsigned access)
{
	if (!can_be_cached(entry) || (access == VM_WRITE && entry & ENTRY_RO) ||
		(access == VM_EXEC && entry & ENTRY_XN))
		return PFN_NONE;
	check(entry & ENTRY_U && entry & ENTRY_NG);
	if (access == VM_EXEC)
		fetch(entry >> PAGE_SHIFT);
	return entry >> PAGE_SHIFT;
}

static pfn_t
access_once(struct mmu *mmu, vaddr_t page, unsigned access)
{
	unsigned asid = ASID(contextidr[0]);
	const uint32_t *entry = mmu_entry(mmu, page);
	uint32_t truth = entry ? *entry : 0;
	const struct cached *known = cache_find(&tlb, page, asid);

	check(!incomplete && asid && mmu->root == ttbr0[0]);
	if (known) {
		check_equal(known->entry, truth); /* else the TLB was to be flushed */
		return granted(truth, access);
	}
	check_equal(walk(ttbr0[0], asid, page), truth); /* else the walker does not see it yet */
	if (can_be_cached(truth))
		cache_add(&tlb, page, asid, truth);
	return granted(truth, access);
}

pfn_t
cpu_access(struct mmu *mmu, vaddr_t page, unsigned access)
{
	pfn_t frame = access_once(mmu, page, access);

	if (frame == PFN_NONE && mmu_mark(mmu, page, access == VM_WRITE))
		frame = access_once(mmu, page, access);
	return frame;
}

void
cpu_must_not_know(pfn_t frame)
{
	for (unsigned i = 0; i < tlb.count; i++)
		if (tlb.entries[i].space && tlb.entries[i].space == ASID(contextidr[0]))
			check(tlb.entries[i].entry >> PAGE_SHIFT != frame);
}
