/* Memory: mappings and the end of the heap. */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MMAP2_UNIT 4096 /* of the offset, whatever the page size */

void *
mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset)
{
	if (offset % MMAP2_UNIT) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return (void *)syscall(SYS_mmap2, address, size, protection, flags, descriptor,
		(long)(offset / MMAP2_UNIT));
}

int
munmap(void *address, size_t size)
{
	return syscall(SYS_munmap, address, size);
}

int
mprotect(void *address, size_t size, int protection)
{
	return syscall(SYS_mprotect, address, size, protection);
}

/* With MREMAP_FIXED, the address that it must get follows the flags. */
void *
mremap(void *address, size_t size, size_t new_size, int flags, ...)
{
	va_list arguments;
	void *wanted;

	va_start(arguments, flags);
	wanted = flags & MREMAP_FIXED ? va_arg(arguments, void *) : NULL;
	va_end(arguments);
	return (void *)syscall(SYS_mremap, address, size, new_size, flags, wanted);
}

int
madvise(void *address, size_t size, int advice)
{
	return syscall(SYS_madvise, address, size, advice);
}

int
msync(void *address, size_t size, int flags)
{
	return syscall(SYS_msync, address, size, flags);
}

int
mincore(void *address, size_t size, unsigned char *present)
{
	return syscall(SYS_mincore, address, size, present);
}

int
mlock(const void *address, size_t size)
{
	return syscall(SYS_mlock, address, size);
}

int
mlock2(const void *address, size_t size, unsigned flags)
{
	return syscall(SYS_mlock2, address, size, flags);
}

int
munlock(const void *address, size_t size)
{
	return syscall(SYS_munlock, address, size);
}

int
mlockall(int flags)
{
	return syscall(SYS_mlockall, flags);
}

int
munlockall(void)
{
	return syscall(SYS_munlockall);
}

static char *heap_end; /* NULL: not asked for yet */

/* The system answers with where the end is now, moved or not. */
static char *
move_heap_end(void *wanted)
{
	heap_end = (char *)syscall(SYS_brk, wanted);
	return heap_end;
}

int
brk(void *end)
{
	if (move_heap_end(end) == end)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *
sbrk(intptr_t change)
{
	char *old = heap_end ? heap_end : move_heap_end(NULL);

	if (change != 0 && brk(old + change) < 0)
		return (void *)-1;
	return old;
}

int
getpagesize(void)
{
	return getauxval(AT_PAGESZ);
}
