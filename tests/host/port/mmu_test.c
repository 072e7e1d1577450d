/*
 * A port's page tables against a simple picture of them, on a CPU that forgets nothing by itself:
 * mock.h. Random operations on a few spaces: what a program then reaches is what the picture says,
 * and the CPU knows nothing that went. And flushing is not done where it need not be.
 */
#include "arch/arch.h"
#include "mock.h"
#include "port.h"

#define SPACES 4
#define OPERATIONS 6000
#define REGION 104 /* pages */
#define REGIONS 3
#define PAGES (REGION * REGIONS)

/* Across a MiB, across a table's 4 MiB, and up to the end of what a user may map. */
static const vaddr_t regions[REGIONS] = {
	0x40100000 - 50 * PAGE_SIZE, 0x41000000 - 20 * PAGE_SIZE, USER_END - REGION * PAGE_SIZE};

struct page {
	pfn_t frame; /* PFN_NONE: nothing is mapped */
	unsigned rights;
	unsigned executable_since; /* by `now` */
};

static struct picture {
	struct mmu mmu;
	struct page pages[PAGES];
} pictures[SPACES], *loaded;

static unsigned recent; /* the page where something happened last */
static unsigned now;
static unsigned *written; /* when, by frame */

static vaddr_t
address_of(unsigned page)
{
	return regions[page / REGION] + page % REGION * PAGE_SIZE;
}

vaddr_t
some_page(void)
{
	return address_of(pick(PAGES));
}

static void
write_to(pfn_t frame)
{
	written[frame - RAM_BASE / PAGE_SIZE] = ++now;
	cpu_written(frame);
}

/* A frame as a nopage hands it over: filled by the kernel. */
static pfn_t
new_frame(void)
{
	pfn_t frame = frame_alloc(FRAME_ANON, NULL, 0);

	check(frame != PFN_NONE);
	write_to(frame);
	return frame;
}

static void
give_back(pfn_t frame)
{
	cpu_must_not_know(frame);
	frame_put(frame);
}

static void
start(void)
{
	ram_start();
	written = calloc(RAM_PAGES, sizeof(*written));
	cpu_start();
	for (unsigned i = 0; i < SPACES; i++)
		check_equal(mmu_create(&pictures[i].mmu), 0);
	mmu_switch_kernel();
	loaded = NULL;
}

static void
load(struct picture *space)
{
	mmu_switch(&space->mmu);
	loaded = space;
}

/* --- operations --- */

static void
map(struct picture *space, unsigned at, unsigned rights)
{
	struct page *page = &space->pages[at];
	pfn_t old = page->frame;

	cpu_faulted(&space->mmu, rights & VM_WRITE && pick(2));
	*page = (struct page){new_frame(), rights, rights & VM_EXEC ? ++now : 0};
	check_equal(mmu_map(&space->mmu, address_of(at), page->frame, rights), 0);
	if (old != PFN_NONE)
		give_back(old);
}

/* Pages from..to, within a region or not. */
static void
unmap(struct picture *space, unsigned from, unsigned to)
{
	vaddr_t at = address_of(from), end = address_of(to - 1) + PAGE_SIZE;
	struct mmu_batch batch;
	unsigned next = from;

	while (at < end) {
		at = mmu_unmap(&space->mmu, at, end, &batch);
		for (unsigned i = 0; i < batch.count; i++) {
			while (space->pages[next].frame == PFN_NONE)
				next++;
			check(next < to);
			check_equal(batch.frames[i], space->pages[next].frame);
			space->pages[next++].frame = PFN_NONE;
			give_back(batch.frames[i]);
		}
	}
	for (unsigned i = from; i < to; i++)
		check_equal(space->pages[i].frame, PFN_NONE);
}

static void
protect(struct picture *space, unsigned from, unsigned to, unsigned rights)
{
	mmu_protect(&space->mmu, address_of(from), address_of(to - 1) + PAGE_SIZE, rights);
	for (unsigned i = from; i < to; i++) {
		struct page *page = &space->pages[i];
		if (rights & VM_EXEC && !(page->rights & VM_EXEC))
			page->executable_since = ++now;
		page->rights = rights;
	}
}

static void
replace_space(struct picture *space)
{
	unmap(space, 0, PAGES);
	if (space == loaded) {
		mmu_switch_kernel();
		loaded = NULL;
	}
	mmu_destroy(&space->mmu);
	check_equal(mmu_create(&space->mmu), 0);
}

/* --- looking --- */

static bool
is_allowed(const struct page *page, unsigned access)
{
	if (page->frame == PFN_NONE || !page->rights)
		return false;
	if (access == VM_EXEC && cpu_has_no_exec)
		return page->rights & VM_EXEC;
	return access != VM_WRITE || page->rights & VM_WRITE;
}

/* A program that wrote code must say so: what was written since it could be executed is not. */
static bool
is_its_own_fault(const struct page *page, unsigned access)
{
	return access == VM_EXEC &&
		written[page->frame - RAM_BASE / PAGE_SIZE] > page->executable_since;
}

static void
touch(unsigned at, unsigned access)
{
	struct page *page = &loaded->pages[at];
	struct mmu_entry entry;
	pfn_t expected = is_allowed(page, access) ? page->frame : PFN_NONE;

	if (expected != PFN_NONE && is_its_own_fault(page, access))
		return;
	check_equal(cpu_access(&loaded->mmu, address_of(at), access), expected);
	if (expected == PFN_NONE)
		return;
	check(mmu_query(&loaded->mmu, address_of(at), &entry));
	check(entry.accessed && (entry.dirty || access != VM_WRITE));
	if (access == VM_WRITE)
		write_to(page->frame);
}

static void
compare(const struct picture *space)
{
	struct mmu_entry entry;
	vaddr_t at = 0;

	for (unsigned i = 0; i < PAGES; i++) {
		const struct page *page = &space->pages[i];
		check_equal(mmu_query(&space->mmu, address_of(i), &entry), page->frame != PFN_NONE);
		if (page->frame == PFN_NONE)
			continue;
		check_equal(entry.frame, page->frame);
		check_equal(entry.rights, page->rights);
		check(mmu_next(&space->mmu, &at, USER_END, &entry));
		check_equal(at, address_of(i));
		at += PAGE_SIZE;
	}
	check(!mmu_next(&space->mmu, &at, USER_END, &entry));
}

static void
operate(void)
{
	struct picture *space = loaded && pick(4) ? loaded : &pictures[pick(SPACES)];
	unsigned at = pick(PAGES), end = at + 1 + (pick(2) ? 0 : pick(PAGES - at));

	recent = at;
	switch (pick(12)) {
	case 0 ... 4:
		map(space, at, pick(VM_RIGHTS + 1));
		break;
	case 5:
		unmap(space, at, end);
		break;
	case 6 ... 7:
		protect(space, at, end, pick(VM_RIGHTS + 1));
		break;
	case 8:
		mmu_clear_accessed(&space->mmu, address_of(at));
		break;
	case 9 ... 10:
		load(&pictures[pick(SPACES)]);
		break;
	default:
		if (!pick(8))
			replace_space(space);
		compare(&pictures[pick(SPACES)]);
	}
}

static void
random_operations(void)
{
	start();
	for (unsigned i = 0; i < OPERATIONS; i++) {
		operate();
		for (unsigned touches = loaded ? pick(6) : 0; touches; touches--)
			touch(pick(2) ? recent : pick(PAGES), 1u << pick(3));
	}
	mmu_switch_kernel();
	loaded = NULL;
	for (unsigned i = 0; i < SPACES; i++) {
		unmap(&pictures[i], 0, PAGES);
		mmu_destroy(&pictures[i].mmu);
	}
	mmu_trim();
	check_equal(ram_free(), RAM_PAGES - 1);
}

/* --- nothing is flushed that need not be --- */

static unsigned long
flushes_since(struct cpu_counts before)
{
	return cpu_counts.flushes - before.flushes;
}

static void
no_flush_for_a_new_page(void)
{
	struct cpu_counts before;

	start();
	load(&pictures[0]);
	before = cpu_counts;
	for (unsigned at = 0; at < PAGES; at++) {
		map(loaded, at, VM_READ | VM_WRITE);
		touch(at, VM_READ);
	}
	check_equal(flushes_since(before), 0);
}

static void
one_flush_a_batch(void)
{
	struct cpu_counts before;
	struct mmu_batch batch;
	vaddr_t at = address_of(0);

	start();
	load(&pictures[0]);
	for (unsigned page = 0; page < 2 * MMU_BATCH; page++)
		map(loaded, page, VM_READ);
	before = cpu_counts;
	at = mmu_unmap(&loaded->mmu, at, USER_END, &batch);
	check_equal(batch.count, MMU_BATCH);
	check_equal(flushes_since(before), 1);
	mmu_unmap(&loaded->mmu, at, USER_END, &batch);
	check_equal(flushes_since(before), 2);
	mmu_protect(&loaded->mmu, at, USER_END, VM_READ);
	check_equal(flushes_since(before), 3);
}

static void
no_flush_of_what_is_not_loaded(void)
{
	struct cpu_counts before;

	start();
	load(&pictures[1]);
	map(&pictures[0], 0, VM_READ);
	map(&pictures[0], 1, VM_READ | VM_WRITE);
	before = cpu_counts;
	map(&pictures[0], 0, VM_READ);
	protect(&pictures[0], 0, 2, VM_READ);
	unmap(&pictures[0], 0, 1);
	check_equal(flushes_since(before), 0);
	load(&pictures[0]);
	touch(0, VM_READ);
	touch(1, VM_WRITE);
}

static void
no_flush_for_a_switch(void)
{
	struct cpu_counts before;

	start();
	for (unsigned i = 0; i < 2; i++) {
		map(&pictures[i], 0, VM_READ);
		load(&pictures[i]);
	}
	before = cpu_counts;
	for (unsigned i = 0; i < 100; i++) {
		load(&pictures[i % 2]);
		touch(0, VM_READ);
	}
	/* With one number for all, two spaces cannot have one each. */
	check_equal(flushes_since(before), cpu_asids == 1 ? 100 : 0);
}

/* One page, at the same address in all of them, another frame each. */
static void
more_spaces_than_numbers(void)
{
	struct cpu_counts before;
	pfn_t frame;

	start();
	before = cpu_counts;
	map(&pictures[0], 0, VM_READ);
	for (unsigned i = 0; i < 1000; i++) {
		load(&pictures[0]); /* has been there for long */
		touch(0, VM_READ);
		map(&pictures[1], 0, VM_READ);
		load(&pictures[1]);
		touch(0, VM_READ);
		/* It goes, with what the CPU knows of it. */
		frame = pictures[1].pages[0].frame;
		load(&pictures[2]);
		unmap(&pictures[1], 0, 1);
		check_equal(frames[frame].kind, FRAME_FREE);
		mmu_destroy(&pictures[1].mmu);
		check_equal(mmu_create(&pictures[1].mmu), 0);
	}
	if (cpu_asids > 1)
		check(cpu_counts.everything - before.everything <= 1000 / (cpu_asids - 2) + 1);
	check_equal(flushes_since(before), cpu_counts.everything - before.everything);
}

/* Two pages of one table, in different MiB: what was known of the one leads nowhere any more. */
static void
a_table_goes_wholly(void)
{
	unsigned other = REGION - 1;

	start();
	load(&pictures[0]);
	map(loaded, 0, VM_READ);
	map(loaded, other, VM_READ);
	unmap(loaded, 0, 1);
	touch(0, VM_READ); /* in vain, but it looked for the table */
	unmap(loaded, other, other + 1);
	mmu_trim();
	touch(0, VM_READ);
	touch(other, VM_READ);
}

static void
a_mark_is_set_again(void)
{
	struct mmu_entry entry;

	start();
	load(&pictures[0]);
	map(loaded, 0, VM_READ | VM_WRITE);
	touch(0, VM_WRITE);
	mmu_clear_accessed(&loaded->mmu, address_of(0));
	check(mmu_query(&loaded->mmu, address_of(0), &entry) && !entry.accessed && entry.dirty);
	touch(0, VM_READ);
}

/* --- what is executed is what was written --- */

static void
no_sync_but_for_code(void)
{
	struct cpu_counts before = cpu_counts;

	start();
	load(&pictures[0]);
	map(loaded, 0, VM_READ | VM_WRITE);
	protect(loaded, 0, 1, VM_READ);
	check_equal(cpu_counts.syncs, before.syncs);
	protect(loaded, 0, 1, VM_READ | VM_EXEC);
	check_equal(cpu_counts.syncs - before.syncs, cpu_has_no_exec);
	touch(0, VM_EXEC);
	protect(loaded, 0, 1, VM_READ | VM_EXEC | VM_WRITE);
	check_equal(cpu_counts.syncs - before.syncs, cpu_has_no_exec);
}

const struct test tests[] = {
	{"random operations: a program reaches what is mapped, and nothing that went",
		random_operations, NULL},
	{"entering a page flushes nothing", no_flush_for_a_new_page, NULL},
	{"unmapping flushes once a batch, changing rights once", one_flush_a_batch, NULL},
	{"a space that is not loaded is changed without a flush", no_flush_of_what_is_not_loaded,
		NULL},
	{"a switch flushes nothing", no_flush_for_a_switch, NULL},
	{"more spaces than the CPU has numbers", more_spaces_than_numbers, NULL},
	{"a table that goes is forgotten wholly", a_table_goes_wholly, NULL},
	{"a page is marked as accessed again", a_mark_is_set_again, NULL},
	{"only what becomes executable is made visible to fetches", no_sync_but_for_code, NULL},
	{0},
};
