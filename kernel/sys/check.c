/*
 * The laws (docs/design.md, "The laws"). Each room checks its own; here is the one that needs them
 * all: a frame's references are its mappings and the objects that hold it.
 */
#include <dev/console.h>
#include <ipc/msg.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include <sys/check.h>
#include <task/task.h>

/*
 * How often: after every call what is small; what is large (a space with a thousand attaches, all
 * memory) the more seldom the larger it is, so that a check costs a call no more than some ten
 * thousand instructions.
 */
#define AREAS_EVERY_CALL 256
#define IPC_EVERY_CALL 64
#define ALL_EVERY 64 /* system calls between two walks over all memory */

static uint32_t *mappings; /* of each frame from the first one on, counted anew each time */
static unsigned long calls;

static size_t
mappings_size(void)
{
	return (frame_count() - frame_first()) * sizeof(*mappings);
}

static uint32_t *
mappings_of(pfn_t pfn)
{
	return &mappings[pfn - frame_first()];
}

void
check_init(void)
{
	mappings = kzalloc(mappings_size());
	if (!mappings)
		panic("too little memory for check=1");
}

static void
count_space(struct space *space)
{
	struct mmu_entry entry;
	vaddr_t at = 0;

	for (; mmu_next(&space->mmu, &at, USER_END, &entry); at += PAGE_SIZE)
		++*mappings_of(entry.frame);
}

/* An object, or an image, holds one reference to each of its pages. */
static unsigned
held(const struct frame *frame)
{
	return frame->kind == FRAME_SHM || frame->kind == FRAME_IMAGE;
}

static void
check_references(void)
{
	memset(mappings, 0, mappings_size());
	list_for_each(link, &spaces)
		count_space(list_entry(link, struct space, all));
	for (pfn_t pfn = frame_first(); pfn < frame_count(); pfn++) {
		const struct frame *frame = &frames[pfn];
		unsigned mapped = *mappings_of(pfn);
		bool of_user = frame->kind == FRAME_ANON || held(frame);
		if (!of_user && mapped)
			panic("frame %lu of kind %u is mapped by a program", pfn, frame->kind);
		if (of_user && frame->references != mapped + held(frame))
			panic("frame %lu: %u references, but %u mappings and %u holders", pfn,
				frame->references, mapped, held(frame));
	}
}

static void
check_all(void)
{
	frame_check();
	list_for_each(link, &spaces)
		space_check(list_entry(link, struct space, all));
	check_references();
}

static bool
is_due(unsigned long size, unsigned long every_call)
{
	return calls % (1 + size / every_call) == 0;
}

void
check_laws(void)
{
	struct space *space = current->space;

	calls++;
	if (is_due(shm_ids.in_use, IPC_EVERY_CALL))
		shm_check();
	if (is_due(msg_ids.in_use + msg_total_count, IPC_EVERY_CALL))
		msg_check();
	if (is_due(sem_used, 2 * IPC_EVERY_CALL))
		sem_check();
	if (space && is_due(space->area_count + space->resident, AREAS_EVERY_CALL))
		space_check(space);
	if (calls % ALL_EVERY == 0)
		check_all();
}
