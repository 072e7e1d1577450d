/* What the kernel told the program at its start. */
#ifndef LIBC_SYS_AUXV_H
#define LIBC_SYS_AUXV_H

#include <abi/auxv.h>

/* The value of an entry of the auxiliary vector; 0 and ENOENT if there is none. */
unsigned long getauxval(unsigned long type);

#endif
