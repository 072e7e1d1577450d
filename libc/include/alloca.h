/* Memory that lives as long as the calling function. */
#ifndef LIBC_ALLOCA_H
#define LIBC_ALLOCA_H

#define alloca(size) __builtin_alloca(size)

#endif
