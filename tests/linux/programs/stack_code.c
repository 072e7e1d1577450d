/*
 * Code on the stack, as compilers put it there for nested functions. Linked so that the file asks
 * for an executable stack.
 */
#include <stdint.h>
#include <stdio.h>

#ifdef __arm__
static const uint32_t code[] = {0xe3a0002a, 0xe12fff1e}; /* mov r0, #42; bx lr */
#else
static const uint8_t code[] = {0xb8, 0x2a, 0, 0, 0, 0xc3}; /* mov eax, 42; ret */
#endif

int
main(void)
{
	uint32_t copy[8] = {0};

	__builtin_memcpy(copy, code, sizeof(code));
	__builtin___clear_cache((char *)copy, (char *)(copy + 8));
	printf("the stack answers %d\n", ((int (*)(void))copy)());
	return 0;
}
