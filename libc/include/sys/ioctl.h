/* ioctl. */
#ifndef LIBC_SYS_IOCTL_H
#define LIBC_SYS_IOCTL_H

#include <abi/ioctl.h>

int ioctl(int descriptor, unsigned long request, ...);

#endif
