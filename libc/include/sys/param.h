/* Things of BSD. */
#ifndef LIBC_SYS_PARAM_H
#define LIBC_SYS_PARAM_H

#include <limits.h>

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

#endif
