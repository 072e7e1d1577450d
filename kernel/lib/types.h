/* The words every room of the kernel uses. Knows nothing of kernels; compiles on the host too. */
#ifndef LIB_TYPES_H
#define LIB_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned long vaddr_t; /* a virtual address, bytes */
typedef unsigned long paddr_t; /* a physical address, bytes */
typedef unsigned long pfn_t;   /* a page frame number: paddr / PAGE_SIZE; 0 is never handed out */

#define PFN_NONE 0ul

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#endif
