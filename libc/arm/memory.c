/*
 * Copying and filling memory, eight words at a time where both sides are aligned alike. For
 * programs and for the kernel; compilers call them too, by their own names and by those of the
 * run-time ABI, which promise an alignment that we do not need.
 */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int c, size_t size);
void __aeabi_memset(void *to, size_t size, int c);
void __aeabi_memclr(void *to, size_t size);

#define BLOCK 32 /* bytes that one load or store of eight registers moves */
#define WORD 4

#define EIGHT_REGISTERS "r3", "r4", "r5", "r6", "r8", "r9", "r10", "ip"

/* Bytes before the next word of an address. */
static size_t
to_alignment(const void *address)
{
	return -(uintptr_t)address % WORD;
}

void *
memcpy(void *start, const void *from, size_t size)
{
	char *to = start;
	const char *source = from;

	if (size >= BLOCK && ((uintptr_t)to - (uintptr_t)source) % WORD == 0) {
		for (size_t n = to_alignment(to); n > 0; n--, size--)
			*to++ = *source++;
		for (; size >= BLOCK; size -= BLOCK)
			__asm__ volatile("ldmia %1!, {r3-r6, r8-r10, ip}\n\t"
					 "stmia %0!, {r3-r6, r8-r10, ip}"
					 : "+r"(to), "+r"(source)
					 :
					 : EIGHT_REGISTERS, "memory");
	}
	/* The hardware loads and stores words at any address. */
	for (; size >= WORD; size -= WORD)
		__asm__ volatile("ldr ip, [%1], #4\n\tstr ip, [%0], #4"
				 : "+r"(to), "+r"(source)
				 :
				 : "ip", "memory");
	for (; size > 0; size--)
		*to++ = *source++;
	return start;
}

/* Blocks may overlap: where the source begins below the target, the last byte goes first. */
void *
memmove(void *to, const void *from, size_t size)
{
	char *end = (char *)to + size;
	const char *source = (const char *)from + size;

	if ((uintptr_t)to - (uintptr_t)from >= size)
		return memcpy(to, from, size);
	for (; size > 0; size--)
		*--end = *--source;
	return to;
}

void *
memset(void *start, int c, size_t size)
{
	char *to = start;
	uint32_t word = (unsigned char)c * 0x01010101u;

	for (; size > 0 && (uintptr_t)to % WORD; size--)
		*to++ = c;
	if (size >= BLOCK) {
		size_t blocks = size / BLOCK;
		__asm__ volatile("mov r3, %2\n\tmov r4, %2\n\tmov r5, %2\n\tmov r6, %2\n\t"
				 "mov r8, %2\n\tmov r9, %2\n\tmov r10, %2\n\tmov ip, %2\n"
				 "1:\tstmia %0!, {r3-r6, r8-r10, ip}\n\t"
				 "subs %1, %1, #1\n\t"
				 "bne 1b"
				 : "+r"(to), "+r"(blocks)
				 : "r"(word)
				 : EIGHT_REGISTERS, "cc", "memory");
		size %= BLOCK;
	}
	for (; size >= WORD; size -= WORD)
		__asm__ volatile("str %1, [%0], #4" : "+r"(to) : "r"(word) : "memory");
	for (; size > 0; size--)
		*to++ = c;
	return start;
}

void
__aeabi_memset(void *to, size_t size, int c)
{
	memset(to, c, size);
}

void
__aeabi_memclr(void *to, size_t size)
{
	memset(to, 0, size);
}

#define ALIAS(name, of) extern __typeof__(of) name __attribute__((alias(#of)))

ALIAS(__aeabi_memcpy, memcpy);
ALIAS(__aeabi_memcpy4, memcpy);
ALIAS(__aeabi_memcpy8, memcpy);
ALIAS(__aeabi_memmove, memmove);
ALIAS(__aeabi_memmove4, memmove);
ALIAS(__aeabi_memmove8, memmove);
ALIAS(__aeabi_memset4, __aeabi_memset);
ALIAS(__aeabi_memset8, __aeabi_memset);
ALIAS(__aeabi_memclr4, __aeabi_memclr);
ALIAS(__aeabi_memclr8, __aeabi_memclr);
