/*
 * System calls: what a program says, and asks, about its mapped memory. Nothing is swapped and no
 * disk is behind it, so advice is mostly taken by doing nothing.
 */
#include <abi/errno.h>
#include <abi/mman.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <sys/syscall.h>
#include <task/task.h>

/*
 * The pages that a call's range touches. 0; -EINVAL: it does not begin at a page, or is none;
 * -ENOMEM: past user space.
 */
static int
check_range(vaddr_t address, size_t length, vaddr_t *end)
{
	size_t rounded = (length + PAGE_MASK) & ~PAGE_MASK;

	if (address & PAGE_MASK || (length && !rounded) || address + rounded < address)
		return -EINVAL;
	*end = address + rounded;
	return *end > USER_END ? -ENOMEM : 0;
}

/*
 * MADV_DONTNEED: the pages go. Of private memory their bytes go with them: the next touch finds
 * zeros, or what the file had.
 */
static int
drop_pages(struct space *space, vaddr_t start, vaddr_t end)
{
	list_for_each(link, &space->areas) {
		const struct vm_area *area = list_entry(link, struct vm_area, link);
		if (area->start < end && area->end > start && area->flags & VM_LOCKED)
			return -EINVAL;
	}
	space_unmap_pages(space, start, end);
	return 0;
}

/* MADV_FREE is for private anonymous memory alone: it may keep its bytes, and here it does. */
static bool
may_be_freed(struct space *space, vaddr_t start, vaddr_t end)
{
	list_for_each(link, &space->areas) {
		const struct vm_area *area = list_entry(link, struct vm_area, link);
		if (area->start < end && area->end > start && area->object)
			return false;
	}
	return true;
}

long
sys_madvise(vaddr_t address, size_t length, int advice)
{
	struct space *space = current->space;
	vaddr_t end;
	int error = check_range(address, length, &end);

	switch (advice) {
	case MADV_NORMAL:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_FREE:
	case MADV_DONTDUMP:
	case MADV_DODUMP:
	case MADV_COLD:
	case MADV_PAGEOUT:
		break;
	default:
		return -EINVAL;
	}
	if (error)
		return error;
	if (!space_is_mapped(space, address, end))
		return -ENOMEM;
	if (advice == MADV_DONTNEED)
		return drop_pages(space, address, end);
	if (advice == MADV_FREE)
		return may_be_freed(space, address, end) ? 0 : -EINVAL;
	return 0;
}

/* A file's pages are the file: there is nothing to write back. */
long
sys_msync(vaddr_t address, size_t length, unsigned flags)
{
	struct space *space = current->space;
	vaddr_t end;

	if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) ||
		(flags & MS_ASYNC && flags & MS_SYNC) || address & PAGE_MASK)
		return -EINVAL;
	if (check_range(address, length, &end) || !space_is_mapped(space, address, end))
		return -ENOMEM;
	if (!(flags & MS_INVALIDATE))
		return 0;
	list_for_each(link, &space->areas) {
		const struct vm_area *area = list_entry(link, struct vm_area, link);
		if (area->start < end && area->end > address && area->flags & VM_LOCKED)
			return -EBUSY;
	}
	return 0;
}

/* One byte a page: 1 if touching it would find it there. */
long
sys_mincore(vaddr_t address, size_t length, unsigned char *user)
{
	struct space *space = current->space;
	struct mmu_entry entry;
	unsigned char bytes[64];
	vaddr_t end;
	int error = check_range(address, length, &end);

	if (error)
		return error;
	while (address < end) {
		size_t count = 0;
		vaddr_t chunk_end = end - address > sizeof(bytes) * PAGE_SIZE
					    ? address + sizeof(bytes) * PAGE_SIZE
					    : end;
		if (!space_is_mapped(space, address, chunk_end))
			return -ENOMEM;
		for (; address < chunk_end; address += PAGE_SIZE)
			bytes[count++] = mmu_query(&space->mmu, address, &entry);
		if (copy_to_user(user, bytes, count))
			return -EFAULT;
		user += count; /* the copy may have slept: look at the areas again */
	}
	return 0;
}
