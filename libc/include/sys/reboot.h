/* The end of the machine. */
#ifndef LIBC_SYS_REBOOT_H
#define LIBC_SYS_REBOOT_H

#include <abi/reboot.h>

int reboot(int command);

#endif
