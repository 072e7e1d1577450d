/* The numbers of the system calls, SYS_name. */
#ifndef LIBC_SYS_SYSCALL_H
#define LIBC_SYS_SYSCALL_H

#include <syscall_numbers.h>

#endif
