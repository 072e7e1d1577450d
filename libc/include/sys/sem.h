/*
 * System V semaphores. As on Linux, a program defines union semun itself, or passes what is in it.
 */
#ifndef LIBC_SYS_SEM_H
#define LIBC_SYS_SEM_H

#include <abi/sem.h>
#include <sys/ipc.h>
#include <time.h>

#define _SEM_SEMUN_UNDEFINED 1

/* A struct semid64_ds under the names that programs know. */
struct semid_ds {
	struct ipc_perm sem_perm;
	time_t sem_otime;
	unsigned long sem_otime_high;
	time_t sem_ctime;
	unsigned long sem_ctime_high;
	unsigned long sem_nsems;
	unsigned long unused[2];
};

int semget(key_t key, int count, int flags);
int semop(int id, struct sembuf *operations, size_t count);
int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout);
/*
 * The fourth argument, a union semun, is as the command wants it; without one it may be left out.
 */
int semctl(int id, int number, int command, ...);

#endif
