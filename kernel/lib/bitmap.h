/* Sets of small numbers, one bit each, in arrays of unsigned long. Sizes are in bits. */
#ifndef LIB_BITMAP_H
#define LIB_BITMAP_H

#include <lib/types.h>

#define BITMAP_WORD_BITS (8 * sizeof(unsigned long))
#define BITMAP_WORDS(bits) (((bits) + BITMAP_WORD_BITS - 1) / BITMAP_WORD_BITS)

static inline void
bitmap_set(unsigned long *map, unsigned bit)
{
	map[bit / BITMAP_WORD_BITS] |= 1ul << bit % BITMAP_WORD_BITS;
}

static inline void
bitmap_clear(unsigned long *map, unsigned bit)
{
	map[bit / BITMAP_WORD_BITS] &= ~(1ul << bit % BITMAP_WORD_BITS);
}

static inline bool
bitmap_test(const unsigned long *map, unsigned bit)
{
	return map[bit / BITMAP_WORD_BITS] >> bit % BITMAP_WORD_BITS & 1;
}

/* The first zero bit at or after `from`, or `size`. Looks at a word at a time. */
unsigned bitmap_find_zero(const unsigned long *map, unsigned size, unsigned from);
/* The last one bit, or `size` when there is none. */
unsigned bitmap_find_last(const unsigned long *map, unsigned size);

#endif
