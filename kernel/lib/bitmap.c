#include <lib/bitmap.h>

unsigned
bitmap_find_zero(const unsigned long *map, unsigned size, unsigned from)
{
	while (from < size) {
		unsigned long zeros =
			~map[from / BITMAP_WORD_BITS] & ~0ul << from % BITMAP_WORD_BITS;
		unsigned start = from - from % BITMAP_WORD_BITS;
		if (zeros) {
			from = start + __builtin_ctzl(zeros);
			return from < size ? from : size;
		}
		from = start + BITMAP_WORD_BITS;
	}
	return size;
}

unsigned
bitmap_find_last(const unsigned long *map, unsigned size)
{
	for (unsigned word = BITMAP_WORDS(size); word-- > 0;)
		if (map[word])
			return (word + 1) * BITMAP_WORD_BITS - 1 - __builtin_clzl(map[word]);
	return size;
}
