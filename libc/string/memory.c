/* Searching and copying blocks of memory, beyond what compilers call themselves. */
#include <string.h>

void *
memccpy(void *to, const void *from, int stop, size_t size)
{
	const void *found = memchr(from, stop, size);

	if (!found) {
		memcpy(to, from, size);
		return NULL;
	}
	return mempcpy(to, from, (const char *)found - (const char *)from + 1);
}

void *
memchr(const void *memory, int c, size_t size)
{
	const unsigned char *byte = memory;

	for (; size > 0; size--, byte++)
		if (*byte == (unsigned char)c)
			return (void *)byte;
	return NULL;
}

void *
memrchr(const void *memory, int c, size_t size)
{
	const unsigned char *bytes = memory;

	while (size-- > 0)
		if (bytes[size] == (unsigned char)c)
			return (void *)(bytes + size);
	return NULL;
}

void *
memmem(const void *haystack, size_t size, const void *needle, size_t length)
{
	const char *text = haystack;

	for (; size >= length; size--, text++)
		if (memcmp(text, needle, length) == 0)
			return (void *)text;
	return NULL;
}

void *
mempcpy(void *restrict to, const void *restrict from, size_t size)
{
	return (char *)memcpy(to, from, size) + size;
}

void
bzero(void *memory, size_t size)
{
	memset(memory, 0, size);
}

void
bcopy(const void *from, void *to, size_t size)
{
	memmove(to, from, size);
}
