/*
 * Sorting by a heap: n log n comparisons at worst, no memory, no recursion. In the heap an element
 * is never smaller than those at 2i + 1 and 2i + 2, so the largest is the first.
 */
#include <stdlib.h>

struct array {
	char *base;
	size_t count, size;
	int (*compare)(const void *, const void *);
};

static char *
element(struct array *array, size_t i)
{
	return array->base + i * array->size;
}

static void
swap(struct array *array, size_t i, size_t j)
{
	char *a = element(array, i), *b = element(array, j);

	for (size_t n = 0; n < array->size; n++) {
		char c = a[n];
		a[n] = b[n];
		b[n] = c;
	}
}

static int
smaller(struct array *array, size_t i, size_t j)
{
	return array->compare(element(array, i), element(array, j)) < 0;
}

/* Lets element i sink until the heap is in order below it. */
static void
sink(struct array *array, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= array->count)
			return;
		if (child + 1 < array->count && smaller(array, child, child + 1))
			child++;
		if (!smaller(array, i, child))
			return;
		swap(array, i, child);
		i = child;
	}
}

void
qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	struct array heap = {base, count, size, compare};

	for (size_t i = count / 2; i-- > 0;)
		sink(&heap, i);
	while (heap.count > 1) {
		swap(&heap, 0, --heap.count);
		sink(&heap, 0);
	}
}

void *
bsearch(const void *key, const void *base, size_t count, size_t size,
	int (*compare)(const void *, const void *))
{
	while (count > 0) {
		const char *middle = (const char *)base + count / 2 * size;
		int order = compare(key, middle);

		if (order == 0)
			return (void *)middle;
		if (order > 0) {
			base = middle + size;
			count--;
		}
		count /= 2;
	}
	return NULL;
}
