/* malloc under a random load, at its limits, and in the hands of a program that is wrong. */
#include "_tap.h"
#include <stdint.h>

#define BLOCKS 200

struct held {
	unsigned char *memory, mark;
	size_t size;
};

static unsigned state = 1;

static unsigned
pick(unsigned below)
{
	state = state * 1103515245 + 12345;
	return (state >> 8) % below;
}

static int
is_filled(const unsigned char *memory, unsigned char mark, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (memory[i] != mark)
			return 0;
	return 1;
}

/* Most blocks are small, some so large that they are mapped. */
static size_t
some_size(void)
{
	return pick(40) == 0 ? 1 + pick(300000) : 1 + pick(500);
}

static int
one_step(struct held *block)
{
	size_t size = some_size(), kept = size < block->size ? size : block->size;
	int right = is_filled(block->memory, block->mark, block->size);
	switch (pick(4)) {
	case 0:
		free(block->memory);
		*block = (struct held){0, 0, 0};
		return right;
	case 1:
		free(block->memory);
		block->memory = calloc(1, size);
		right &= is_filled(block->memory, 0, size);
		break;
	default:
		block->memory = realloc(block->memory, size);
		right &= is_filled(block->memory, block->mark, kept);
	}
	right &= (uintptr_t)block->memory % 8 == 0;
	block->size = size;
	block->mark = pick(256);
	memset(block->memory, block->mark, size);
	return right;
}

static void
random_load(void)
{
	static struct held blocks[BLOCKS];
	int wrong = 0;
	for (int i = 0; i < 20000; i++)
		wrong += !one_step(&blocks[pick(BLOCKS)]);
	for (int i = 0; i < BLOCKS; i++)
		free(blocks[i].memory);
	is_int(wrong, 0, "every block keeps what was written to it, and is aligned");
}

/* What comes back is used again: the heap does not grow under a steady load. */
static void
steady_load(void)
{
	char *end = sbrk(0);
	for (int i = 0; i < 10000; i++) {
		void *a = malloc(1000), *b = malloc(3000);
		free(a);
		void *c = malloc(900);
		free(b);
		free(c);
	}
	ok((char *)sbrk(0) - end <= 1 << 20, "memory that was freed is handed out again");
}

/* The compiler knows malloc, and would take its answer for granted if nobody kept it. */
static int
refused(void *block)
{
	static void *volatile kept;
	kept = block;
	return kept ? 0 : -1;
}

static void
limits(void)
{
	volatile size_t huge = SIZE_MAX - 5, half = SIZE_MAX / 2 + 2;
	fails(refused(malloc(huge)), ENOMEM, "malloc: more than there can be");
	fails(refused(calloc(half, 2)), ENOMEM, "calloc: a product that overflows");
	char *text = malloc(8);
	strcpy(text, "keep me");
	fails(refused(realloc(text, huge)), ENOMEM, "realloc: more than there can be");
	ok(strcmp(text, "keep me") == 0, "realloc: the block is left as it was");
	free(text);
	free(0);
	ok(malloc(0) != 0, "malloc(0) is a block");
}

/* An attach right above the heap: brk cannot grow, malloc goes on elsewhere. */
static void
obstacle(void)
{
	uintptr_t end = ((uintptr_t)sbrk(0) + PAGE - 1) / PAGE * PAGE;
	must(mmap((void *)end, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	int had = 0;
	for (int i = 0; i < 200; i++) {
		char *block = malloc(5000);
		had += block != 0;
		if (block)
			memset(block, i, 5000);
	}
	is_int(had, 200, "malloc goes on where the heap cannot grow");
}

static void
free_twice(void)
{
	char *volatile block = malloc(24);
	close(2); /* the complaint is none of the test's output */
	free(block);
	free(block);
}

int
main(void)
{
	random_load();
	steady_load();
	limits();
	obstacle();
	is_int(in_child(free_twice()), -SIGABRT, "a block that is freed twice ends the program");
	return done();
}
