/*
 * kernel/mm/shm_nopage.c: THE handler, alone and with several tasks that touch the same pages (the
 * kernel's own scheduler runs them).
 */
#include <abi/errno.h>
#include <lib/check.h>
#include <mm/frame.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

#define PAGES 6
#define TASKS 8

static struct shm_object *object;

/* An address space that maps the object's first PAGES pages at *at. */
static struct space *
attached(vaddr_t *at)
{
	struct space *space = space_create();

	*at = space_find_gap(space, PAGES * PAGE_SIZE) + pick(50) * PAGE_SIZE;
	struct vm_area *area = space_new_area(space, *at, *at + PAGES * PAGE_SIZE);
	area->ops = &shared_anon_operations;
	area->object = object;
	area->flags = VM_SHARED;
	area->rights = area->max_rights = VM_READ | VM_WRITE;
	space_insert(area);
	return space;
}

static void
one_frame_for_all(void)
{
	vaddr_t a, b;
	int error;

	machine_start();
	object = shm_object_create(PAGES);
	struct space *one = attached(&a), *other = attached(&b);
	check_equal(object->present, 0);
	unsigned long frames_free = frame_free_count();
	unsigned char *byte = user_touch(one, a + 2 * PAGE_SIZE, VM_WRITE, &error);
	for (unsigned i = 0; i < PAGE_SIZE; i++)
		check_equal(byte[i], 0);
	*byte = 42;
	check_equal(frame_free_count(), frames_free - 1);
	check_equal(object->present, 1);
	check(user_touch(other, b + 2 * PAGE_SIZE, VM_READ, &error) == byte);
	check_equal(frame_free_count(), frames_free - 1);
	machine_check();
	space_put(one);
	space_put(other);
	check_equal(object->present, 1); /* data live on when nobody is attached */
	struct space *third = attached(&a);
	check_equal(*user_touch(third, a + 2 * PAGE_SIZE, VM_READ, &error), 42);
	space_put(third);
	shm_object_put(object);
	machine_end();
}

static void
beyond_the_end(void)
{
	vaddr_t at;
	int error;

	machine_start();
	object = shm_object_create(PAGES - 1);
	struct space *space = attached(&at);
	check(user_touch(space, at + (PAGES - 2) * PAGE_SIZE, VM_WRITE, &error));
	check(!user_touch(space, at + (PAGES - 1) * PAGE_SIZE, VM_WRITE, &error));
	check_equal(error, -ENXIO);
	space_put(space);
	shm_object_put(object);
	machine_end();
}

static void
no_memory(void)
{
	vaddr_t at;
	int error;

	machine_start();
	object = shm_object_create(PAGES);
	struct space *space = attached(&at);
	for (int budget = 0; budget < 2; budget++) { /* root, leaf */
		kmalloc_budget = budget;
		check(!user_touch(space, at, VM_WRITE, &error) && error == -ENOMEM);
	}
	kmalloc_budget = ~0ul;
	frame_set_floor(frame_free_count());
	check(!user_touch(space, at, VM_WRITE, &error) && error == -ENOMEM);
	shm_object_check(object);
	frame_set_floor(0);
	check(user_touch(space, at, VM_WRITE, &error));
	space_put(space);
	shm_object_put(object);
	machine_end();
}

/* --- races --- */

static unsigned char *seen[PAGES]; /* where each page lay for its first toucher */
static unsigned touches;

/*
 * Touches every page, each task in an order of its own, with its own space, or with one that goes
 * away meanwhile.
 */
static void
toucher(void *argument)
{
	bool leaves = argument;
	vaddr_t at;
	struct space *space = attached(&at);

	current->space = space;
	for (unsigned i = 0, page = pick(PAGES); i < PAGES; i++, page = (page + 1) % PAGES) {
		int error;
		unsigned char *byte = user_touch(space, at + page * PAGE_SIZE, VM_WRITE, &error);
		check(byte);
		if (!seen[page])
			seen[page] = byte;
		check(seen[page] == byte); /* all of them the same frame, for ever */
		touches++;
		++*byte;
		if (leaves && pick(3) == 0)
			break;
	}
	current->space = NULL;
	space_put(space);
}

static void
race(void)
{
	unsigned long frames_free, most = 0;

	sleepy = true;
	machine_start();
	for (int round = 0; round < 60; round++) {
		unsigned started = mock_tasks_ended + TASKS;
		object = shm_object_create(PAGES);
		memset(seen, 0, sizeof(seen));
		touches = 0;
		frames_free = frame_free_count();
		for (int i = 0; i < TASKS; i++)
			mock_task(toucher, i % 2 ? &round : NULL);
		run_tasks();
		check_equal(mock_tasks_ended, started); /* nobody sleeps for ever */
		check_equal(frame_free_count(), frames_free - object->present);
		check_equal(object->present, PAGES);
		check_equal(object->references, 1);
		shm_object_check(object);
		machine_check();
		unsigned sum = 0;
		for (int page = 0; page < PAGES; page++)
			sum += *seen[page];
		check_equal(sum, touches); /* no write is lost */
		if (touches > most)
			most = touches;
		shm_object_put(object);
	}
	check(most > TASKS * PAGES / 2);
	machine_end();
}

/* Touches pages that may be cut off, before or meanwhile. */
static void
bold_toucher(void *argument)
{
	vaddr_t at;
	struct space *space = attached(&at);

	(void)argument;
	current->space = space;
	for (unsigned i = 0; i < 2 * PAGES; i++) {
		int error;
		if (!user_touch(space, at + pick(PAGES) * PAGE_SIZE, VM_WRITE, &error))
			check_equal(error, -ENXIO);
	}
	current->space = NULL;
	space_put(space);
}

/* Cuts the object off, or lets it grow. */
static void
cutter(void *argument)
{
	(void)argument;
	for (unsigned i = 0; i < PAGES; i++) {
		unsigned npages = pick(PAGES + 1);
		space_unmap_object(object, npages);
		check_equal(shm_object_resize(object, npages), 0);
		wait_yield();
	}
}

static void
cut_off_meanwhile(void)
{
	sleepy = true;
	machine_start();
	for (int round = 0; round < 200; round++) {
		unsigned started = mock_tasks_ended + TASKS;
		object = shm_object_create(PAGES);
		for (int i = 0; i < TASKS; i++)
			mock_task(i % 4 ? bold_toucher : cutter, NULL);
		run_tasks();
		check_equal(mock_tasks_ended, started); /* nobody sleeps for ever */
		check_equal(object->references, 1);
		shm_object_check(object);
		machine_check();
		shm_object_put(object);
	}
	machine_end();
}

/*
 * While the first toucher sleeps in nopage, its area goes away, and with it the last attach and the
 * name.
 */
static struct space *common;
static vaddr_t common_at;
static int outcome;

static void
touch_common(void *argument)
{
	(void)argument;
	user_touch(common, common_at, VM_WRITE, &outcome);
}

static void
unmap_common(void *argument)
{
	(void)argument;
	check_equal(space_unmap(common, common_at, common_at + PAGES * PAGE_SIZE), 0);
	shm_object_put(object);
}

static void
area_gone_meanwhile(void)
{
	sleepy = true;
	machine_start();
	object = shm_object_create(PAGES);
	common = attached(&common_at);
	mock_task(touch_common, NULL);
	mock_task(unmap_common, NULL);
	run_tasks();
	check_equal(outcome, -EFAULT); /* it looked again and found no area */
	space_put(common);
	machine_end();
}

static void
killed_while_waiting(void)
{
	machine_start();
	object = shm_object_create(PAGES);
	common = attached(&common_at);
	*shm_object_make_entry(object, 0) = SHM_PAGE_BUSY;
	outcome = 1;
	struct task *task = mock_task(touch_common, NULL);
	run_tasks();
	check_equal(outcome, 1); /* it sleeps */
	check_equal(object->references, 3);
	task->signals.pending.set = 1;
	sched_wake(task, -EINTR);
	run_tasks();
	check(outcome == -EAGAIN || outcome == 0); /* it dies on its way back to user mode */
	check_equal(object->references, 2);
	*shm_object_entry(object, 0) = SHM_PAGE_NONE;
	space_put(common);
	shm_object_put(object);
	machine_end();
}

/* No frame after the sleep: who waited for the busy entry goes on, and finds none either. */
static void
no_frame_after_the_sleep(void)
{
	sleepy = true;
	machine_start();
	object = shm_object_create(PAGES);
	common = attached(&common_at);
	shm_object_make_entry(object, 0);
	unsigned ended = mock_tasks_ended;
	mock_task(touch_common, NULL);
	mock_task(touch_common, NULL);
	frame_set_floor(frame_free_count());
	mock_current->space = NULL;
	mmu_map_budget = 0;
	run_tasks();
	mmu_map_budget = ~0ul;
	check_equal(mock_tasks_ended, ended + 2);
	check_equal(outcome, -ENOMEM);
	frame_set_floor(0);
	shm_object_check(object);
	machine_check();
	space_put(common);
	shm_object_put(object);
	machine_end();
}

const struct test tests[] = {
	{"S17 S18 S23 the first toucher gets a zeroed frame, all others the same one",
		one_frame_for_all, NULL},
	{"beyond the object's end", beyond_the_end, NULL},
	{"S06 S20 no memory for root, leaf, frame: nothing is lost", no_memory, NULL},
	{"S19 tasks that race for first touches end with one frame a page", race, NULL},
	{"Q01 pages cut off while they are touched: SIGBUS, or they come again", cut_off_meanwhile,
		NULL},
	{"S19 the area goes while its toucher sleeps", area_gone_meanwhile, NULL},
	{"V13 a task that waits for a busy page can be killed", killed_while_waiting, NULL},
	{"S19 S20 no frame after the sleep: all waiters go on", no_frame_after_the_sleep, NULL},
	{0},
};
