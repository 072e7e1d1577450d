/* Reading directories. */
#ifndef LIBC_DIRENT_H
#define LIBC_DIRENT_H

#include <abi/dirent.h>

/* A linux_dirent64 with room for a name. */
struct dirent {
	uint64_t d_ino;
	int64_t d_off;
	uint16_t d_reclen;
	uint8_t d_type;
	char d_name[256];
};

typedef struct directory DIR;

DIR *opendir(const char *path);
DIR *fdopendir(int descriptor);
struct dirent *readdir(DIR *directory);
void rewinddir(DIR *directory);
int dirfd(DIR *directory);
int closedir(DIR *directory);

#endif
