/*
 * System V message queues as user space sees them. Layout: Linux's asm-generic/msgbuf.h and
 * linux/msg.h, the same on every 32-bit port.
 */
#ifndef ABI_MSG_H
#define ABI_MSG_H

#include "ipc.h"

/* Flags of msgrcv, beside IPC_NOWAIT. */
#define MSG_NOERROR 010000 /* cut a message that is too long */
#define MSG_EXCEPT  020000 /* any type but this one */
#define MSG_COPY    040000 /* the message at this position, which stays in the queue */

/* Commands of msgctl, beside those of every IPC kind. */
#define MSG_STAT     11
#define MSG_INFO     12
#define MSG_STAT_ANY 13

/* The limits at boot. */
#define MSGMNI 32000 /* queues */
#define MSGMAX 8192  /* bytes of a message */
#define MSGMNB 16384 /* bytes of a queue */

/* What IPC_INFO answers for limits that do not exist. */
#define MSGPOOL (MSGMNI * (MSGMNB / 1024))
#define MSGTQL	MSGMNB
#define MSGMAP	MSGMNB
#define MSGSSZ	16
#define MSGSEG	0xffff

struct msqid64_ds {
	struct ipc64_perm msg_perm;
	unsigned long msg_stime, msg_stime_high;
	unsigned long msg_rtime, msg_rtime_high;
	unsigned long msg_ctime, msg_ctime_high;
	unsigned long msg_cbytes; /* in the queue */
	unsigned long msg_qnum;	  /* messages in the queue */
	unsigned long msg_qbytes; /* that it takes at most */
	int32_t msg_lspid;
	int32_t msg_lrpid;
	unsigned long unused[2];
};

/* IPC_INFO: the limits. MSG_INFO: msgpool queues, msgmap messages, msgtql bytes are there. */
struct msginfo {
	int32_t msgpool, msgmap, msgmax, msgmnb, msgmni, msgssz, msgtql;
	uint16_t msgseg;
};

/* The old structure: what ipc(2) without IPC_64 gives and takes. */
struct msqid_ds_old {
	struct ipc_perm_old msg_perm;
	uint32_t unused1[2];
	int32_t msg_stime, msg_rtime, msg_ctime;
	uint32_t msg_lcbytes; /* in full what the 16 bits of msg_cbytes may not hold */
	uint32_t msg_lqbytes; /* the same of msg_qbytes; IPC_SET takes it when msg_qbytes is 0 */
	uint16_t msg_cbytes, msg_qnum, msg_qbytes;
	uint16_t msg_lspid, msg_lrpid;
};

#endif
