/* Jumps out of a function. The buffer holds what a called function must preserve. */
#ifndef LIBC_SETJMP_H
#define LIBC_SETJMP_H

#include <abi/signal.h>

typedef unsigned long jmp_buf[32];

int setjmp(jmp_buf buffer) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf buffer, int value);

#define _setjmp(buffer) setjmp(buffer)
#define _longjmp(buffer, value) longjmp(buffer, value)

/* The same with the mask of blocked signals, if `save` is not 0: the way out of a handler. */
typedef struct {
	jmp_buf jump;
	int saved;
	sigset_t mask;
} sigjmp_buf[1];

void __save_mask(sigjmp_buf buffer, int save);
#define sigsetjmp(buffer, save) (__save_mask(buffer, save), setjmp((buffer)->jump))
_Noreturn void siglongjmp(sigjmp_buf buffer, int value);

#endif
