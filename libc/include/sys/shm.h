/* System V shared memory. */
#ifndef LIBC_SYS_SHM_H
#define LIBC_SYS_SHM_H

#include <abi/shm.h>
#include <machine/abi.h>
#include <sys/ipc.h>
#include <time.h>

typedef unsigned long shmatt_t;

/* A struct shmid64_ds under the names that programs know. */
struct shmid_ds {
	struct ipc_perm shm_perm;
	size_t shm_segsz;
	time_t shm_atime;
	unsigned long shm_atime_high;
	time_t shm_dtime;
	unsigned long shm_dtime_high;
	time_t shm_ctime;
	unsigned long shm_ctime_high;
	pid_t shm_cpid;
	pid_t shm_lpid;
	shmatt_t shm_nattch;
	unsigned long unused[2];
};

/* A struct shminfo64 likewise. */
struct shminfo {
	unsigned long shmmax, shmmin, shmmni, shmseg, shmall;
	unsigned long unused[4];
};

int shmget(key_t key, size_t size, int flags);
void *shmat(int id, const void *address, int flags);
int shmdt(const void *address);
int shmctl(int id, int command, struct shmid_ds *buffer);

#endif
