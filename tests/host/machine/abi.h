/* What user space sees of the mock port. */
#ifndef MACHINE_ABI_H
#define MACHINE_ABI_H

#include <stdint.h>

#define SHMLBA 0x1000
#define ELF_MACHINE 3 /* the checks are the same for every machine */

struct stat64 {
	uint64_t st_dev, st_ino, st_rdev, st_blocks;
	int64_t st_size;
	uint32_t st_ino_low, st_mode, st_nlink, st_uid, st_gid, st_blksize;
	long st_atime, st_mtime, st_ctime;
};

#endif
