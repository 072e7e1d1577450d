/* System calls: the caller's address space. */
#include <abi/errno.h>
#include <abi/mman.h>
#include <file/file.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <sys/syscall.h>
#include <task/task.h>

#define PROT_ALL (PROT_READ | PROT_WRITE | PROT_EXEC)
_Static_assert(PROT_READ == VM_READ && PROT_WRITE == VM_WRITE && PROT_EXEC == VM_EXEC,
	"the rights are the ABI's");

/* brk(2): Linux returns the end of the heap, changed or not. */
long
sys_brk(vaddr_t end)
{
	struct space *space = current->space;

	space_set_heap(space, end);
	return space->heap;
}

static unsigned long
round_up(size_t length)
{
	return (length + PAGE_MASK) & ~PAGE_MASK; /* 0 when it wraps */
}

long
sys_mmap2(vaddr_t address, size_t length, unsigned protection, unsigned flags, int descriptor,
	unsigned long page)
{
	struct space *space = current->space;
	unsigned type = flags & MAP_TYPE;
	bool fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);

	(void)page;
	if (!(flags & MAP_ANONYMOUS))
		return file_find(descriptor) ? -ENODEV : -EBADF; /* no file can be mapped */
	if (!length || (type != MAP_PRIVATE && type != MAP_SHARED))
		return -EINVAL;
	length = round_up(length);
	if (!length || length > USER_END)
		return -ENOMEM;
	if (flags & MAP_FIXED_NOREPLACE && !(address & PAGE_MASK) && address <= USER_END - length &&
		!space_range_free(space, address, address + length))
		return -EEXIST;
	int error = space_map_anonymous(space, &address, length, protection & PROT_ALL,
		type == MAP_SHARED ? VM_SHARED : 0, fixed);
	return error ? error : (long)address;
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
