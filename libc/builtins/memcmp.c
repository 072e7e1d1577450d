/* Comparing memory. Compilers call it too. */
#include <stddef.h>

int memcmp(const void *a, const void *b, size_t size);

int
memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *x = a, *y = b;

	for (; size > 0; size--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}
