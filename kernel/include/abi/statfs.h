/* What statfs64 tells of a file system. */
#ifndef ABI_STATFS_H
#define ABI_STATFS_H

#include <stdint.h>

#define RAMFS_MAGIC	 0x858458f6
#define PROC_SUPER_MAGIC 0x9fa0
#define PIPEFS_MAGIC	 0x50495045
#define TMPFS_MAGIC	 0x01021994

/* f_flags */
#define ST_RDONLY 0x0001
#define ST_VALID  0x0020 /* the flags mean something */

/* 84 bytes: members lie at multiples of 4 on every 32-bit port. */
struct statfs64 {
	uint32_t f_type;
	uint32_t f_bsize; /* bytes of a block */
	uint64_t f_blocks, f_bfree, f_bavail;
	uint64_t f_files, f_ffree;
	int32_t f_fsid[2];
	uint32_t f_namelen;
	uint32_t f_frsize;
	uint32_t f_flags;
	uint32_t f_spare[4];
} __attribute__((packed, aligned(4)));
_Static_assert(sizeof(struct statfs64) == 84, "Linux's layout");
#define STATFS64_PADDED 88 /* what ARM's compilers once made of it, and still may pass as size */

#endif
