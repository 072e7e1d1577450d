/* Memory: mappings and the end of the heap. */
#include <errno.h>
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

int
msync(void *address, size_t size, int flags)
{
	return syscall(SYS_msync, address, size, flags);
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
