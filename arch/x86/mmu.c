/*
 * Address translation: two levels of tables with 1024 entries of 32 bits (SDM vol. 3, 4.3).
 *
 *     address   | 10 bits: which table | 10 bits: which page | 12 bits: byte in the page |
 *
 *     CR3 ──> directory ──────────────> table ─────────────> frame
 *             0 … 767    user           4 KiB pages, the used ones counted in the table's struct
 *                                       frame: an empty table is freed
 *             768 … 991  kernel         4 MiB pages, the same in all directories, global
 *
 *     entry     | frame: 20 bits | VM_ rights: 3 bits | G PS D A . . U W P |
 *
 * The three bits that the CPU leaves to us hold the rights as they were asked for. An entry with no
 * rights at all (mprotect with PROT_NONE) lacks P but keeps its frame, so it is not 0; 0 is an
 * entry without a page.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <dev/console.h>
#include <mm/frame.h>
#include <mm/vm.h>

#define ENTRY_P 0x001ul
#define ENTRY_W 0x002ul
#define ENTRY_U 0x004ul
#define ENTRY_A 0x020ul
#define ENTRY_D 0x040ul
#define ENTRY_PS 0x080ul /* in a directory: a 4 MiB page */
#define ENTRY_G 0x100ul
#define ENTRY_RIGHTS_SHIFT 9

#define ENTRIES 1024
#define TABLE_SHIFT 22 /* a table spans 4 MiB */
#define TABLE_SPAN (1ul << TABLE_SHIFT)
#define KERNEL_ENTRY (KERNEL_BASE >> TABLE_SHIFT)

#define CR4_PGE (1ul << 7)

typedef unsigned long entry_t;

static entry_t kernel_table[ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/* --- the kernel's half --- */

/*
 * The first 4 MiB in small pages, so that the kernel's code and constants can be read-only (CR0.WP
 * is set).
 */
static void
fill_kernel_table(void)
{
	for (unsigned i = 0; i < ENTRIES; i++) {
		char *page = physical(i << PAGE_SHIFT);
		bool constant = page >= kernel_start && page < kernel_data;

		kernel_table[i] = i << PAGE_SHIFT | ENTRY_G | ENTRY_P | (constant ? 0 : ENTRY_W);
	}
}

void
mmu_init(void)
{
	fill_kernel_table();
	/* We run on these tables: each entry must be right before and after. */
	kernel_directory[KERNEL_ENTRY] = physical_of(kernel_table) | ENTRY_W | ENTRY_P;
	for (unsigned i = 1; i < ENTRIES - KERNEL_ENTRY; i++) {
		paddr_t at = i << TABLE_SHIFT;
		bool ram = at < memory_end();

		kernel_directory[KERNEL_ENTRY + i] =
			ram ? at | ENTRY_G | ENTRY_PS | ENTRY_W | ENTRY_P : 0;
	}
	kernel_directory[0] = 0; /* boot.asm's; NULL is never mapped */
	/* Setting PGE empties the whole TLB. */
	write_cr4(read_cr4() | CR4_PGE);
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

void
arch_zero_frame(pfn_t pfn)
{
	fill_words(arch_frame_address(pfn), 0, PAGE_SIZE / 4);
}

void
arch_copy_frame(pfn_t to, pfn_t from)
{
	copy_words(arch_frame_address(to), arch_frame_address(from), PAGE_SIZE / 4);
}

void
arch_sync_icache(pfn_t pfn)
{
	(void)pfn; /* the CPU watches (SDM vol. 3, 11.6) */
}

/* --- entries --- */

/* What the CPU is to make of rights, and we of the entry: indexed by VM_ rights. */
#define RIGHT_BITS(rights)                                                                         \
	((rights) << ENTRY_RIGHTS_SHIFT | ENTRY_U | ((rights) ? ENTRY_P : 0) |                     \
		((rights) & VM_WRITE ? ENTRY_W : 0))
static const entry_t right_bits[VM_RIGHTS + 1] = {
	RIGHT_BITS(0), RIGHT_BITS(1), RIGHT_BITS(2), RIGHT_BITS(3),
	RIGHT_BITS(4), RIGHT_BITS(5), RIGHT_BITS(6), RIGHT_BITS(7),
};

static entry_t
make_entry(pfn_t frame, unsigned rights)
{
	return frame << PAGE_SHIFT | right_bits[rights];
}

static pfn_t
entry_frame(entry_t entry)
{
	return entry >> PAGE_SHIFT;
}

static void
describe_entry(entry_t from, struct mmu_entry *entry)
{
	entry->frame = entry_frame(from);
	entry->rights = from >> ENTRY_RIGHTS_SHIFT & VM_RIGHTS;
	entry->accessed = from & ENTRY_A;
	entry->dirty = from & ENTRY_D;
}

static entry_t *
directory_entry(const struct mmu *mmu, vaddr_t address)
{
	return &mmu->tables[address >> TABLE_SHIFT];
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

/* --- directories --- */

void
mmu_fill_directory(unsigned long *directory)
{
	fill_words(directory, 0, KERNEL_ENTRY);
	copy_words(directory + KERNEL_ENTRY, kernel_directory + KERNEL_ENTRY,
		ENTRIES - KERNEL_ENTRY);
}

int
mmu_create(struct mmu *mmu)
{
	pfn_t root = directory_alloc();

	if (root == PFN_NONE)
		return -ENOMEM;
	mmu->root = root << PAGE_SHIFT;
	mmu->tables = arch_frame_address(root);
	mmu->frames = 1;
	return 0;
}

void
mmu_destroy(struct mmu *mmu)
{
	assert(mmu->frames == 1); /* mmu_unmap frees the tables with their last page */
	assert(mmu->root != read_cr3());
	directory_free(mmu->root >> PAGE_SHIFT);
	mmu->frames = 0;
}

void
mmu_switch(struct mmu *mmu)
{
	if (read_cr3() != mmu->root)
		write_cr3(mmu->root);
}

void
mmu_switch_kernel(void)
{
	write_cr3(physical_of(kernel_directory));
}

/* --- mapping --- */

static bool
add_table(struct mmu *mmu, entry_t *table)
{
	pfn_t frame = table_alloc();

	if (frame == PFN_NONE)
		return false;
	mmu->frames++;
	/* Every right here: the page's entry decides. */
	*table = frame << PAGE_SHIFT | ENTRY_U | ENTRY_W | ENTRY_P;
	return true;
}

int
mmu_map(struct mmu *mmu, vaddr_t address, pfn_t frame, unsigned rights)
{
	entry_t *table = directory_entry(mmu, address);
	entry_t *entry;

	if (unlikely(!*table) && !add_table(mmu, table))
		return -ENOMEM;
	entry = table_entry(*table, address);
	if (!*entry)
		++*used_entries(*table);
	else
		invlpg(address);
	*entry = make_entry(frame, rights);
	return 0;
}

/* After entries changed or went: when this is the loaded directory, the TLB may still have them. */
static void
flush(const struct mmu *mmu, vaddr_t start, vaddr_t end)
{
	if (mmu->root != read_cr3())
		return;
	if (end - start == PAGE_SIZE)
		invlpg(start);
	else
		write_cr3(mmu->root);
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
		if (*used_entries(*table) == 0) {
			*used_entries(*table) = empty;
			empty = entry_frame(*table);
			*table = 0;
		}
	}
	if (batch->count)
		flush(mmu, start, at);
	free_tables(mmu, empty);
	return at;
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
		for (entry_t *entry = table_entry(table, at); at < stop; at += PAGE_SIZE, entry++) {
			if (!*entry)
				continue;
			*entry = make_entry(entry_frame(*entry), rights) |
				(*entry & (ENTRY_A | ENTRY_D));
		}
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
	invlpg(address);
}

void
arch_walk(struct mmu *mmu, vaddr_t address)
{
	entry_t table = *directory_entry(mmu, address);
	entry_t entry;

	kprintf("PDE 0x%08lx", table);
	if (!table) {
		kprintf(" (no table)\n");
		return;
	}
	if (table & ENTRY_PS) {
		kprintf(" (the kernel's 4 MiB page)\n");
		return;
	}
	entry = *table_entry(table, address);
	kprintf(" -> PTE 0x%08lx", entry);
	if (!entry)
		kprintf(" (no page)\n");
	else
		kprintf(" (frame %lu, %s, %s%s%s)\n", entry_frame(entry),
			entry & ENTRY_U ? "user" : "kernel",
			!(entry & ENTRY_P)  ? "no rights"
			: entry & ENTRY_W   ? "read-write"
					    : "read-only",
			entry & ENTRY_A ? ", accessed" : "", entry & ENTRY_D ? ", dirty" : "");
}
