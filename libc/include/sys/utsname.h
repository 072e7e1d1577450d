/* The system's name. */
#ifndef LIBC_SYS_UTSNAME_H
#define LIBC_SYS_UTSNAME_H

#include <abi/utsname.h>

int uname(struct utsname *name);

#endif
