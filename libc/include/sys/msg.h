/* System V message queues. */
#ifndef LIBC_SYS_MSG_H
#define LIBC_SYS_MSG_H

#include <abi/msg.h>
#include <machine/abi.h>
#include <sys/ipc.h>
#include <time.h>

typedef unsigned long msgqnum_t;
typedef unsigned long msglen_t;

/* A struct msqid64_ds under the names that programs know. */
struct msqid_ds {
	struct ipc_perm msg_perm;
	time_t msg_stime;
	unsigned long msg_stime_high;
	time_t msg_rtime;
	unsigned long msg_rtime_high;
	time_t msg_ctime;
	unsigned long msg_ctime_high;
	unsigned long __msg_cbytes;
	msgqnum_t msg_qnum;
	msglen_t msg_qbytes;
	pid_t msg_lspid;
	pid_t msg_lrpid;
	unsigned long unused[2];
};
#define msg_cbytes __msg_cbytes

/* How a message begins; programs declare their own, with as much text as they need. */
struct msgbuf {
	long mtype; /* above 0 */
	char mtext[1];
};

/* Sizes are those of the text alone. */
int msgget(key_t key, int flags);
int msgsnd(int id, const void *message, size_t size, int flags);
ssize_t msgrcv(int id, void *message, size_t size, long type, int flags);
int msgctl(int id, int command, struct msqid_ds *buffer);

#endif
