/*
 * System V semaphores as user space sees them. Layout: Linux's asm-generic/sembuf.h, which x86's
 * equals on 32 bits.
 */
#ifndef ABI_SEM_H
#define ABI_SEM_H

#include "ipc.h"

/* Flag of an operation, beside IPC_NOWAIT. */
#define SEM_UNDO 0x1000

/* Commands of semctl, beside those of every IPC kind. */
#define GETPID	     11
#define GETVAL	     12
#define GETALL	     13
#define GETNCNT	     14
#define GETZCNT	     15
#define SETVAL	     16
#define SETALL	     17
#define SEM_STAT     18
#define SEM_INFO     19
#define SEM_STAT_ANY 20

#define SEMVMX 32767 /* a semaphore's value, at most */
#define SEMAEM 32767 /* what an exit adds or takes, at most */

struct sembuf {
	uint16_t sem_num;
	int16_t sem_op;
	int16_t sem_flg;
};

struct semid64_ds {
	struct ipc64_perm sem_perm;
	unsigned long sem_otime, sem_otime_high;
	unsigned long sem_ctime, sem_ctime_high;
	unsigned long sem_nsems;
	unsigned long unused[2];
};

/* IPC_INFO: the limits. SEM_INFO: semusz is the sets there are, semaem all their semaphores. */
struct seminfo {
	int32_t semmap, semmni, semmns, semmnu, semmsl, semopm, semume, semusz, semvmx, semaem;
};

/* The old structure: what ipc(2) without IPC_64 gives and takes. */
struct semid_ds_old {
	struct ipc_perm_old sem_perm;
	int32_t sem_otime, sem_ctime;
	uint32_t unused[4];
	uint16_t sem_nsems;
};

#endif
