/* What user space sees and ports do not share: the i386 values and layouts of Linux. */
#ifndef MACHINE_ABI_H
#define MACHINE_ABI_H

#include <stdint.h>

/* An attach address is a multiple of this, or is rounded down to one by SHM_RND. */
#define SHMLBA 4096

#define ELF_MACHINE 3 /* EM_386 */
#define UTSNAME_MACHINE "i686"

#define O_LARGEFILE 0100000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW  0400000

/* Or'ed into the command of the direct control calls (shmctl …): they know the new structures. */
#define IPC_CONTROL 0

/*
 * A 64-bit argument of a system call takes two registers: here the next two, low word first.
 * (Ports that want it in an even register put an unused one before it.)
 */
#define SYSCALL_PAIR(low, high) (((uint64_t)(uint32_t)(high) << 32) | (uint32_t)(low))
/* Before a pair among a handler's parameters, where the arguments before it are odd in number. */
#define SYSCALL_ALIGN
/* The other way round: an offset as the last arguments of a call. */
#define SYSCALL_SPLIT(offset) (long)(offset), (long)((offset) >> 32)

/* set_thread_area: the segment that a program's thread pointer lives in. */
struct user_desc {
	uint32_t entry_number; /* -1: choose one, and tell */
	uint32_t base_addr;
	uint32_t limit;
	uint32_t seg_32bit : 1;
	uint32_t contents : 2;
	uint32_t read_exec_only : 1;
	uint32_t limit_in_pages : 1;
	uint32_t seg_not_present : 1;
	uint32_t useable : 1;
};

/* 96 bytes. */
struct stat64 {
	uint64_t st_dev;
	uint32_t pad1;
	uint32_t st_ino_low; /* st_ino cut to 32 bits */
	uint32_t st_mode;
	uint32_t st_nlink;
	uint32_t st_uid;
	uint32_t st_gid;
	uint64_t st_rdev;
	uint32_t pad2;
	int64_t st_size;
	uint32_t st_blksize;
	uint64_t st_blocks; /* of 512 bytes */
	long st_atime;
	uint32_t st_atime_nsec;
	long st_mtime;
	uint32_t st_mtime_nsec;
	long st_ctime;
	uint32_t st_ctime_nsec;
	uint64_t st_ino;
};

#endif
