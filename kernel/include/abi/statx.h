/* What statx tells: the same layout on every machine. */
#ifndef ABI_STATX_H
#define ABI_STATX_H

#include <stdint.h>

#define STATX_BASIC_STATS 0x000007ffu /* what stat tells */
#define STATX__RESERVED	  0x80000000u

struct statx_timestamp {
	int64_t tv_sec;
	uint32_t tv_nsec;
	int32_t pad;
};

struct statx {
	uint32_t stx_mask; /* what of the following is known */
	uint32_t stx_blksize;
	uint64_t stx_attributes;
	uint32_t stx_nlink;
	uint32_t stx_uid;
	uint32_t stx_gid;
	uint16_t stx_mode;
	uint16_t pad1;
	uint64_t stx_ino;
	uint64_t stx_size;
	uint64_t stx_blocks; /* of 512 bytes */
	uint64_t stx_attributes_mask;
	struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
	uint32_t stx_rdev_major, stx_rdev_minor;
	uint32_t stx_dev_major, stx_dev_minor;
	uint64_t stx_mnt_id;
	uint64_t pad2[13];
};
_Static_assert(sizeof(struct statx) == 256, "Linux's layout");

#endif
