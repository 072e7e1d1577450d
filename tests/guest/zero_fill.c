/* Bss, heap, stack and anonymous memory read as zeroes, and each page is the process's own. */
#include "_tap.h"

#define SIZE (128 * PAGE)

static char bss[SIZE];

static int
dirty_bytes(const volatile char *p, unsigned long size)
{
	int dirty = 0;
	while (size-- > 0)
		dirty += *p++ != 0;
	return dirty;
}

__attribute__((noinline)) static int
dirty_stack(void)
{
	volatile char array[SIZE];
	int dirty = dirty_bytes(array, SIZE / 2); /* the deeper half: main() was not there yet */
	for (unsigned long i = 0; i < SIZE; i++)
		array[i] = 1;
	return dirty;
}

int
main(void)
{
	is_int(in_child(exit(dirty_stack() != 0)), 0, "V01 stack never used before");
	is_int(dirty_bytes(bss, SIZE), 0, "V01 bss");
	char *heap = must(sbrk(SIZE));
	is_int(dirty_bytes(heap, SIZE), 0, "V01 heap");
	char *p = private_pages(128, PROT_READ | PROT_WRITE);
	is_int(dirty_bytes(p, SIZE), 0, "V01 private anonymous memory");
	char *q = shared_pages(128);
	is_int(dirty_bytes(q, SIZE), 0, "V01 shared anonymous memory");

	memset(p, 1, SIZE);
	must(munmap(p, SIZE));
	p = must(mmap(p, SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	is_int(dirty_bytes(p, SIZE), 0, "V01 V04 unmapped and mapped again");
	memset(heap, 1, SIZE);
	must(sbrk(-(long)SIZE));
	must(sbrk(SIZE));
	is_int(dirty_bytes(heap, SIZE), 0, "V01 the heap, given back and taken again");
	return done();
}
