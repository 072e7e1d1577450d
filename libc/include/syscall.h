/* Another name of sys/syscall.h. */
#ifndef LIBC_SYSCALL_H
#define LIBC_SYSCALL_H

#include <sys/syscall.h>

#endif
