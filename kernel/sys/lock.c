/*
 * System calls: locking memory. Nothing is ever swapped, so what a lock does is to bring the pages
 * in at once, and to count against RLIMIT_MEMLOCK.
 */
#include <abi/errno.h>
#include <abi/mman.h>
#include <mm/vm.h>
#include <sys/lock.h>
#include <sys/syscall.h>
#include <task/task.h>

#define YIELD_EVERY 64 /* pages brought in between two chances for others */

/* Pages of locked areas within [start, end). */
static unsigned long
locked_within(const struct space *space, vaddr_t start, vaddr_t end)
{
	unsigned long pages = 0;

	list_for_each(link, &space->areas) {
		const struct vm_area *area = list_entry(link, struct vm_area, link);
		vaddr_t from = area->start > start ? area->start : start;
		vaddr_t to = area->end < end ? area->end : end;
		if (area->flags & VM_LOCKED && from < to)
			pages += (to - from) / PAGE_SIZE;
	}
	return pages;
}

/* 0; -EPERM: may not lock at all; -ENOMEM: not so many pages. Root may. */
static int
check_limit(unsigned long pages)
{
	uint64_t limit = current->process->limits[RLIMIT_MEMLOCK].rlim_cur;

	if (!current->process->cred.euid)
		return 0;
	if (!limit)
		return -EPERM;
	return pages > limit / PAGE_SIZE ? -ENOMEM : 0;
}

static void
mark(struct space *space, vaddr_t start, vaddr_t end, bool locked)
{
	list_for_each(link, &space->areas) {
		struct vm_area *area = list_entry(link, struct vm_area, link);
		if (area->start < start || area->end > end)
			continue;
		area->flags &= ~VM_LOCKED;
		area->flags |= locked ? VM_LOCKED : 0;
	}
}

/* How the page must be touched so that it stays as it is afterwards; 0: it is there already. */
static unsigned
touch_needed(struct space *space, const struct vm_area *area, vaddr_t at)
{
	struct mmu_entry entry;
	bool copies = area->rights & VM_WRITE && !(area->flags & VM_SHARED);

	if (!mmu_query(&space->mmu, at, &entry))
		return copies ? VM_WRITE : VM_READ;
	return copies && !(entry.rights & VM_WRITE) ? VM_WRITE | VM_PRESENT : 0;
}

/* 0, or why not all pages are there: in mlock's words. May sleep, and lets others run. */
static int
bring_in(struct space *space, vaddr_t start, vaddr_t end)
{
	unsigned long count = 0;

	for (vaddr_t at = start; at < end; at += PAGE_SIZE) {
		const struct vm_area *area = space_find(space, at);
		if (!area || !area->rights)
			return -ENOMEM;
		unsigned access = touch_needed(space, area, at);
		int error = access ? vm_fault(space, at, access) : 0;
		if (error)
			return error == -EINTR ? error : error == -ENOMEM ? -EAGAIN : -ENOMEM;
		if (++count % YIELD_EVERY)
			continue;
		wait_pause();
		if (signal_fatal_pending(current))
			return -EINTR;
	}
	return 0;
}

/* The range of a call in whole pages. 0, -EINVAL. */
static int
round_range(vaddr_t *start, size_t length, vaddr_t *end)
{
	*end = (*start + length + PAGE_MASK) & ~PAGE_MASK;
	*start &= ~PAGE_MASK;
	return *end < *start ? -EINVAL : 0;
}

static bool
is_locked(const struct vm_area *area, unsigned locked)
{
	return !(area->flags & VM_LOCKED) == !locked;
}

static int
set_locked(struct space *space, vaddr_t start, vaddr_t end, bool locked)
{
	if (!space_is_mapped(space, start, end))
		return -ENOMEM;
	if (start < end)
		space_narrow(space, &start, &end, is_locked, locked);
	int error = space_cut(space, start, end);
	if (!error)
		mark(space, start, end, locked);
	return error;
}

static long
lock(vaddr_t start, size_t length, bool now)
{
	struct space *space = current->space;
	vaddr_t end;
	int bad = round_range(&start, length, &end);
	unsigned long pages = bad ? 0 : (end - start) / PAGE_SIZE;
	int error = check_limit(pages + locked_within(space, 0, USER_END) -
				locked_within(space, start, end));

	if (!error)
		error = bad ? bad : set_locked(space, start, end, true);
	return error || !now ? error : bring_in(space, start, end);
}

long
sys_mlock(vaddr_t start, size_t length)
{
	return lock(start, length, true);
}

long
sys_mlock2(vaddr_t start, size_t length, unsigned flags)
{
	return flags & ~MLOCK_ONFAULT ? -EINVAL : lock(start, length, !(flags & MLOCK_ONFAULT));
}

long
sys_munlock(vaddr_t start, size_t length)
{
	vaddr_t end;
	int error = round_range(&start, length, &end);

	return error ? error : set_locked(current->space, start, end, false);
}

/* Brings in what can be; an area without rights, say, cannot, and that is no error. */
static void
bring_all_in(struct space *space)
{
	const struct vm_area *area = space_find_above(space, 0);

	while (area) {
		vaddr_t end = area->end;
		if (bring_in(space, area->start, end) == -EINTR)
			return;
		area = space_find_above(space, end); /* slept, maybe: the old one may be gone */
	}
}

long
sys_mlockall(unsigned flags)
{
	struct space *space = current->space;

	if (!flags || flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) || flags == MCL_ONFAULT)
		return -EINVAL;
	int error = check_limit(flags & MCL_CURRENT ? space->pages : 0);
	if (error)
		return error;
	space->lock_new = flags & MCL_FUTURE;
	space->lock_touched = flags & MCL_ONFAULT;
	if (flags & MCL_CURRENT)
		mark(space, 0, USER_END, true);
	if (flags & MCL_CURRENT && !(flags & MCL_ONFAULT))
		bring_all_in(space);
	return 0;
}

long
sys_munlockall(void)
{
	struct space *space = current->space;

	space->lock_new = false;
	mark(space, 0, USER_END, false);
	return 0;
}

int
lock_check_new(const struct space *space, unsigned long pages)
{
	int error = check_limit(pages + locked_within(space, 0, USER_END));

	return error == -ENOMEM ? -EAGAIN : error;
}

void
lock_new(struct space *space, vaddr_t start, vaddr_t end, bool locked, bool now)
{
	if (locked || space->lock_new)
		mark(space, start, end, true);
	if (now || locked || (space->lock_new && !space->lock_touched))
		(void)bring_in(space, start, end);
}
