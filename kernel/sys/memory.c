/* System calls: the caller's address space. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/mman.h>
#include <file/file.h>
#include <mm/shm_object.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <sys/lock.h>
#include <sys/syscall.h>
#include <task/task.h>

#define PROT_ALL (PROT_READ | PROT_WRITE | PROT_EXEC)
_Static_assert(PROT_READ == VM_READ && PROT_WRITE == VM_WRITE && PROT_EXEC == VM_EXEC,
	"the rights are the ABI's");

static unsigned long
round_up(size_t length)
{
	return (length + PAGE_MASK) & ~PAGE_MASK; /* 0 when it wraps */
}

/* brk(2): Linux returns the end of the heap, changed or not. */
long
sys_brk(vaddr_t end)
{
	struct space *space = current->space;
	vaddr_t old = space->heap;

	if (space->lock_new && end > old &&
		lock_check_new(space, (round_up(end) - round_up(old)) / PAGE_SIZE))
		return old;
	if (!space_set_heap(space, end) && end > old)
		lock_new(space, round_up(old), round_up(end), false, false);
	return space->heap;
}

/* What a mapping of the file may do, and what answers for it. 0, -EACCES, -ENODEV, -ENOMEM. */
static int
prepare_file(struct file *file, struct vm_area *like)
{
	unsigned access = file->flags & O_ACCMODE;
	bool shared = like->flags & VM_SHARED;

	if (access == O_WRONLY || (shared && like->rights & VM_WRITE && access != O_RDWR))
		return -EACCES;
	if (!file->operations->map)
		return -ENODEV;
	if (shared && access != O_RDWR)
		like->max_rights &= ~VM_WRITE;
	return file->operations->map(file, like);
}

static int
map_file(vaddr_t *address, size_t length, bool fixed, struct vm_area *like, int descriptor)
{
	struct file *file = file_find(descriptor);

	if (!file)
		return -EBADF;
	if (like->offset + length / PAGE_SIZE < like->offset)
		return -EOVERFLOW;
	int error = prepare_file(file, like);
	if (error)
		return error;
	error = space_map(current->space, address, length, fixed, like);
	shm_object_put(like->object); /* the area holds it now, if there is one */
	return error;
}

long
sys_mmap2(vaddr_t address, size_t length, unsigned protection, unsigned flags, int descriptor,
	unsigned long page)
{
	struct space *space = current->space;
	unsigned type = flags & MAP_TYPE;
	bool fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
	bool anonymous = flags & MAP_ANONYMOUS;
	int error;

	if (!anonymous && !file_find(descriptor))
		return -EBADF;
	if (!length || (type != MAP_PRIVATE && type != MAP_SHARED))
		return -EINVAL;
	length = round_up(length);
	if (!length || length > USER_END)
		return -ENOMEM;
	if (flags & MAP_FIXED_NOREPLACE && !(address & PAGE_MASK) && address <= USER_END - length &&
		!space_range_free(space, address, address + length))
		return -EEXIST;
	bool locked = flags & MAP_LOCKED;
	if (locked || space->lock_new) {
		error = lock_check_new(space, length / PAGE_SIZE);
		if (error)
			return error;
	}
	struct vm_area like = {
		.offset = page,
		.rights = protection & PROT_ALL,
		.max_rights = VM_RIGHTS,
		.flags = type == MAP_SHARED ? VM_SHARED : 0,
	};
	if (anonymous)
		error = space_map_anonymous(space, &address, length, like.rights, like.flags,
			fixed);
	else
		error = map_file(&address, length, fixed, &like, descriptor);
	if (error)
		return error;
	lock_new(space, address, address + length, locked, flags & MAP_POPULATE);
	return address;
}

long
sys_mmap(const struct mmap_arguments *user)
{
	struct mmap_arguments a;

	if (copy_from_user(&a, user, sizeof(a)))
		return -EFAULT;
	if (a.offset & PAGE_MASK)
		return -EINVAL;
	return sys_mmap2(
		a.address, a.length, a.protection, a.flags, a.descriptor, a.offset / PAGE_SIZE);
}

long
sys_munmap(vaddr_t address, size_t length)
{
	if (address & PAGE_MASK || address > USER_END || length > USER_END - address ||
		!round_up(length))
		return -EINVAL;
	return space_unmap(current->space, address, address + round_up(length));
}

long
sys_mprotect(vaddr_t address, size_t length, unsigned protection)
{
	if (address & PAGE_MASK)
		return -EINVAL;
	if (!length)
		return 0;
	length = round_up(length);
	if (!length || address + length < address)
		return -ENOMEM;
	if (protection & ~PROT_ALL)
		return -EINVAL;
	if (address > USER_END || length > USER_END - address)
		return -ENOMEM;
	return space_protect(current->space, address, address + length, protection);
}

long
sys_mremap(vaddr_t old, size_t old_length, size_t length, unsigned flags, vaddr_t address)
{
	unsigned how = 0;

	if (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED) || flags == MREMAP_FIXED || old & PAGE_MASK)
		return -EINVAL;
	if (!round_up(length))
		return -EINVAL;
	if (flags & MREMAP_MAYMOVE)
		how |= REMAP_MAY_MOVE;
	if (flags & MREMAP_FIXED)
		how |= REMAP_FIXED;
	int error = space_remap(current->space, old, round_up(old_length), round_up(length), how,
		&address);
	return error ? error : (long)address;
}
