/*
 * Address translation: short descriptors, two levels (ARM ARM B3.5).
 *
 *     address   | 12 bits: which MiB | 8 bits: which page | 12 bits: byte in the page |
 *
 *     TTBR0 ──> first level, 16 KiB ──> second level, 1 KiB ──> frame
 *               0 … 3055     user       4 KiB pages
 *               3072 … 4095  kernel     sections of 1 MiB, the same in all spaces, global
 *
 * Four second-level tables fill a page frame. We always take them together: four entries of the
 * first level, from a multiple of four on, lead to the four quarters of one frame. So a "table" here
 * spans 4 MiB and has 1024 entries, of which the used ones are counted in its struct frame: an empty
 * table is freed.
 *
 *     entry of a user page:
 *     | frame: 20 bits | nG | - | RO | D | X | 0 | U | A | W | R | 1 | XN |
 *
 * A (accessed), RO (writing refused), U, nG (not global) and XN are the hardware's (B3.5.1); RO is
 * AP[2] and A is AP[0], by SCTLR.AFE (B3.7.4). R, W and X hold the rights as they were asked for, D
 * says that the page was written; they stand where the hardware looks at nothing (layout.h:
 * PRRR_VALUE). The CPU sets neither A nor D: it faults and mmu_mark() does. So a clean page is
 * read-only, whatever its rights. An entry with no rights at all (mprotect with PROT_NONE) has
 * neither 1 nor XN but keeps its frame, so it is not 0; 0 is an entry without a page.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>

#define ENTRY_XN 0x001ul
#define ENTRY_PAGE 0x002ul
#define ENTRY_R 0x004ul /* VM_READ << 2 */
#define ENTRY_W 0x008ul /* VM_WRITE << 2 */
#define ENTRY_A 0x010ul
#define ENTRY_U 0x020ul
#define ENTRY_X 0x080ul /* VM_EXEC << 5 */
#define ENTRY_D 0x100ul
#define ENTRY_RO 0x200ul
#define ENTRY_NG 0x800ul

#define TABLE 0x001ul	  /* first level: leads to a second-level table */
#define TABLE_PXN 0x004ul /* … of pages that the kernel must not execute */
#define TABLE_USER 0x020ul /* … that are domain 1 */
#define QUARTER 1024	  /* bytes of a second-level table */

#define ENTRIES 1024
#define TABLE_SHIFT 22 /* four second-level tables span 4 MiB */
#define TABLE_SPAN (1ul << TABLE_SHIFT)
#define DIRECTORY_ENTRIES 4096
#define MIB_SHIFT 20
#define KERNEL_ENTRY (KERNEL_BASE >> MIB_SHIFT)

#define ASID_MASK 0xfful

typedef unsigned long entry_t;

static entry_t kernel_table[ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/* --- the kernel's half --- */

/* The kernel's first 4 MiB in small pages: code can be executed, and only data be written. */
static entry_t
kernel_page(unsigned i)
{
	char *page = physical(RAM_BASE + (i << PAGE_SHIFT));
	entry_t entry = physical_of(page) | ENTRY_A | ENTRY_PAGE;

	if (page < kernel_start || page >= kernel_constants)
		entry |= ENTRY_XN;
	if (page >= kernel_start && page < kernel_data)
		entry |= ENTRY_RO;
	return entry;
}

/* Make four entries of the first level lead to the quarters of one frame. */
static void
enter_table(entry_t *entries, paddr_t table, entry_t bits)
{
	for (unsigned i = 0; i < 4; i++)
		entries[i] = (table + i * QUARTER) | bits;
}

void
mmu_init(void)
{
	for (unsigned i = 0; i < ENTRIES; i++)
		kernel_table[i] = kernel_page(i);
	/* We run on these tables: each entry must be right before and after. */
	enter_table(&kernel_directory[KERNEL_ENTRY], physical_of(kernel_table), TABLE);
	for (unsigned i = 4; i < RAM_MIB; i++) {
		paddr_t at = RAM_BASE + (i << MIB_SHIFT);

		kernel_directory[KERNEL_ENTRY + i] =
			at < memory_end() ? at | SECTION | SECTION_NO_EXEC : 0;
	}
	kernel_directory[RAM_BASE >> MIB_SHIFT] = 0; /* boot.S's */
	dsb();
	write_tlbiall(0);
	dsb();
	isb();
}

void *
arch_frame_address(pfn_t pfn)
{
	return physical(pfn << PAGE_SHIFT);
}

pfn_t
arch_frame_of(const void *kernel_address)
{
	return physical_of(kernel_address) >> PAGE_SHIFT;
}

/*
 * ARM ARM B2.2.9, "Ordering of cache and branch predictor maintenance operations", with the example
 * of self-modifying code: what was written goes to where fetches look; then nothing older may be
 * left in the instruction cache and the branch predictor. The whole of that cache, for it may know
 * the page by other addresses than ours.
 */
void
arch_sync_icache(pfn_t pfn)
{
	unsigned line = 4u << (read_ctr() >> 16 & 15); /* DminLine: words, as a power of 2 */
	vaddr_t start = (vaddr_t)arch_frame_address(pfn);

	for (vaddr_t at = start; at < start + PAGE_SIZE; at += line)
		write_dccmvau(at);
	dsb();
	write_iciallu(0);
	write_bpiall(0);
	dsb();
	isb();
}

/* --- entries --- */

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
static const entry_t right_bits[2][VM_RIGHTS + 1] = {ALL_RIGHTS(false), ALL_RIGHTS(true)};

static entry_t
make_entry(pfn_t frame, unsigned rights, bool dirty)
{
	return frame << PAGE_SHIFT | right_bits[dirty][rights];
}

static pfn_t
entry_frame(entry_t entry)
{
	return entry >> PAGE_SHIFT;
}

static unsigned
entry_rights(entry_t entry)
{
	return (entry >> 2 & (VM_READ | VM_WRITE)) | (entry >> 5 & VM_EXEC);
}

static void
describe_entry(entry_t from, struct mmu_entry *entry)
{
	entry->frame = entry_frame(from);
	entry->rights = entry_rights(from);
	entry->accessed = from & ENTRY_A;
	entry->dirty = from & ENTRY_D;
}

/* The first of four entries, which lead to the quarters of one frame. */
static entry_t *
directory_entry(const struct mmu *mmu, vaddr_t address)
{
	return &mmu->tables[address >> TABLE_SHIFT << 2];
}

/* The entry of `address` in the table that the directory's entry `table` leads to. */
static entry_t *
table_entry(entry_t table, vaddr_t address)
{
	entry_t *entries = arch_frame_address(entry_frame(table));

	return &entries[address >> PAGE_SHIFT & (ENTRIES - 1)];
}

/* How many entries of a table are used. */
static unsigned long *
used_entries(entry_t table)
{
	return &frames[entry_frame(table)].index;
}

/* The end of what `address`'s table spans, but no more than `end`. */
static vaddr_t
table_end(vaddr_t address, vaddr_t end)
{
	vaddr_t boundary = (address & ~(TABLE_SPAN - 1)) + TABLE_SPAN;

	return boundary < end ? boundary : end;
}

/* --- first-level tables --- */

void
mmu_fill_directory(unsigned long *directory)
{
	memset(directory, 0, KERNEL_ENTRY * sizeof(*directory));
	memcpy(directory + KERNEL_ENTRY, kernel_directory + KERNEL_ENTRY,
		(DIRECTORY_ENTRIES - KERNEL_ENTRY) * sizeof(*directory));
}

int
mmu_create(struct mmu *mmu)
{
	pfn_t root = directory_alloc();

	if (root == PFN_NONE)
		return -ENOMEM;
	*mmu = (struct mmu){
		.root = root << PAGE_SHIFT | TTBR_CACHED,
		.tables = arch_frame_address(root),
		.frames = 1 << DIRECTORY_ORDER,
	};
	return 0;
}

static bool
is_loaded(const struct mmu *mmu)
{
	return read_ttbr0() == mmu->root;
}

void
mmu_destroy(struct mmu *mmu)
{
	assert(mmu->frames == 1 << DIRECTORY_ORDER); /* mmu_unmap frees the others */
	assert(!is_loaded(mmu));
	directory_free(mmu->root >> PAGE_SHIFT);
	mmu->frames = 0;
}

/*
 * ARM ARM B3.10.4, "Synchronization of changes of ASID and TTBR": while the one is new and the other
 * old, the CPU may walk ahead; what it finds then belongs to ASID 0, which no program has.
 */
static void
load(paddr_t root, unsigned long asid)
{
	write_contextidr(0);
	isb();
	write_ttbr0(root);
	isb();
	write_contextidr(asid);
	isb();
}

void
mmu_switch(struct mmu *mmu)
{
	if (!is_loaded(mmu))
		load(mmu->root, asid_of(mmu) & ASID_MASK);
}

void
mmu_switch_kernel(void)
{
	load(physical_of(kernel_directory) | TTBR_CACHED, 0);
}

/* --- flushing --- */

/*
 * After entries changed or went. A new entry where none was is seen by itself, as soon as it is
 * written: an entry that faults is never in the TLB (ARM ARM B3.9, B3.10.1).
 *
 * A space that is not loaded only forgets its number: what the TLB knows under it will never be
 * asked for, and the next switch gives the space a new one.
 */
static void
flush(struct mmu *mmu, vaddr_t start, vaddr_t end)
{
	if (!is_loaded(mmu)) {
		mmu->asid = 0;
		return;
	}
	dsb(); /* the tables are written before the TLB may look again (B3.10.1) */
	if (end - start == PAGE_SIZE)
		write_tlbimva(start | (mmu->asid & ASID_MASK));
	else
		write_tlbiasid(mmu->asid & ASID_MASK);
	dsb();
	isb();
}

/* --- mapping --- */

static bool
add_table(struct mmu *mmu, entry_t *table)
{
	pfn_t frame = table_alloc();

	if (frame == PFN_NONE)
		return false;
	mmu->frames++;
	enter_table(table, frame << PAGE_SHIFT, TABLE | TABLE_PXN | TABLE_USER);
	return true;
}

/*
 * Whoever filled a page of a program's image has seen to it that it can be executed; any other page
 * may have been written in any way.
 */
static void
sync_if_executable(pfn_t frame, unsigned rights)
{
	if (unlikely(rights & VM_EXEC) && frames[frame].kind != FRAME_IMAGE)
		arch_sync_icache(frame);
}

int
mmu_map(struct mmu *mmu, vaddr_t address, pfn_t frame, unsigned rights)
{
	entry_t *table = directory_entry(mmu, address);
	entry_t *entry;

	if (unlikely(!*table) && !add_table(mmu, table))
		return -ENOMEM;
	sync_if_executable(frame, rights);
	entry = table_entry(*table, address);
	if (!*entry) {
		++*used_entries(*table);
	} else {
		/* Never two translations of one page in the TLB: the old one goes first (B3.10.1). */
		*entry = 0;
		flush(mmu, address, address + PAGE_SIZE);
	}
	*entry = make_entry(frame, rights, mmu->writing) | ENTRY_A;
	dsb(); /* the entry is there before the access is tried again (B3.10.1) */
	return 0;
}

bool
mmu_mark(struct mmu *mmu, vaddr_t address, bool write)
{
	entry_t table = *directory_entry(mmu, address);
	entry_t *entry = table ? table_entry(table, address) : NULL;
	entry_t old = entry ? *entry : 0, new = old | ENTRY_A;

	if (write && old & ENTRY_W)
		new = (new | ENTRY_D) & ~ENTRY_RO;
	if (!(old & ENTRY_PAGE) || new == old)
		return false;
	*entry = new;
	flush(mmu, address & ~PAGE_MASK, (address & ~PAGE_MASK) + PAGE_SIZE);
	return true;
}

/*
 * Clear used entries from `entry` on, below `end` and at most `most`; their frames go to the batch.
 * Returns where it stopped. This loop is what unmapping costs per page: alone in a function, it
 * stays in registers.
 */
static __attribute__((noinline)) entry_t *
clear_entries(entry_t *entry, const entry_t *end, unsigned most, struct mmu_batch *batch)
{
	pfn_t *cleared = batch->frames + batch->count;
	const pfn_t *full = cleared + most;

	for (; entry < end && cleared < full; entry++) {
		if (!*entry)
			continue;
		*cleared++ = entry_frame(*entry);
		*entry = 0;
	}
	batch->count = cleared - batch->frames;
	return entry;
}

/*
 * The same for [start, end) in one table. Returns where to go on: `end` when nothing is left there.
 */
static vaddr_t
clear_in_table(entry_t table, vaddr_t start, vaddr_t end, struct mmu_batch *batch)
{
	unsigned long *used = used_entries(table);
	unsigned before = batch->count, room = MMU_BATCH - before;
	entry_t *first = table_entry(table, start), *stopped;

	stopped = clear_entries(first, first + ((end - start) >> PAGE_SHIFT),
		*used < room ? *used : room, batch);
	*used -= batch->count - before;
	return *used ? start + (stopped - first) * PAGE_SIZE : end;
}

/*
 * A table that became empty leaves the first level at once but is freed only after the flush: until
 * then the CPU may walk it. So the empty ones wait in a chain, through the count of entries that
 * they no longer need.
 */
static void
remove_table(entry_t *table, pfn_t *chain)
{
	*used_entries(*table) = *chain;
	*chain = entry_frame(*table);
	table[0] = table[1] = table[2] = table[3] = 0;
}

static void
free_tables(struct mmu *mmu, pfn_t chain)
{
	while (chain != PFN_NONE) {
		pfn_t next = frames[chain].index;

		table_free(chain);
		mmu->frames--;
		chain = next;
	}
}

vaddr_t
mmu_unmap(struct mmu *mmu, vaddr_t start, vaddr_t end, struct mmu_batch *batch)
{
	pfn_t empty = PFN_NONE;
	vaddr_t at = start;

	batch->count = 0;
	while (at < end && batch->count < MMU_BATCH) {
		entry_t *table = directory_entry(mmu, at);
		vaddr_t stop = table_end(at, end);

		if (!*table) {
			at = stop;
			continue;
		}
		at = clear_in_table(*table, at, stop, batch);
		if (*used_entries(*table) == 0)
			remove_table(table, &empty);
	}
	if (batch->count)
		flush(mmu, start, at);
	free_tables(mmu, empty);
	return at;
}

static void
set_rights(entry_t *entry, unsigned rights)
{
	if (!(entry_rights(*entry) & VM_EXEC))
		sync_if_executable(entry_frame(*entry), rights);
	*entry = make_entry(entry_frame(*entry), rights, *entry & ENTRY_D) | (*entry & ENTRY_A);
}

void
mmu_protect(struct mmu *mmu, vaddr_t start, vaddr_t end, unsigned rights)
{
	vaddr_t at = start;

	while (at < end) {
		entry_t table = *directory_entry(mmu, at);
		vaddr_t stop = table_end(at, end);

		if (!table) {
			at = stop;
			continue;
		}
		for (entry_t *entry = table_entry(table, at); at < stop; at += PAGE_SIZE, entry++)
			if (*entry)
				set_rights(entry, rights);
	}
	flush(mmu, start, end);
}

/* --- looking --- */

bool
mmu_query(const struct mmu *mmu, vaddr_t address, struct mmu_entry *entry)
{
	entry_t table = *directory_entry(mmu, address);
	entry_t found = table ? *table_entry(table, address) : 0;

	if (!found)
		return false;
	describe_entry(found, entry);
	return true;
}

bool
mmu_next(const struct mmu *mmu, vaddr_t *address, vaddr_t end, struct mmu_entry *entry)
{
	vaddr_t at = *address & ~PAGE_MASK;

	while (at < end) {
		entry_t table = *directory_entry(mmu, at);
		vaddr_t stop = table_end(at, end);

		if (!table) {
			at = stop;
			continue;
		}
		for (entry_t *found = table_entry(table, at); at < stop; at += PAGE_SIZE, found++) {
			if (!*found)
				continue;
			describe_entry(*found, entry);
			*address = at;
			return true;
		}
	}
	return false;
}

void
mmu_clear_accessed(struct mmu *mmu, vaddr_t address)
{
	entry_t table = *directory_entry(mmu, address);

	if (!table)
		return;
	*table_entry(table, address) &= ~ENTRY_A;
	flush(mmu, address & ~PAGE_MASK, (address & ~PAGE_MASK) + PAGE_SIZE);
}

static bool
is_table(entry_t entry)
{
	return (entry & 3) == TABLE;
}

void
arch_walk(struct mmu *mmu, vaddr_t address)
{
	entry_t table = mmu->tables[address >> MIB_SHIFT];
	entry_t entry;

	kprintf("first level 0x%08lx", table);
	if (!is_table(table)) {
		kprintf(table ? " (the kernel's section)\n" : " (no table)\n");
		return;
	}
	entry = *table_entry(table, address);
	kprintf(" -> second level 0x%08lx", entry);
	if (!entry)
		kprintf(" (no page)\n");
	else
		kprintf(" (frame %lu, %s, %s%s%s%s)\n", entry_frame(entry),
			entry & ENTRY_U ? "user" : "kernel",
			!(entry & ENTRY_PAGE) ? "no rights"
			: entry & ENTRY_RO    ? "read-only"
					      : "read-write",
			entry & ENTRY_XN ? "" : ", executable", entry & ENTRY_A ? ", accessed" : "",
			entry & ENTRY_D ? ", dirty" : "");
}
