/*
 * Copying and filling memory with the processor's string instructions: one instruction a word.
 * For programs and for the kernel; compilers call them too.
 */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int c, size_t size);

void *
memcpy(void *to, const void *from, size_t size)
{
	void *start = to;
	size_t words = size / 4, rest = size % 4;

	__asm__ volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(rest) : : "memory");
	return start;
}

/* Blocks may overlap: where the source begins below the target, the last byte goes first. */
void *
memmove(void *to, const void *from, size_t size)
{
	char *to_last = (char *)to + size - 1;
	const char *from_last = (const char *)from + size - 1;

	if ((uintptr_t)to - (uintptr_t)from >= size)
		return memcpy(to, from, size);
	__asm__ volatile("std\n\trep movsb\n\tcld"
			 : "+D"(to_last), "+S"(from_last), "+c"(size)
			 :
			 : "memory");
	return to;
}

void *
memset(void *to, int c, size_t size)
{
	void *start = to;
	uint32_t word = (unsigned char)c * 0x01010101u;
	size_t words = size / 4, rest = size % 4;

	__asm__ volatile("rep stosl" : "+D"(to), "+c"(words) : "a"(word) : "memory");
	__asm__ volatile("rep stosb" : "+D"(to), "+c"(rest) : "a"(word) : "memory");
	return start;
}
