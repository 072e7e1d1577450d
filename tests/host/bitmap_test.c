/* kernel/lib/bitmap.c against an array of bools. */
#include <lib/bitmap.h>
#include "test.h"

#define BITS_MAX 200

static void
random_sets(void)
{
	for (int round = 0; round < 2000; round++) {
		unsigned size = pick(BITS_MAX) + 1, from = pick(size + 1), i;
		size_t bytes = BITMAP_WORDS(size) * sizeof(unsigned long);
		unsigned long *map = malloc(bytes);
		bool model[BITS_MAX] = {0};
		unsigned full = pick(3); /* empty, mixed, nearly all ones */

		memset(map, 0, bytes);
		for (i = 0; i < size * full; i++) {
			unsigned bit = pick(size);
			model[bit] = full == 2 || pick(2);
			(model[bit] ? bitmap_set : bitmap_clear)(map, bit);
		}
		for (i = 0; i < size; i++)
			check_equal(bitmap_test(map, i), model[i]);
		for (i = from; i < size && model[i]; i++)
			;
		check_equal(bitmap_find_zero(map, size, from), i);
		for (i = size; i > 0 && !model[i - 1]; i--)
			;
		check_equal(bitmap_find_last(map, size), i ? i - 1 : size);
		free(map);
	}
}

static void
all_ones(void)
{
	for (unsigned size = 1; size < BITS_MAX; size++) {
		unsigned long map[BITMAP_WORDS(BITS_MAX)] = {0};
		for (unsigned i = 0; i < size; i++)
			bitmap_set(map, i);
		check_equal(bitmap_find_zero(map, size, 0), size);
		check_equal(bitmap_find_last(map, size), size - 1);
	}
}

const struct test tests[] = {
	{"bits set and cleared at random are found", random_sets, NULL},
	{"a full set of any size has no zero", all_ones, NULL},
	{0},
};
