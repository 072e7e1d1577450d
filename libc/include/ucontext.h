/* What a handler with SA_SIGINFO gets as its third argument: the registers that it interrupted. */
#ifndef LIBC_UCONTEXT_H
#define LIBC_UCONTEXT_H

#include <machine/signal.h>

typedef struct ucontext ucontext_t;
typedef struct sigcontext mcontext_t;

#endif
