/* The small numbers of lseek and access, and one entry of writev. */
#ifndef ABI_UNISTD_H
#define ABI_UNISTD_H

#include <stddef.h>

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

#define IOV_MAX	 1024
#define PATH_MAX 4096 /* with the final zero */

#define NGROUPS_MAX 32 /* beside the group ids (Linux: 65536) */

struct iovec {
	void *iov_base;
	size_t iov_len;
};

#endif
