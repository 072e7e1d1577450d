/*
 * kernel/ipc/shm*.c: segments. Processes create, attach, detach, unmap parts, fork, exit and remove
 * at random; the model knows for each page of each process which attach it belongs to.
 */
#include <abi/errno.h>
#include <abi/ipc.h>
#include <ipc/shm.h>
#include <lib/text.h>
#include <machine/abi.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

#define ACTORS 4
#define SEGMENTS 24
#define PAGES 48 /* of each actor, where attaches may be */
#define SEGMENT_PAGES 6

static struct segment { /* the model; in use: id >= 0 */
	int id, key;
	unsigned pages;
	bool marked;
	unsigned char bytes[SEGMENT_PAGES]; /* the first byte of each page */
	int cpid, lpid;
} segments[SEGMENTS];

static struct actor {
	struct process process;
	struct task task;
	struct page {
		struct segment *segment; /* NULL: nothing here */
		vaddr_t base;            /* where the attach began */
		unsigned piece;          /* equal for pages of one area */
		bool writable;
	} pages[PAGES];
} actors[ACTORS];

static unsigned last_piece;

static vaddr_t
address_of(unsigned page)
{
	return MAP_LOW + page * PAGE_SIZE;
}

/* Areas that stand for the segment, in all actors. */
static unsigned long
attaches_of(const struct segment *segment)
{
	unsigned long count = 0;

	for (int i = 0; i < ACTORS; i++) {
		unsigned piece = 0;
		for (int n = 0; n < PAGES; n++) {
			const struct page *page = &actors[i].pages[n];
			count += page->segment == segment && page->piece != piece;
			piece = page->segment ? page->piece : 0;
		}
	}
	return count;
}

static void
check_segment(struct segment *segment)
{
	struct shmid64_ds now;
	unsigned long attaches = attaches_of(segment);

	if (segment->id < 0)
		return;
	if (segment->marked && !attaches) { /* the last one went: destroyed */
		check_equal(shm_control(segment->id, IPC_STAT, &now, false), -EINVAL);
		segment->id = -1;
		return;
	}
	check_equal(shm_control(segment->id, IPC_STAT, &now, false), 0);
	check_equal(now.shm_nattch, attaches);
	check_equal(now.shm_perm.key, segment->marked ? 0 : segment->key);
	check_equal(now.shm_perm.mode & SHM_DEST, segment->marked ? SHM_DEST : 0);
	check_equal(now.shm_cpid, segment->cpid);
	check_equal(now.shm_lpid, segment->lpid);
	check_equal(now.shm_segsz, segment->pages * PAGE_SIZE);
}

/* The process detached from, or attached to, all segments of these pages. */
static void
used_by(struct page *pages, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (pages[i].segment)
			pages[i].segment->lpid = current->process->pid;
}

/*
 * The pages [first, first + count) go. What is left of an area on both sides are two, and the upper
 * one is a new attach.
 */
static void
model_unmap(struct actor *actor, unsigned first, unsigned count)
{
	struct page *pages = actor->pages, *end = &pages[first + count];

	if (first > 0 && first + count < PAGES && pages[first - 1].segment && end->segment &&
		pages[first - 1].piece == end->piece && end[-1].piece == end->piece) {
		unsigned piece = end->piece;
		used_by(end, 1);
		for (last_piece++; end < &pages[PAGES] && end->segment && end->piece == piece;
			end++)
			end->piece = last_piece;
	}
	memset(&pages[first], 0, count * sizeof(*pages));
}

static void
create(void)
{
	struct segment *segment = &segments[pick(SEGMENTS)];
	int key = pick(2) ? 1 + (int)pick(10) : IPC_PRIVATE;
	unsigned pages = 1 + pick(SEGMENT_PAGES),
		 flags = pick(2) ? IPC_CREAT | 0600 : IPC_CREAT | IPC_EXCL | 0600;
	struct segment *found = NULL;

	for (int i = 0; i < SEGMENTS; i++)
		if (key && segments[i].id >= 0 && !segments[i].marked && segments[i].key == key)
			found = &segments[i];
	if (!found && segment->id >= 0)
		return;
	long id = shm_get(key, pages * PAGE_SIZE - pick(PAGE_SIZE), flags);
	if (found) {
		check_equal(id, flags & IPC_EXCL       ? -EEXIST
				: pages > found->pages ? -EINVAL
						       : found->id);
		return;
	}
	check(id >= 0);
	shm_find(id)->shm_segsz = pages * PAGE_SIZE;
	*segment = (struct segment){.id = id, .key = key, .pages = pages,
		.cpid = current->process->pid};
}

static void
attach(struct actor *actor)
{
	struct segment *segment = &segments[pick(SEGMENTS)];
	unsigned first = pick(PAGES - SEGMENT_PAGES), flags = 0;
	bool is_free = true;
	vaddr_t at = 0;

	first -= first % (SHMLBA / PAGE_SIZE);
	if (segment->id < 0)
		return;
	flags |= pick(4) ? 0 : SHM_RDONLY;
	for (unsigned i = 0; i < segment->pages; i++)
		is_free &= !actor->pages[first + i].segment;
	if (!is_free) {
		check_equal(shm_attach(segment->id, address_of(first), flags, &at), -EINVAL);
		return;
	}
	check_equal(
		shm_attach(segment->id, address_of(first) + pick(SHMLBA), flags | SHM_RND, &at), 0);
	check_equal(at, address_of(first));
	last_piece++;
	for (unsigned i = 0; i < segment->pages; i++)
		actor->pages[first + i] =
			(struct page){segment, at, last_piece, !(flags & SHM_RDONLY)};
	segment->lpid = current->process->pid;
}

static void
detach(struct actor *actor)
{
	unsigned first = pick(PAGES);
	vaddr_t base = address_of(first);
	struct segment *segment = NULL;

	for (unsigned i = first; i < PAGES; i++) {
		struct page *page = &actor->pages[i];
		if (!page->segment || page->base != base || (segment && page->segment != segment))
			continue;
		segment = page->segment;
		memset(page, 0, sizeof(*page));
	}
	check_equal(shm_detach(base), segment ? 0 : -EINVAL);
	if (segment)
		segment->lpid = current->process->pid;
}

static void
unmap_part(struct actor *actor)
{
	unsigned first = pick(PAGES), count = 1 + pick(PAGES - first) / 6;

	/* what is cut opens, and what goes closes: all are used */
	used_by(&actor->pages[first], count);
	check_equal(
		space_unmap(actor->task.space, address_of(first), address_of(first + count)), 0);
	model_unmap(actor, first, count);
}

static void
touch(struct actor *actor)
{
	unsigned number = pick(PAGES), access = pick(2) ? VM_READ : VM_WRITE;
	struct page *page = &actor->pages[number];
	int error;
	unsigned char *byte = user_touch(actor->task.space, address_of(number), access, &error);

	if (!page->segment || (access == VM_WRITE && !page->writable)) {
		check(!byte && error == -EFAULT);
		return;
	}
	unsigned char *model = &page->segment->bytes[(address_of(number) - page->base) / PAGE_SIZE];
	check(byte);
	check_equal(*byte, *model);
	if (access == VM_WRITE)
		*byte = *model = 1 + pick(255);
}

static void
fork_or_exit(struct actor *parent)
{
	struct actor *child = &actors[pick(ACTORS)];

	if (child == parent || pick(2)) { /* exit, and begin anew */
		used_by(parent->pages, PAGES);
		space_put(parent->task.space);
		memset(parent->pages, 0, sizeof(parent->pages));
		check((parent->task.space = space_create()));
		return;
	}
	used_by(child->pages, PAGES);
	used_by(parent->pages, PAGES);
	space_put(child->task.space);
	memcpy(child->pages, parent->pages, sizeof(child->pages));
	check_equal(space_fork(parent->task.space, &child->task.space), 0);
}

static void
remove_one(void)
{
	struct segment *segment = &segments[pick(SEGMENTS)];

	if (segment->id < 0)
		return;
	check_equal(ipc_remove(&shm_ids, segment->id), 0);
	segment->marked = true;
}

static void
one_operation(struct actor *actor)
{
	switch (pick(10)) {
	case 0:
		create();
		break;
	case 1:
		attach(actor);
		break;
	case 2:
		detach(actor);
		break;
	case 3:
		unmap_part(actor);
		break;
	case 4:
		if (pick(3) == 0)
			remove_one();
		break;
	case 5:
		if (pick(6) == 0)
			fork_or_exit(actor);
		break;
	default:
		touch(actor);
	}
}

static void
random_processes(void)
{
	machine_start();
	for (int i = 0; i < SEGMENTS; i++)
		segments[i].id = -1;
	for (int i = 0; i < ACTORS; i++) {
		actors[i].process.pid = 100 + i;
		actors[i].task.process = &actors[i].process;
		actors[i].task.space = space_create();
	}
	for (int i = 0; i < 30000; i++) {
		struct actor *actor = &actors[pick(ACTORS)];
		mock_current = &actor->task;
		one_operation(actor);
		space_check(actor->task.space);
		for (int n = 0; n < SEGMENTS; n++)
			check_segment(&segments[n]);
		if (i % 20 == 0) {
			shm_check();
			machine_check();
		}
	}
	for (int i = 0; i < ACTORS; i++)
		space_put(actors[i].task.space);
	for (int i = 0; i < SEGMENTS; i++)
		if (shm_find(segments[i].id))
			check_equal(ipc_remove(&shm_ids, segments[i].id), 0);
	check_equal(shm_ids.in_use, 0);
	check_equal(shm_tot, 0);
	machine_end();
}

/* --- single points --- */

static void
start(void)
{
	machine_start();
	boot_task.space = space_create();
	mock_clock_ns = 1000 * 1000000000ull;
}

static void
end(void)
{
	space_put(boot_task.space);
	check_equal(shm_ids.in_use, 0);
	machine_end();
}

static struct shmid64_ds
state(long id)
{
	struct shmid64_ds now;

	memset(&now, 0xff, sizeof(now));
	check_equal(shm_control(id, IPC_STAT, &now, false), 0);
	return now;
}

static void
fresh(void)
{
	start();
	boot_process.cred = (struct credentials){.euid = 7, .egid = 8, .uid = 9, .gid = 10};
	long id = shm_get(1234, 5000, IPC_CREAT | 0640);
	struct shmid64_ds now = state(id);
	check(now.shm_perm.key == 1234 && now.shm_perm.uid == 7 && now.shm_perm.cuid == 7);
	check(now.shm_perm.gid == 8 && now.shm_perm.cgid == 8 && now.shm_perm.mode == 0640);
	check(now.shm_segsz == 5000 && now.shm_cpid == 1 && now.shm_lpid == 0 &&
		now.shm_nattch == 0);
	check(now.shm_atime == 0 && now.shm_dtime == 0 && now.shm_ctime == 1000);
	check(!now.shm_atime_high && !now.shm_dtime_high && !now.shm_ctime_high && !now.unused[0] &&
		!now.unused[1]);
	check(!now.shm_perm.pad1 && !now.shm_perm.pad2 && !now.shm_perm.unused[0] &&
		!now.shm_perm.unused[1]);
	check_equal(shm_tot, 2);
	check_equal(ipc_remove(&shm_ids, id), 0);
	end();
}

static void
limits(void)
{
	start();
	check_equal(shm_get(IPC_PRIVATE, 0, 0600), -EINVAL);
	shm_max = 3 * PAGE_SIZE;
	shm_all = 5;
	check_equal(shm_get(IPC_PRIVATE, shm_max + 1, 0600), -EINVAL);
	long a = shm_get(IPC_PRIVATE, shm_max, 0600);
	check_equal(shm_get(IPC_PRIVATE, 2 * PAGE_SIZE + 1, 0600), -ENOSPC);
	long b = shm_get(IPC_PRIVATE, 2 * PAGE_SIZE, 0600);
	check_equal(shm_get(IPC_PRIVATE, 1, 0600), -ENOSPC);
	check(a >= 0 && b >= 0);
	check_equal(ipc_remove(&shm_ids, a), 0);
	check_equal(ipc_remove(&shm_ids, b), 0);
	shm_max = shm_all = ~0ul - (1ul << 24);
	check_equal(shm_get(IPC_PRIVATE, (frame_total() + 1) * PAGE_SIZE, 0600), -ENOMEM);
	check_equal(shm_get(IPC_PRIVATE, 1, SHM_HUGETLB | 0600), -EINVAL);
	a = shm_get(IPC_PRIVATE, shm_max, SHM_NORESERVE | 0600);
	check(a >= 0);
	check_equal(ipc_remove(&shm_ids, a), 0);
	end();
}

static void
all_slots(void)
{
	static long id[SHMMNI];

	start();
	for (int i = 0; i < SHMMNI; i++)
		check((id[i] = shm_get(i + 1, 1, IPC_CREAT | 0600)) >= 0);
	check_equal(shm_get(IPC_PRIVATE, 1, 0600), -ENOSPC);
	check_equal(shm_ids.in_use, SHMMNI);
	shm_check();
	for (int i = 0; i < SHMMNI; i++) {
		check_equal(shm_get(i + 1, 0, 0), id[i]);
		check_equal(ipc_remove(&shm_ids, id[i]), 0);
		check(!shm_find(id[i]));
	}
	end();
}

static void
no_memory(void)
{
	vaddr_t at;

	start();
	for (int budget = 0; budget < 2; budget++) { /* the segment, its object */
		kmalloc_budget = budget;
		check_equal(shm_get(5, 1, IPC_CREAT | 0600), -ENOMEM);
		check_equal(shm_tot, 0);
		shm_check();
	}
	kmalloc_budget = ~0ul;
	long id = shm_get(5, 3 * SHMLBA, IPC_CREAT | 0600);
	kmalloc_budget = 0;
	check_equal(shm_attach(id, 0, 0, &at), -ENOMEM);
	kmalloc_budget = ~0ul;
	check_equal(state(id).shm_nattch, 0);
	check_equal(shm_attach(id, 0, 0, &at), 0);
	long other = shm_get(6, 1, IPC_CREAT | 0600);
	/* To replace its middle the area must be split: one for that, one for the new. */
	kmalloc_budget = 1;
	vaddr_t middle;
	check_equal(shm_attach(other, at + SHMLBA, SHM_REMAP, &middle), -ENOMEM);
	kmalloc_budget = ~0ul;
	check_equal(state(id).shm_nattch, 1);
	check_equal(shm_attach(other, at + SHMLBA, SHM_REMAP, &middle), 0);
	check_equal(state(id).shm_nattch, 2);
	check_equal(shm_detach(at), 0);
	check_equal(shm_detach(middle), 0);
	check_equal(ipc_remove(&shm_ids, id), 0);
	check_equal(ipc_remove(&shm_ids, other), 0);
	end();
}

/* A marked segment is replaced in place by itself: it is its own last attach. */
static void
remap_onto_itself(void)
{
	vaddr_t at;

	start();
	long id = shm_get(IPC_PRIVATE, 2 * PAGE_SIZE, 0600);
	check_equal(shm_attach(id, 0, 0, &at), 0);
	check_equal(ipc_remove(&shm_ids, id), 0);
	check_equal(shm_attach(id, at, SHM_REMAP, &at), 0);
	check_equal(state(id).shm_nattch, 1);
	check_equal(shm_detach(at), 0);
	check(!shm_find(id));
	end();
}

static void
places(void)
{
	vaddr_t at = 0;

	start();
	long id = shm_get(IPC_PRIVATE, 2 * SHMLBA, 0600);
	check_equal(shm_attach(id + 1, 3, 0, &at), -EINVAL);
	check_equal(shm_attach(id, MAP_LOW + 1, 0, &at), -EINVAL);
	check_equal(shm_attach(id, 0, SHM_REMAP, &at), -EINVAL);
	check_equal(shm_attach(id, 5, SHM_RND | SHM_REMAP, &at), -EINVAL);
	check_equal(shm_attach(id, USER_END - SHMLBA, 0, &at), -ENOMEM);
	check_equal(shm_attach(id, -(vaddr_t)SHMLBA, 0, &at), -EINVAL);
	check_equal(shm_attach(id, USER_END, 0, &at), -ENOMEM);
	check_equal(at, 0);
	check_equal(shm_attach(id, USER_END - 2 * SHMLBA, 0, &at), 0);
	check_equal(shm_detach(at + PAGE_SIZE), -EINVAL);
	check_equal(shm_detach(at + 1), -EINVAL);
	check_equal(shm_detach(at), 0);
	check_equal(shm_detach(at), -EINVAL);
	shm_seg = 1;
	check_equal(shm_attach(id, 0, 0, &at), 0);
	check_equal(shm_attach(id, 0, 0, &at), -EMFILE);
	check_equal(shm_detach(at), 0);
	shm_seg = 0;
	check_equal(ipc_remove(&shm_ids, id), 0);
	end();
}

static void
commands(void)
{
	struct shmid64_ds set = {0};
	struct shm_info info;
	struct shmid_ds_old old;
	vaddr_t at;
	int error;

	start();
	check_equal(shm_control(0, IPC_STAT, &set, false), -EINVAL);
	check_equal(shm_control(-1, IPC_STAT, &set, false), -EINVAL);
	check_equal(shm_control(0, 99, &set, false), -EINVAL);
	long first = shm_get(IPC_PRIVATE, 1, 0600),
	     id = shm_get(77, 5 * PAGE_SIZE, IPC_CREAT | 0600);
	check_equal(shm_control(id, IPC_STAT, BAD_USER, false), -EFAULT);
	check_equal(shm_control(id, IPC_SET, BAD_USER, false), -EFAULT);
	check_equal(shm_control(ipc_slot(id), SHM_STAT, &set, false), id);
	check_equal(shm_control(ipc_slot(id) + 1, SHM_STAT, &set, false), -EINVAL);
	mock_clock_ns += 5 * 1000000000ull;
	set.shm_perm.uid = 5;
	set.shm_perm.gid = 6;
	set.shm_perm.mode = 07123;
	check_equal(shm_control(id, IPC_SET, &set, false), 0);
	check(state(id).shm_perm.uid == 5 && state(id).shm_perm.gid == 6 &&
		state(id).shm_perm.mode == 0123);
	check_equal(state(id).shm_ctime, 1005);
	check_equal(shm_control(id, SHM_LOCK, NULL, false), 0);
	check_equal(state(id).shm_perm.mode, 02123);
	check_equal(shm_control(id, SHM_UNLOCK, NULL, false), 0);
	boot_process.cred.euid = 8;
	check_equal(shm_control(id, IPC_STAT, BAD_USER, false), -EACCES);
	check_equal(shm_control(id, IPC_SET, &set, false), -EPERM);
	check_equal(shm_control(id, SHM_LOCK, NULL, false), -EPERM);
	check_equal(ipc_remove(&shm_ids, id), -EPERM);
	check_equal(shm_get(77, 1, 0400), -EACCES);
	check_equal(shm_get(77, 6 * PAGE_SIZE, 0400), -EINVAL);
	check_equal(shm_control(ipc_slot(id), SHM_STAT, &set, false), -EACCES);
	check_equal(shm_control(ipc_slot(id), SHM_STAT_ANY, &set, false), id);
	boot_process.cred.euid = 0;
	check_equal(shm_attach(id, 0, 0, &at), 0);
	check(user_touch(boot_task.space, at, VM_WRITE, &error) &&
		user_touch(boot_task.space, at + 4 * PAGE_SIZE, VM_READ, &error));
	check_equal(shm_control(0, SHM_INFO, &info, false), ipc_slot(id));
	check(info.used_ids == 2 && info.shm_tot == 6 && info.shm_rss == 2 && info.shm_swp == 0);
	memset(&old, 0xff, sizeof(old));
	check_equal(shm_control(id, IPC_STAT, &old, true), 0);
	check(old.shm_segsz == 5 * PAGE_SIZE && old.shm_nattch == 1 && old.shm_perm.key == 77);

	struct text text = {.buffer = malloc(4000), .size = 4000};
	ipc_proc_text(&shm_ids, &text);
	check(text.length < text.size);
	text.buffer[text.length] = '\0';
	char line[40];
	sprintf(line, "\n%10d %10ld  %4o", 77, id, 0123);
	check(strstr(text.buffer, line));
	free(text.buffer);
	check_equal(shm_control(id, IPC_RMID, NULL, false), 0);
	check_equal(shm_control(id, IPC_RMID, NULL, false), 0); /* marked already */
	check_equal(shm_get(77, 1, 0), -ENOENT);
	check_equal(shm_control(id, IPC_SET, &set, false), 0); /* does not take the mark away */
	check_equal(state(id).shm_perm.mode, SHM_DEST | 0123);
	check_equal(shm_detach(at), 0);
	check_equal(shm_control(id, IPC_RMID, NULL, false), -EINVAL);
	check_equal(ipc_remove(&shm_ids, first), 0);
	end();
}

static void
check_sees_slots(void)
{
	start();
	shm_get(IPC_PRIVATE, 1, 0600);
	bitmap_clear(shm_ids.slots.used, 0);
	shm_check();
}

static void
check_sees_keys(void)
{
	start();
	shm_get(IPC_PRIVATE, 1, 0600);
	shm_segs[0]->shm_perm.key = 5;
	shm_check();
}

const struct test tests[] = {
	{"S21 S22 S23 S24 S25 processes at random, against an array of pages", random_processes,
		NULL},
	{"S02 S09 a new segment, every field", fresh, NULL},
	{"S04 S06 S10 limits, exact at the edge", limits, NULL},
	{"S01 S04 S06 SHMMNI segments, found by key and by id", all_slots, NULL},
	{"S06 S16 no memory at any step: nothing has changed", no_memory, NULL},
	{"S12 S24 a marked segment replaces its own last attach", remap_onto_itself, NULL},
	{"S12 S13 S16 S22 places that are refused, and in which order", places, NULL},
	{"S24 S26 S28 S29 S31 shmctl's commands", commands, NULL},
	{"the check sees a wrong slot", check_sees_slots, "its bit do not agree"},
	{"the check sees a key that is not found", check_sees_keys, "is not found by its key"},
	{0},
};
