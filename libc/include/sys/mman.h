/* Mapping memory. */
#ifndef LIBC_SYS_MMAN_H
#define LIBC_SYS_MMAN_H

#include <abi/mman.h>
#include <sys/types.h>

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset);
int munmap(void *address, size_t size);
int mprotect(void *address, size_t size, int protection);
int msync(void *address, size_t size, int flags);

/* A file that is nothing but memory, in /dev/shm: ftruncate gives it its size, mmap maps it. */
int shm_open(const char *name, int flags, mode_t mode);
int shm_unlink(const char *name);

#endif
