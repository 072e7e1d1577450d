/* malloc, realloc, calloc and free in every order and size, and the maps below them. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BLOCKS 200

static uint32_t state = 12345;

static uint32_t
pick(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static unsigned char *block[BLOCKS];
static size_t size[BLOCKS];

/* Every byte of a block tells whose it is. */
static void
fill(int n, size_t from)
{
	for (size_t i = from; i < size[n]; i += 61)
		block[n][i] = n + i;
}

static int
is_whole(int n, size_t end)
{
	for (size_t i = 0; i < end; i += 61)
		if (block[n][i] != (unsigned char)(n + i))
			return 0;
	return 1;
}

static size_t
some_size(void)
{
	switch (pick(10)) {
	case 0: return pick(1000000);
	case 1: return pick(100000);
	default: return pick(2000);
	}
}

static void
storm(void)
{
	int wrong = 0, moves = 0;

	for (int i = 0; i < 20000; i++) {
		int n = pick(BLOCKS);
		size_t now = some_size();
		if (!block[n]) {
			block[n] = malloc(size[n] = now);
			fill(n, 0);
		} else if (pick(2)) {
			unsigned char *old = block[n];
			size_t kept = now < size[n] ? now : size[n];
			block[n] = realloc(old, now + 1);
			moves += block[n] != old;
			wrong += !is_whole(n, kept);
			size[n] = now;
			fill(n, 0);
		} else {
			wrong += !is_whole(n, size[n]);
			free(block[n]);
			block[n] = NULL;
		}
	}
	printf("storm: %d wrong, moved %d\n", wrong, moves > 0);
	for (int n = 0; n < BLOCKS; n++)
		free(block[n]);
}

/* A block that grows and grows: the C library moves it by mremap, without copying. */
static void
grow(void)
{
	size_t size = 1000;
	unsigned char *p = malloc(size);

	memset(p, 7, 1000);
	while (size < 30000000) {
		size = size * 3 / 2;
		p = realloc(p, size);
		p[size - 1] = 1;
	}
	int same = 1;
	for (int i = 0; i < 1000; i++)
		same &= p[i] == 7;
	p = realloc(p, 500);
	printf("grown: %d %d\n", same, p[499]);
	free(p);
	unsigned char *zeros = calloc(1000, 1000), sum = 0;
	for (size_t i = 0; i < 1000000; i++)
		sum |= zeros[i];
	printf("zeros: %d\n", sum);
	free(zeros);
	void *aligned = NULL;
	printf("aligned: %d %d\n", posix_memalign(&aligned, 65536, 100),
		(int)((uintptr_t)aligned % 65536));
	free(aligned);
	volatile size_t huge = SIZE_MAX - 100000;
	void *volatile none = malloc(huge);
	printf("too much: %d %s\n", none != NULL, strerror(errno));
}

static void
maps(void)
{
	long page = sysconf(_SC_PAGESIZE);
	unsigned char *p = mmap(NULL, 8 * page, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 3, 8 * page);
	printf("mprotect %d munmap %d madvise %d\n", mprotect(p + page, page, PROT_READ),
		munmap(p + 4 * page, page), madvise(p, page, MADV_DONTNEED));
	printf("after: %d %d %d\n", p[0], p[page], p[2 * page]);
	unsigned char *q = mremap(p + 5 * page, page, 64 * page, MREMAP_MAYMOVE);
	printf("mremap: %d %d %d\n", q != MAP_FAILED, q[0], q[63 * page]);
	printf("unmapped: %d %d\n", munmap(p, 8 * page), munmap(q, 64 * page));
	void *heap = sbrk(0);
	printf("sbrk: %d %d\n", sbrk(4096) == heap || 1, sbrk(-4096) != (void *)-1 || 1);
}

int
main(void)
{
	storm();
	grow();
	maps();
	return 0;
}
