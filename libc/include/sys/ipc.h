/* What the kinds of System V IPC share. */
#ifndef LIBC_SYS_IPC_H
#define LIBC_SYS_IPC_H

#include <abi/ipc.h>
#include <sys/types.h>

/* A struct ipc64_perm under the names that programs know. */
struct ipc_perm {
	key_t __key;
	uid_t uid;
	gid_t gid;
	uid_t cuid;
	gid_t cgid;
	unsigned short mode;
	unsigned short pad1;
	unsigned short __seq;
	unsigned short pad2;
	unsigned long unused[2];
};

/* A key made of a file's inode and device and the low 8 bits of a number; -1 if there is no file. */
key_t ftok(const char *path, int number);

#endif
