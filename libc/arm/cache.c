/* What a compiler calls for __builtin___clear_cache: instructions were written. */
#include <unistd.h>

#define CACHEFLUSH 0xf0002 /* a system call that only ARM has */

void __clear_cache(void *start, void *end);

void
__clear_cache(void *start, void *end)
{
	syscall(CACHEFLUSH, start, end, 0);
}
