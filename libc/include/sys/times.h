/* Processor time used, in ticks: _SC_CLK_TCK a second. */
#ifndef LIBC_SYS_TIMES_H
#define LIBC_SYS_TIMES_H

#include <abi/resource.h>
#include <sys/types.h>

clock_t times(struct tms *used);

#endif
