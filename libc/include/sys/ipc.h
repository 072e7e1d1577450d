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

/*
 * A key made of a file's inode and device and the low 8 bits of a number; -1 if there is no file.
 */
key_t ftok(const char *path, int number);

/*
 * Why the call of shm, sem or msg that has just failed did: "EINVAL: key 0x4d2 exists with 4096
 * bytes, 8192 asked". Looks at errno, which stays as it is. The text is good until the next call.
 * nopage's own; on a kernel that does not tell it is strerror's.
 */
const char *ipc_explain(void);

#endif
