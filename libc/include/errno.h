/* Why the last call failed. */
#ifndef LIBC_ERRNO_H
#define LIBC_ERRNO_H

#include <abi/errno.h>

extern int errno;

/* What the program was started as, and the part after the last slash. */
extern char *program_invocation_name, *program_invocation_short_name;

#endif
