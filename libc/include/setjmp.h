/* Jumps out of a function. The buffer holds what a called function must preserve. */
#ifndef LIBC_SETJMP_H
#define LIBC_SETJMP_H

typedef unsigned long jmp_buf[32];

int setjmp(jmp_buf buffer) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf buffer, int value);

#define _setjmp(buffer) setjmp(buffer)
#define _longjmp(buffer, value) longjmp(buffer, value)

#endif
