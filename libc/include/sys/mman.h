/* Mapping memory. */
#ifndef LIBC_SYS_MMAN_H
#define LIBC_SYS_MMAN_H

#include <abi/mman.h>
#include <sys/types.h>

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset);
int munmap(void *address, size_t size);
int mprotect(void *address, size_t size, int protection);
void *mremap(void *address, size_t size, size_t new_size, int flags, ...);
int madvise(void *address, size_t size, int advice);
int msync(void *address, size_t size, int flags);
int mincore(void *address, size_t size, unsigned char *present);
int mlock(const void *address, size_t size);
int mlock2(const void *address, size_t size, unsigned flags);
int munlock(const void *address, size_t size);
int mlockall(int flags);
int munlockall(void);

/* A file that is nothing but memory, in /dev/shm: ftruncate gives it its size, mmap maps it. */
int shm_open(const char *name, int flags, mode_t mode);
int shm_unlink(const char *name);

#endif
