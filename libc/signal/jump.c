/* The mask of blocked signals in jumps. */
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

void
__save_mask(sigjmp_buf buffer, int save)
{
	buffer->saved = save;
	if (save)
		sigprocmask(SIG_BLOCK, NULL, &buffer->mask);
}

_Noreturn void
siglongjmp(sigjmp_buf buffer, int value)
{
	if (buffer->saved)
		sigprocmask(SIG_SETMASK, &buffer->mask, NULL);
	longjmp(buffer->jump, value);
}
