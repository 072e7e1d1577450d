/*
 * i386 as its manual allows it to be (SDM vol. 3, 4.10): the TLB and the caches of directory
 * entries keep what they know until invlpg or a write to CR3, and at each of these instructions the
 * CPU looks ahead. It sees stores at once, sets the accessed and dirty bits itself, and may believe
 * that they are still set.
 */
#include "arch/arch.h"
#include "mock.h"
#include "port.h"
#include <machine/entry.h>

#define TABLE_SHIFT 22
#define MARKS (ENTRY_A | ENTRY_D)

struct cpu_counts cpu_counts;
const unsigned cpu_asids = 0;
const bool cpu_has_no_exec = false;

static unsigned long cr3;

static uint32_t *
word_at(paddr_t address)
{
	check(ram_has(address) && frames[address / PAGE_SIZE].kind == FRAME_TABLE); /* else freed */
	return ram_words(address / PAGE_SIZE) + address % PAGE_SIZE / 4;
}

/* The page's entry; NULL when no table is there. */
static uint32_t *
walk(vaddr_t page)
{
	struct cached *known = cache_find(&walks, page >> TABLE_SHIFT, 0);
	uint32_t directory = known ? known->entry : *word_at(cr3 + (page >> TABLE_SHIFT) * 4);

	if (!(directory & ENTRY_P))
		return NULL;
	if (!known)
		cache_add(&walks, page >> TABLE_SHIFT, 0, directory);
	return word_at((directory & ~PAGE_MASK) + (page >> PAGE_SHIFT & 1023) * 4);
}

static void
look_ahead(void)
{
	vaddr_t page = some_page();
	uint32_t *entry = ram_has(cr3) ? walk(page) : NULL;

	if (!entry || !(*entry & ENTRY_P) || cache_find(&tlb, page, 0))
		return;
	*entry |= ENTRY_A;
	cache_add(&tlb, page, 0, *entry);
}

unsigned long
read_cr3(void)
{
	look_ahead();
	return cr3;
}

/* The same again is a flush, another one a switch. */
void
write_cr3(unsigned long value)
{
	cpu_counts.flushes += value == cr3;
	cpu_counts.everything += value == cr3;
	cr3 = value;
	cache_drop(&tlb, ANY, ANY);
	cache_drop(&walks, ANY, ANY);
	look_ahead();
}

void
invlpg(vaddr_t address)
{
	cpu_counts.flushes++;
	cache_drop(&tlb, address & ~PAGE_MASK, ANY);
	cache_drop(&walks, ANY, ANY);
	look_ahead();
}

unsigned long
read_cr4(void)
{
	return 0;
}

void
write_cr4(unsigned long value)
{
	(void)value;
}

void
fill_words(void *to, uint32_t word, size_t count)
{
	for (uint32_t *at = to; count--; at++)
		*at = word;
}

void
copy_words(void *to, const void *from, size_t count)
{
	memmove(to, from, count * 4);
}

/* --- programs --- */

void
cpu_start(void)
{
	mmu_switch_kernel();
}

void
cpu_faulted(struct mmu *mmu, bool write)
{
	(void)mmu;
	(void)write;
}

/* The CPU's own loads and stores see each other. */
void
cpu_written(pfn_t frame)
{
	(void)frame;
}

/* The walker marks the page; it does so again only if it does not believe that it is marked. */
static void
mark(uint32_t *entry, struct cached *known, unsigned access)
{
	uint32_t marks = access == VM_WRITE ? MARKS : ENTRY_A;

	check(!(known->entry & marks & ~*entry)); /* else a mark is lost: it was to be flushed */
	*entry |= marks;
	known->entry |= marks;
}

pfn_t
cpu_access(struct mmu *mmu, vaddr_t page, unsigned access)
{
	uint32_t *entry = mmu_entry(mmu, page), truth = entry ? *entry : 0;
	struct cached *known = cache_find(&tlb, page, 0);

	check(mmu->root == cr3 && walk(page) == entry); /* else a table that went is still known */
	if (known)
		check_equal(known->entry & ~MARKS, truth & ~MARKS); /* else … was to be flushed */
	if (!(truth & ENTRY_P) || (access == VM_WRITE && !(truth & ENTRY_W)))
		return PFN_NONE;
	check(truth & ENTRY_U && !(truth & ENTRY_G));
	if (!known) {
		*entry |= ENTRY_A;
		cache_add(&tlb, page, 0, *entry);
		known = cache_find(&tlb, page, 0);
	}
	mark(entry, known, access);
	return truth >> PAGE_SHIFT;
}

void
cpu_must_not_know(pfn_t frame)
{
	for (unsigned i = 0; i < tlb.count; i++)
		check(tlb.entries[i].entry >> PAGE_SHIFT != frame);
}
