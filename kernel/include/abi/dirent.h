/* What getdents64 writes: records of d_reclen bytes, one after the other. */
#ifndef ABI_DIRENT_H
#define ABI_DIRENT_H

#include <stdint.h>

#define DT_UNKNOWN 0
#define DT_FIFO	   1
#define DT_CHR	   2
#define DT_DIR	   4
#define DT_BLK	   6
#define DT_REG	   8
#define DT_LNK	   10
#define DT_SOCK	   12

struct linux_dirent64 {
	uint64_t d_ino;
	int64_t d_off; /* where the next record is: a position for lseek */
	uint16_t d_reclen;
	uint8_t d_type;
	char d_name[];
};

#endif
