/*
 * Address translation by two levels of tables, on CPUs with addresses of 32 bits. What an entry
 * looks like is the port's to say (<machine/entry.h>); what is done with the tables is all here.
 *
 *     address   | which table | 10 bits: which page | 12 bits: byte in the page |
 *
 *     root ──> directory ──────> table ──> frame
 *              user's half       4 KiB pages, the used entries counted in the table's struct frame:
 *                                an empty table is freed
 *              kernel's half     large pages, the same in all directories, global
 *
 * A table fills a page frame, and so spans 4 MiB. Where the CPU's own tables are smaller, it
 * consists of 2^DIRECTORY_ORDER parts, to which as many entries of the directory lead, side by
 * side; the directory is larger in the same measure.
 *
 * An entry is 0 when it is without a page. One with no rights at all (mprotect with PROT_NONE)
 * keeps its frame, so it is not 0, but the CPU takes it for none.
 */
#include "arch/arch.h"
#include "common.h"
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <machine/entry.h>
#include <mm/frame.h>
#include <mm/vm.h>

#define ENTRIES (PAGE_SIZE / sizeof(entry_t))
#define TABLE_SHIFT 22
#define TABLE_SPAN (1ul << TABLE_SHIFT)
#define PARTS (1u << DIRECTORY_ORDER)
#define DIRECTORY_SHIFT (TABLE_SHIFT - DIRECTORY_ORDER) /* what one entry of a directory spans */
#define DIRECTORY_ENTRIES (ENTRIES << DIRECTORY_ORDER)
#define KERNEL_ENTRY (KERNEL_BASE >> DIRECTORY_SHIFT)

static entry_t kernel_table[ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/* Make the directory's entries from `entries` on lead to the parts of a table. */
static void
enter_table(entry_t *entries, paddr_t table, entry_t bits)
{
	for (unsigned i = 0; i < PARTS; i++)
		entries[i] = (table + i * (PAGE_SIZE / PARTS)) | bits;
}

/* --- the kernel's half --- */

/* The first 4 MiB, where the kernel's image lies, in small pages. */
void
kernel_half_init(void)
{
	for (unsigned i = 0; i < ENTRIES; i++)
		kernel_table[i] = kernel_page(physical(RAM_BASE + (i << PAGE_SHIFT)));
	/* We run on these tables: each entry must be right before and after. */
	enter_table(&kernel_directory[KERNEL_ENTRY], physical_of(kernel_table), KERNEL_TABLE);
	for (unsigned i = PARTS; i < KERNEL_RAM_MAX >> DIRECTORY_SHIFT; i++) {
		paddr_t at = RAM_BASE + (i << DIRECTORY_SHIFT);

		kernel_directory[KERNEL_ENTRY + i] = at < memory_end() ? at | KERNEL_LARGE_PAGE : 0;
	}
	kernel_directory[RAM_BASE >> DIRECTORY_SHIFT] = 0; /* the boot code's */
}

/* --- entries --- */

static pfn_t
entry_frame(entry_t entry)
{
	return entry >> PAGE_SHIFT;
}

static void
describe_entry(entry_t from, struct mmu_entry *entry)
{
	entry->frame = entry_frame(from);
	entry->rights = entry_rights(from);
	entry->accessed = from & ENTRY_A;
	entry->dirty = from & ENTRY_D;
}

/* The first of the directory's entries that lead to the table of `address`. */
static entry_t *
directory_entry(const struct mmu *mmu, vaddr_t address)
{
	return &mmu->tables[(address >> TABLE_SHIFT) * PARTS];
}

/* The entry of `address` in the table that the directory's entry `table` leads to. */
static entry_t *
table_entry(entry_t table, vaddr_t address)
{
	entry_t *entries = physical(entry_frame(table) << PAGE_SHIFT);

	return &entries[address >> PAGE_SHIFT & (ENTRIES - 1)];
}

entry_t *
mmu_entry(const struct mmu *mmu, vaddr_t address)
{
	entry_t table = *directory_entry(mmu, address);

	return table ? table_entry(table, address) : NULL;
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

static void
flush_page(struct mmu *mmu, vaddr_t address)
{
	mmu_flush(mmu, address & ~PAGE_MASK, (address & ~PAGE_MASK) + PAGE_SIZE);
}

/* --- directories --- */

void
mmu_fill_directory(entry_t *directory)
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
		.root = root << PAGE_SHIFT | ROOT_BITS,
		.tables = physical(root << PAGE_SHIFT),
		.frames = PARTS,
	};
	return 0;
}

void
mmu_destroy(struct mmu *mmu)
{
	assert(mmu->frames == PARTS); /* mmu_unmap frees the tables with their last page */
	assert(!mmu_is_loaded(mmu));
	directory_free(mmu->root >> PAGE_SHIFT);
	mmu->frames = 0;
}

/* --- mapping --- */

static bool
add_table(struct mmu *mmu, entry_t *entries)
{
	pfn_t frame = table_alloc();

	if (frame == PFN_NONE)
		return false;
	mmu->frames++;
	/* Every right here: the page's entry decides. */
	enter_table(entries, frame << PAGE_SHIFT, USER_TABLE);
	return true;
}

/*
 * Whoever filled a page of a program's image has seen to it that it can be executed; any other page
 * may have been written in any way.
 */
static void
sync_if_executable(pfn_t frame, unsigned rights)
{
	if (FETCHES_NEED_SYNC && unlikely(rights & VM_EXEC) && frames[frame].kind != FRAME_IMAGE)
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
		/* Never two translations of one page in the TLB: the old one goes first. */
		*entry = 0;
		flush_page(mmu, address);
	}
	*entry = entry_new(mmu, frame, rights);
	entry_written();
	return 0;
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
 * A table that became empty leaves the directory at once but is freed only after the flush: until
 * then the CPU may walk it. So the empty ones wait in a chain, through the count of entries that
 * they no longer need.
 */
static void
remove_table(entry_t *entries, pfn_t *chain)
{
	*used_entries(*entries) = *chain;
	*chain = entry_frame(*entries);
	for (unsigned i = 0; i < PARTS; i++)
		entries[i] = 0;
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
	/* The CPU may keep entries of directories, too, and know a table by any address there. */
	if (empty != PFN_NONE)
		mmu_flush(mmu, start & ~(TABLE_SPAN - 1), table_end(at - 1, ~0ul));
	else if (batch->count)
		mmu_flush(mmu, start, at);
	free_tables(mmu, empty);
	return at;
}

/* --- looking --- */

bool
mmu_query(const struct mmu *mmu, vaddr_t address, struct mmu_entry *entry)
{
	const entry_t *found = mmu_entry(mmu, address);

	if (!found || !*found)
		return false;
	describe_entry(*found, entry);
	return true;
}

bool
mmu_next(const struct mmu *mmu, vaddr_t *address, vaddr_t end, struct mmu_entry *entry)
{
	for (vaddr_t at = *address & ~PAGE_MASK, stop; at < end; at = stop) {
		const entry_t *found = mmu_entry(mmu, at);

		stop = table_end(at, end);
		for (; found && at < stop; at += PAGE_SIZE, found++) {
			if (!*found)
				continue;
			describe_entry(*found, entry);
			*address = at;
			return true;
		}
	}
	return false;
}

/* --- changing what is there --- */

static void
protect_entries(entry_t *entry, const entry_t *end, unsigned rights)
{
	for (; entry < end; entry++) {
		if (!*entry)
			continue;
		if (!(entry_rights(*entry) & VM_EXEC))
			sync_if_executable(entry_frame(*entry), rights);
		*entry = entry_with_rights(*entry, rights);
	}
}

void
mmu_protect(struct mmu *mmu, vaddr_t start, vaddr_t end, unsigned rights)
{
	for (vaddr_t at = start, stop; at < end; at = stop) {
		entry_t *entry = mmu_entry(mmu, at);

		stop = table_end(at, end);
		if (entry)
			protect_entries(entry, entry + ((stop - at) >> PAGE_SHIFT), rights);
	}
	mmu_flush(mmu, start, end);
}

void
mmu_clear_accessed(struct mmu *mmu, vaddr_t address)
{
	entry_t *entry = mmu_entry(mmu, address);

	if (!entry)
		return;
	*entry &= ~ENTRY_A;
	flush_page(mmu, address);
}

/* --- telling --- */

void
arch_walk(struct mmu *mmu, vaddr_t address)
{
	entry_t table = mmu->tables[address >> DIRECTORY_SHIFT], entry;
	unsigned granted;

	kprintf("first level 0x%08x", table);
	if (!entry_is_table(table)) {
		kprintf(table ? " (the kernel's large page)\n" : " (no table)\n");
		return;
	}
	entry = *table_entry(table, address);
	granted = entry_granted(entry);
	kprintf(" -> second level 0x%08x", entry);
	if (!entry)
		kprintf(" (no page)\n");
	else
		kprintf(" (frame %lu, %s, %c%c%c%s%s)\n", entry_frame(entry),
			entry & ENTRY_U ? "user" : "kernel", granted & VM_READ ? 'r' : '-',
			granted & VM_WRITE ? 'w' : '-', granted & VM_EXEC ? 'x' : '-',
			entry & ENTRY_A ? ", accessed" : "", entry & ENTRY_D ? ", dirty" : "");
}
