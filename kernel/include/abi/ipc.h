/*
 * System V IPC as user space sees it: flags, commands and permissions; ipc(2) is in ipc_call.h.
 * Layout: Linux's asm-generic/ipcbuf.h, the same on every 32-bit port.
 */
#ifndef ABI_IPC_H
#define ABI_IPC_H

#include <stdint.h>

#define IPC_PRIVATE 0

/* Flags of the get calls; the low nine bits are the mode. */
#define IPC_CREAT  01000
#define IPC_EXCL   02000
#define IPC_NOWAIT 04000

/* Commands of the control calls. */
#define IPC_RMID 0
#define IPC_SET  1
#define IPC_STAT 2
#define IPC_INFO 3

struct ipc64_perm {
	int32_t key;
	uint32_t uid, gid;
	uint32_t cuid, cgid;
	uint16_t mode;
	uint16_t pad1;
	uint16_t seq;
	uint16_t pad2;
	unsigned long unused[2];
};

/* What ipc(2) without IPC_64 gives and takes. */
struct ipc_perm_old {
	int32_t key;
	uint16_t uid, gid;
	uint16_t cuid, cgid;
	uint16_t mode;
	uint16_t seq;
};

#endif
