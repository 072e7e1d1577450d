/* Memory and load of the whole system. */
#ifndef LIBC_SYS_SYSINFO_H
#define LIBC_SYS_SYSINFO_H

#include <abi/sysinfo.h>

int sysinfo(struct sysinfo *info);

#endif
