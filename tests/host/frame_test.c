/* kernel/mm/frame.c: random runs against a map of who has which frame. */
#include <mm/frame.h>
#include "mock.h"
#include "test.h"

#define RUNS 200

static struct run {
	pfn_t start;
	unsigned order;
} held[RUNS];
static bool taken[MACHINE_FRAMES]; /* the model */

static void
mark(struct run run, bool is_taken)
{
	check(run.start % (1ul << run.order) == 0);
	for (pfn_t pfn = run.start; pfn < run.start + (1ul << run.order); pfn++) {
		check(pfn > 0 && pfn < frame_count() && taken[pfn] != is_taken);
		taken[pfn] = is_taken;
		check_equal(frames[pfn].references, 1);
		if (is_taken) /* all of it may be written */
			memset(arch_frame_address(pfn), 1, PAGE_SIZE);
	}
}

static void
random_runs(void)
{
	unsigned long out = 0, failures = 0;

	machine_start();
	unsigned long free_frames = frame_free_count();
	for (int i = 0; i < 30000; i++) {
		struct run *run = &held[pick(RUNS)];
		if (run->start) {
			mark(*run, false);
			if (run->order || pick(2))
				frame_free_run(run->start, run->order);
			else
				frame_put(run->start);
			out -= 1ul << run->order;
			run->start = PFN_NONE;
		} else {
			run->order = pick(4) ? 0 : pick(9);
			run->start = run->order || pick(2)
					     ? frame_alloc_run(run->order, FRAME_KERNEL)
					     : frame_alloc(FRAME_ANON, NULL, 0);
			failures += !run->start;
			if (run->start) {
				mark(*run, true);
				out += 1ul << run->order;
			}
		}
		check_equal(frame_free_count(), free_frames - out);
		if (i % 64 == 0)
			frame_check();
	}
	check(failures > 0); /* memory was short at times */
	for (int i = 0; i < RUNS; i++)
		if (held[i].start)
			frame_free_run(held[i].start, held[i].order);
	machine_end();
	check(frame_alloc_run(FRAME_MAX_ORDER - 1, FRAME_KERNEL)); /* all joined again */
}

static void
floor_is_kept(void)
{
	machine_start();
	unsigned long left = frame_free_count();
	frame_set_floor(left - 3);
	pfn_t a = frame_alloc(FRAME_ANON, NULL, 0), b = frame_alloc_run(1, FRAME_KERNEL);
	check(a && b);
	check(!frame_alloc(FRAME_ANON, NULL, 0) && !frame_alloc_run(0, FRAME_KERNEL));
	frame_put(a);
	check(!frame_alloc_run(1, FRAME_KERNEL));
	check((a = frame_alloc(FRAME_ANON, NULL, 0)));
	frame_put(a);
	frame_free_run(b, 1);
	machine_end();
}

static void
references(void)
{
	machine_start();
	pfn_t pfn = frame_alloc(FRAME_SHM, &held, 7);
	check(frames[pfn].owner == &held && frames[pfn].index == 7 &&
		frames[pfn].kind == FRAME_SHM);
	frame_get(pfn);
	frame_put(pfn);
	check_equal(frames[pfn].references, 1);
	frame_put(pfn);
	check_equal(frames[pfn].kind, FRAME_FREE);
	machine_end();
}

/*
 * RAM in two ranges with a hole; a kernel, an archive in the first: none of it is handed out, all
 * the rest is.
 */
static void
memory_map(void)
{
	struct memory_range no[] = {
		{0, 0x1000}, {0x100000, 0x180800}, {0x200100, 0x280000}, {0x300000, 0x400000}};

	mock_ram(2000);
	mock_boot.ram[0] = (struct memory_range){0x800, 0x300000};
	mock_boot.ram[1] = (struct memory_range){0x400000, 2000 * PAGE_SIZE};
	mock_boot.ram_ranges = 2;
	mock_boot.kernel_start = no[1].start;
	mock_boot.kernel_end = no[1].end;
	mock_boot.archive_start = no[2].start;
	mock_boot.archive_end = no[2].end;
	frame_init();
	frame_check();
	unsigned long count = 0;
	pfn_t table = arch_frame_of(frames);
	size_t size = frame_count() * sizeof(*frames);
	check_equal(frame_total(), frame_free_count());
	for (pfn_t pfn; (pfn = frame_alloc(FRAME_ANON, NULL, 0)); count++) {
		paddr_t start = pfn * PAGE_SIZE, end = start + PAGE_SIZE;
		for (unsigned i = 0; i < ARRAY_SIZE(no); i++)
			check(end <= no[i].start || start >= no[i].end);
		check(end <= table * PAGE_SIZE || start >= table * PAGE_SIZE + size);
	}
	check_equal(count, frame_total());
	unsigned long reserved = 1 + 0x81 + 0x80 + 0x100 + (size + PAGE_SIZE - 1) / PAGE_SIZE;
	check_equal(count, 2000 - reserved);
}

/* The table must step over what lies at the start of RAM. */
static void
table_finds_room(void)
{
	mock_ram(2000);
	mock_boot.ram[0] = (struct memory_range){0, 2000 * PAGE_SIZE};
	mock_boot.ram_ranges = 1;
	mock_boot.kernel_start = 0x2000;
	mock_boot.kernel_end = 0x10800;
	mock_boot.archive_start = 0x11000;
	mock_boot.archive_end = 0x12000;
	frame_init();
	check_equal(arch_frame_of(frames), 0x12);
}

static void
no_memory(void)
{
	frame_init();
}

static void
little_memory(void)
{
	mock_ram(512);
	mock_boot.ram[0] = (struct memory_range){0, 512 * PAGE_SIZE};
	mock_boot.ram_ranges = 1;
	frame_init();
}

static void
no_room_for_table(void)
{
	mock_ram(600);
	mock_boot.ram[0] = (struct memory_range){0, 600 * PAGE_SIZE};
	mock_boot.ram_ranges = 1;
	mock_boot.kernel_end = 600 * PAGE_SIZE;
	frame_init();
}

static void
archive_over_kernel(void)
{
	mock_ram(2048);
	mock_boot.ram[0] = (struct memory_range){0, 2048 * PAGE_SIZE};
	mock_boot.ram_ranges = 1;
	mock_boot.kernel_start = 256 * PAGE_SIZE;
	mock_boot.kernel_end = 300 * PAGE_SIZE;
	mock_boot.archive_start = 299 * PAGE_SIZE;
	mock_boot.archive_end = 400 * PAGE_SIZE;
	frame_init();
}

static void
freed_twice(void)
{
	machine_start();
	pfn_t pfn = frame_alloc(FRAME_ANON, NULL, 0);
	frame_put(pfn);
	frames[pfn].references = 1;
	frame_put(pfn);
}

static void
run_still_shared(void)
{
	machine_start();
	pfn_t pfn = frame_alloc_run(2, FRAME_KERNEL);
	frame_get(pfn + 3);
	frame_free_run(pfn, 2);
}

const struct test tests[] = {
	{"random runs: aligned, disjoint, counted, joined again", random_runs, NULL},
	{"S20 the floor is kept, by runs too", floor_is_kept, NULL},
	{"a frame is free when its last reference is gone", references, NULL},
	{"of a memory map with holes each free frame is handed out once", memory_map, NULL},
	{"the frame table stands beside kernel and archive", table_finds_room, NULL},
	{"no memory at all is said", no_memory, "the machine reports none"},
	{"too little memory is said", little_memory, "too little memory: "},
	{"no room for the table is said", no_room_for_table, "no room for a frame table"},
	{"an archive that overlaps the kernel is said", archive_over_kernel, "overlaps the kernel"},
	{"freeing a free frame panics", freed_twice, "assertion failed"},
	{"freeing a run that somebody still holds panics", run_still_shared, "assertion failed"},
	{0},
};
