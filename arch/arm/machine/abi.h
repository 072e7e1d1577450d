/* What user space sees and ports do not share: the values and layouts of Linux's ARM EABI. */
#ifndef MACHINE_ABI_H
#define MACHINE_ABI_H

#include <stdint.h>

/*
 * An attach address is a multiple of this, or is rounded down to one by SHM_RND. Caches that are
 * indexed by virtual address want four pages (Linux, arch/arm/include/asm/shmparam.h).
 */
#define SHMLBA 16384

#define ELF_MACHINE 40 /* EM_ARM */
#define UTSNAME_MACHINE "armv7l"

#define O_DIRECTORY 0040000
#define O_NOFOLLOW 0100000
#define O_LARGEFILE 0400000

/* Or'ed into the command of the direct control calls (shmctl …): IPC_64 gives the new structures.
 */
#define IPC_CONTROL 0x0100

/*
 * A 64-bit argument of a system call takes two registers, low word first, and the first of them is
 * even: where the arguments before it are odd in number, a handler has an unused one before it.
 */
#define SYSCALL_PAIR(low, high) (((uint64_t)(uint32_t)(high) << 32) | (uint32_t)(low))
/* Stands there: before a pair among a handler's parameters. */
#define SYSCALL_ALIGN long unused_register __attribute__((unused)),
/* The other way round: an offset as the last arguments of a call, after an odd number of them. */
#define SYSCALL_SPLIT(offset) 0l, (long)(offset), (long)((offset) >> 32)

/* 104 bytes: 64-bit members lie at multiples of 8. */
struct stat64 {
	uint64_t st_dev;
	uint32_t pad1;
	uint32_t st_ino_low; /* st_ino cut to 32 bits */
	uint32_t st_mode;
	uint32_t st_nlink;
	uint32_t st_uid;
	uint32_t st_gid;
	uint64_t st_rdev;
	uint32_t pad2[2];
	int64_t st_size;
	uint32_t st_blksize;
	uint32_t pad3;
	uint64_t st_blocks; /* of 512 bytes */
	long st_atime;
	uint32_t st_atime_nsec;
	long st_mtime;
	uint32_t st_mtime_nsec;
	long st_ctime;
	uint32_t st_ctime_nsec;
	uint64_t st_ino;
};
_Static_assert(sizeof(struct stat64) == 104, "Linux's layout");

#endif
