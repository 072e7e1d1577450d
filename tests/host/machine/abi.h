/* What user space sees of the mock port. */
#ifndef MACHINE_ABI_H
#define MACHINE_ABI_H

#include <stdint.h>

#define SHMLBA 0x1000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define SYSCALL_PAIR(low, high) (((uint64_t)(uint32_t)(high) << 32) | (uint32_t)(low))
#define SYSCALL_ALIGN
#define ELF_MACHINE 3 /* the checks are the same for every machine */

struct stat64 {
	uint64_t st_dev, st_ino, st_rdev, st_blocks;
	int64_t st_size;
	uint32_t st_ino_low, st_mode, st_nlink, st_uid, st_gid, st_blksize;
	long st_atime, st_mtime, st_ctime;
	uint32_t st_atime_nsec, st_mtime_nsec, st_ctime_nsec;
};

#endif
