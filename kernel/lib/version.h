/* What the system calls itself: uname and /proc/version. */
#ifndef LIB_VERSION_H
#define LIB_VERSION_H

#define SYSTEM_NAME    "nopage"
#define SYSTEM_RELEASE "6.1.0" /* of the Linux whose answers it gives: C libraries look */
#define SYSTEM_VERSION "#1"

#endif
