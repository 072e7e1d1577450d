/*
 * kernel/mm/fault.c, cow.c, anon.c: what programs find in their memory. Several address spaces,
 * forked from each other, touch, map, unmap and protect pages at random; the model is an array of
 * bytes, one a page.
 */
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

#define SPACES 5
#define PAGES 40
#define OBJECTS 2000

static unsigned char shared[OBJECTS][PAGES]; /* what each shared mapping's pages hold, by its number
						and page of it */
static unsigned objects;

static struct actor {
	struct space *space;
	struct page {
		bool mapped;
		unsigned rights;
		int object; /* of a shared page; -1: private */
		unsigned index;
		unsigned char byte; /* of a private page */
	} pages[PAGES];
} actors[SPACES];

static vaddr_t
address_of(unsigned page)
{
	return MAP_LOW + page * PAGE_SIZE;
}

static unsigned char *
byte_of(struct page *page)
{
	return page->object < 0 ? &page->byte : &shared[page->object][page->index];
}

static bool
allows(const struct page *page, unsigned access)
{
	return page->mapped && (access == VM_READ ? page->rights : page->rights & access);
}

static void
touch(struct actor *actor)
{
	unsigned number = pick(PAGES),
		 access = (const unsigned[]){VM_READ, VM_WRITE, VM_WRITE, VM_EXEC}[pick(4)];
	struct page *page = &actor->pages[number];
	int error = 0;
	unsigned char *byte =
		user_touch(actor->space, address_of(number) + pick(PAGE_SIZE), access, &error);

	if (!allows(page, access)) {
		check(!byte && error == -EFAULT);
		return;
	}
	check(byte);
	byte = (unsigned char *)((uintptr_t)byte &
				 ~PAGE_MASK); /* its first byte stands for the page */
	check_equal(*byte, *byte_of(page));
	if (access == VM_WRITE)
		*byte = *byte_of(page) = 1 + pick(255);
}

static void
map(struct actor *actor)
{
	unsigned first = pick(PAGES), count = 1 + pick(PAGES - first), rights = pick(8),
		 flags = pick(2) ? VM_SHARED : 0;
	vaddr_t at = address_of(first);
	int object = flags ? (int)objects++ : -1;

	check(objects < OBJECTS);
	check_equal(
		space_map_anonymous(actor->space, &at, count * PAGE_SIZE, rights, flags, true),
		0);
	for (unsigned i = 0; i < count; i++)
		actor->pages[first + i] = (struct page){true, rights, object, i, 0};
}

static void
unmap(struct actor *actor)
{
	unsigned first = pick(PAGES), count = 1 + pick(PAGES - first) / 4;

	check_equal(space_unmap(actor->space, address_of(first), address_of(first + count)), 0);
	for (unsigned i = 0; i < count; i++)
		actor->pages[first + i].mapped = false;
}

static void
protect(struct actor *actor)
{
	unsigned first = pick(PAGES), count = 1 + pick(PAGES - first) / 2, rights = pick(8);
	bool whole = true;

	for (unsigned i = 0; i < count; i++)
		whole &= actor->pages[first + i].mapped;
	int error =
		space_protect(actor->space, address_of(first), address_of(first + count), rights);
	check_equal(error, whole ? 0 : -ENOMEM);
	for (unsigned i = 0; i < count && whole; i++)
		actor->pages[first + i].rights = rights;
}

static void
fork(struct actor *parent)
{
	struct actor *child = &actors[pick(SPACES)];

	if (child == parent)
		return;
	if (child->space)
		space_put(child->space);
	*child = *parent;
	check_equal(space_fork(parent->space, &child->space), 0);
}

static void
random_processes(void)
{
	machine_start();
	actors[0].space = space_create();
	unsigned long copies = cow_copy_count();
	for (int i = 0; i < 25000; i++) {
		struct actor *actor = &actors[pick(SPACES)];
		if (!actor->space)
			continue;
		unsigned what = pick(100);
		if (what < 80)
			touch(actor);
		else if (what < 86)
			map(actor);
		else if (what < 91)
			unmap(actor);
		else if (what < 97)
			protect(actor);
		else
			fork(actor);
		space_check(actor->space);
		if (i % 50 == 0)
			machine_check();
	}
	check(cow_copy_count() - copies > 100);
	for (int i = 0; i < SPACES; i++)
		if (actors[i].space)
			space_put(actors[i].space);
	machine_end();
}

/* A parent and a child that share one page which the parent has written. */
static struct space *parent, *child;
static vaddr_t at;

static void
share_one_page(void)
{
	int error;

	machine_start();
	parent = space_create();
	at = 0;
	check_equal(space_map_anonymous(parent, &at, PAGE_SIZE, VM_READ | VM_WRITE, 0, false), 0);
	*user_touch(parent, at, VM_WRITE, &error) = 1;
	check_equal(space_fork(parent, &child), 0);
}

static void
copied_once_then_taken_over(void)
{
	int error;

	share_one_page();
	unsigned long copies = cow_copy_count(), frames_free = frame_free_count();
	unsigned char *parents = user_touch(parent, at, VM_READ, &error);
	check(user_touch(child, at, VM_READ, &error) ==
		parents); /* the same frame until somebody writes */
	*user_touch(child, at, VM_WRITE, &error) = 2;
	check_equal(cow_copy_count(), copies + 1);
	check_equal(frame_free_count(), frames_free - 1);
	check(user_touch(parent, at, VM_WRITE, &error) ==
		parents); /* one owner is left: taken over */
	check_equal(cow_copy_count(), copies + 1);
	check_equal(*parents, 1);
	space_put(parent);
	space_put(child);
	machine_end();
}

static void
taken_over_after_exit(void)
{
	int error;

	share_one_page();
	unsigned long copies = cow_copy_count();
	unsigned char *byte = user_touch(child, at, VM_READ, &error);
	space_put(parent);
	check(user_touch(child, at, VM_WRITE, &error) == byte);
	check_equal(cow_copy_count(), copies);
	space_put(child);
	machine_end();
}

/* Without a frame the writer is told so, and still reads what it read; with one it goes on. */
static void
no_frame_for_a_copy(void)
{
	int error;

	share_one_page();
	frame_set_floor(frame_free_count());
	check(!user_touch(child, at, VM_WRITE, &error) && error == -ENOMEM);
	check_equal(*user_touch(child, at, VM_READ, &error), 1);
	machine_check();
	frame_set_floor(0);
	check(user_touch(child, at, VM_WRITE, &error));
	space_put(parent);
	space_put(child);
	machine_end();
}

static void
no_frame_for_a_touch(void)
{
	int error;

	machine_start();
	struct space *space = space_create();
	at = 0;
	check_equal(
		space_map_anonymous(space, &at, 2 * PAGE_SIZE, VM_READ | VM_WRITE, 0, false), 0);
	frame_set_floor(frame_free_count());
	check(!user_touch(space, at, VM_WRITE, &error) && error == -ENOMEM);
	frame_set_floor(0);
	mmu_map_budget = 0; /* no table */
	check(!user_touch(space, at, VM_WRITE, &error) && error == -ENOMEM);
	mmu_map_budget = ~0ul;
	machine_check(); /* the frame is back */
	check_equal(space->resident, 0);
	check_equal(*user_touch(space, at, VM_READ, &error), 0);
	space_put(space);
	machine_end();
}

static void
addresses_outside(void)
{
	static const vaddr_t wrong[] = {
		0, 1, USER_START, MAP_LOW - 1, USER_END - 1, USER_END, ~0ul};
	int error;

	machine_start();
	struct space *space = space_create();
	for (unsigned i = 0; i < ARRAY_SIZE(wrong); i++) {
		check(!user_touch(space, wrong[i], VM_READ, &error));
		check_equal(error, -EFAULT);
		vm_explain(space, wrong[i]);
	}
	space_put(space);
	machine_end();
}

const struct test tests[] = {
	{"V01 V02 V04 processes at random, against an array of bytes", random_processes, NULL},
	{"V02 the first writer copies, the last owner takes over", copied_once_then_taken_over,
		NULL},
	{"V02 a page whose other owner has gone is taken over", taken_over_after_exit, NULL},
	{"S20 V02 no frame for a copy: nothing changes", no_frame_for_a_copy, NULL},
	{"S20 V01 no frame, no table: nothing changes, nothing is lost", no_frame_for_a_touch,
		NULL},
	{"addresses that are nobody's are refused", addresses_outside, NULL},
	{0},
};
