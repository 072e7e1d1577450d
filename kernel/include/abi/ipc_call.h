/*
 * ipc(2), the one call that does them all. A header of its own, for programs never see these names
 * on Linux and may use them for something else.
 */
#ifndef ABI_IPC_CALL_H
#define ABI_IPC_CALL_H

/* Or'ed into a command given to ipc(2): the structure is the 64 kind, not the old one. */
#define IPC_64 0x0100

/* Sub-calls, in the low 16 bits of its first argument; the high 16 are a version. */
#define SEMOP	   1
#define SEMGET	   2
#define SEMCTL	   3
#define SEMTIMEDOP 4
#define MSGSND	   11
#define MSGRCV	   12
#define MSGGET	   13
#define MSGCTL	   14
#define SHMAT	   21
#define SHMDT	   22
#define SHMGET	   23
#define SHMCTL	   24

/* What MSGRCV of version 0 points to. */
struct ipc_kludge {
	void *message;
	long type;
};

#endif
