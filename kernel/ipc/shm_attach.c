/*
 * shmat and shmdt. An attach is an area of the address space on the object's list, and nothing
 * else: no page is made or mapped. fork, exec, exit, munmap and mprotect attach and detach through
 * the same two operations below.
 */
#include <abi/errno.h>
#include <ipc/shm.h>
#include <lib/printf.h>
#include <machine/abi.h>
#include <mm/vm.h>
#include <task/clock.h>
#include <task/task.h>

static struct shmid_kernel *
segment_of(const struct vm_area *area)
{
	return ((struct shm_object *)area->object)->name;
}

static void
shm_open(struct vm_area *area)
{
	struct shmid_kernel *segment = segment_of(area);

	shm_object_attach(area);
	segment->shm_lprid = current->process->pid;
	segment->shm_atim = clock_seconds();
	area->space->attaches++;
}

static void
shm_close(struct vm_area *area)
{
	struct shmid_kernel *segment = segment_of(area);

	area->space->attaches--;
	segment->shm_lprid = current->process->pid;
	segment->shm_dtim = clock_seconds();
	shm_object_detach(area); /* the segment's own reference keeps the object */
	bool marked = segment->shm_perm.mode & SHM_DEST || shm_rmid_forced;
	if (marked && !segment->object->shm_nattch)
		shm_destroy(segment);
}

static void
shm_describe(const struct vm_area *area, char *name, size_t size, unsigned long *inode)
{
	const struct shmid_kernel *segment = segment_of(area);

	snprintf(name, size, "/SYSV%08x (deleted)", segment->shm_perm.key);
	*inode = segment->shm_perm.id;
}

static const struct vm_operations shm_operations = {
	.name = "shm",
	.open = shm_open,
	.close = shm_close,
	.nopage = shm_nopage,
	.describe = shm_describe,
};

/*
 * The address as asked for: aligned, or rounded down if SHM_RND lets us. 0: the kernel is to
 * choose.
 */
static int
check_address(vaddr_t *address, unsigned flags)
{
	if (!*address)
		return flags & SHM_REMAP
			       ? ipc_refuse(EINVAL, "SHM_REMAP is given, and no address")
			       : 0;
	if (*address & (SHMLBA - 1)) {
		if (!(flags & SHM_RND))
			return ipc_refuse(EINVAL,
				"0x%lx is no multiple of %lu (SHMLBA), and SHM_RND is not given",
				*address, SHMLBA);
		*address &= ~(vaddr_t)(SHMLBA - 1);
	}
	if (*address < USER_START)
		return ipc_refuse(EINVAL, "0x%lx: the page at 0 is never mapped", *address);
	return 0;
}

static unsigned
rights_of(unsigned flags)
{
	unsigned rights = VM_READ;

	if (!(flags & SHM_RDONLY))
		rights |= VM_WRITE;
	if (flags & SHM_EXEC)
		rights |= VM_EXEC;
	return rights;
}

/* The permission bits that those rights need. */
static unsigned
mode_of(unsigned rights)
{
	return (rights & VM_READ ? 0444 : 0) | (rights & VM_WRITE ? 0222 : 0) |
	       (rights & VM_EXEC ? 0111 : 0);
}

/* Where the segment goes. The caller's address must be free, unless SHM_REMAP will clear it. */
static int
choose_range(struct space *space, vaddr_t *address, unsigned long length, unsigned flags)
{
	if (!*address) {
		*address = space_find_gap(space, length);
		return *address ? 0 : ipc_refuse(ENOMEM, "nowhere are %lu bytes free", length);
	}
	if (*address + length < *address)
		return ipc_refuse(EINVAL, "0x%lx and %lu bytes wrap round", *address, length);
	if (*address + length > USER_END)
		return ipc_refuse(ENOMEM,
			"0x%lx and %lu bytes end behind 0x%lx, the last of user space",
			*address, length, USER_END - 1);
	if (space_in_stack_guard(space, *address, *address + length))
		return ipc_refuse(EINVAL, "0x%lx and %lu bytes meet the guard below the stack",
			*address, length);
	if (!(flags & SHM_REMAP) && !space_range_free(space, *address, *address + length))
		return ipc_refuse(EINVAL,
			"something lies at 0x%lx and the next %lu bytes, "
			"and SHM_REMAP is not given",
			*address, length);
	return 0;
}

int
shm_attach(int id, vaddr_t address, unsigned flags, vaddr_t *result)
{
	struct space *space = current->space;
	struct shmid_kernel *segment = shm_find(id);
	if (!segment)
		return ipc_refuse_id(&shm_ids, id);
	int error = check_address(&address, flags);
	if (error)
		return error;
	unsigned rights = rights_of(flags);
	if (!ipc_permitted(&segment->shm_perm, mode_of(rights)))
		return ipc_refuse_access(&segment->shm_perm, mode_of(rights));
	if (shm_seg && space->attaches >= shm_seg)
		return ipc_refuse(EMFILE, "%lu attaches, shmseg allows %lu", space->attaches,
			shm_seg);
	struct shm_object *object = segment->object;
	unsigned long length = object->shm_npages * PAGE_SIZE;
	error = choose_range(space, &address, length, flags);
	if (error)
		return error;

	struct vm_area *area = space_new_area(space, address, address + length);
	if (!area)
		return ipc_refuse(ENOMEM, "RLIMIT_AS, or no memory, for %lu bytes more", length);
	if (flags & SHM_REMAP) {
		/* what is replaced may be the last attach of this very segment */
		object->shm_nattch++;
		error = space_unmap(space, address, address + length);
		object->shm_nattch--;
		if (error) {
			space_drop_area(area);
			return ipc_refuse(ENOMEM, "no memory to clear %lu bytes for SHM_REMAP",
				length);
		}
	}
	area->ops = &shm_operations;
	area->object = object;
	area->flags = VM_SHARED;
	area->rights = rights;
	/* only writing was asked about: mprotect may not add it */
	area->max_rights = rights | VM_READ | VM_EXEC;
	space_insert(area);
	*result = address;
	return 0;
}

/*
 * `area` is a piece of the attach that began at `address`: splits and partial unmaps leave offsets
 * as they were.
 */
static bool
belongs(const struct vm_area *area, vaddr_t address, const void *object)
{
	return area->ops == &shm_operations && (!object || area->object == object) &&
		area->start - address == area->offset * PAGE_SIZE;
}

int
shm_detach(vaddr_t address)
{
	struct space *space = current->space;
	const struct shm_object *object = NULL;
	vaddr_t end = 0;

	if (address & PAGE_MASK)
		return ipc_refuse(EINVAL, "0x%lx is no multiple of a page", address);
	struct vm_area *area = space_find(space, address);
	if (!area)
		area = space_find_above(space, address); /* its first pages may be unmapped */
	/* before the first piece is found, all areas above may hold it */
	while (area && (!object || area->start < end)) {
		vaddr_t next = area->end;
		if (belongs(area, address, object)) {
			object = area->object;
			end = address + object->shm_npages * PAGE_SIZE;
			/* the last piece of a marked segment destroys it: only compared then */
			space_remove(area);
		}
		if (object && next >= end)
			break; /* that was all of it */
		area = space_find_above(space, next);
	}
	return object ? 0 : ipc_refuse(EINVAL, "no attach begins at 0x%lx", address);
}
