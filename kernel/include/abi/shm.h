/*
 * System V shared memory as user space sees it. Layout: Linux's asm-generic/shmbuf.h, the same on
 * every 32-bit port; SHMLBA, which is not, is in machine/abi.h.
 */
#ifndef ABI_SHM_H
#define ABI_SHM_H

#include "ipc.h"

/* Flags of shmget, beside IPC_CREAT, IPC_EXCL and the mode. */
#define SHM_HUGETLB   04000
#define SHM_NORESERVE 010000

/* Flags of shmat. */
#define SHM_RDONLY 010000
#define SHM_RND	   020000
#define SHM_REMAP  040000
#define SHM_EXEC   0100000

/* Commands of shmctl, beside those of every IPC kind. */
#define SHM_LOCK     11
#define SHM_UNLOCK   12
#define SHM_STAT     13
#define SHM_INFO     14
#define SHM_STAT_ANY 15

/* Bits above the permissions in shm_perm.mode. */
#define SHM_R	    0400
#define SHM_W	    0200
#define SHM_DEST    01000
#define SHM_LOCKED  02000

struct shmid64_ds {
	struct ipc64_perm shm_perm;
	unsigned long shm_segsz; /* bytes, as asked for */
	unsigned long shm_atime, shm_atime_high;
	unsigned long shm_dtime, shm_dtime_high;
	unsigned long shm_ctime, shm_ctime_high;
	int32_t shm_cpid;
	int32_t shm_lpid;
	unsigned long shm_nattch;
	unsigned long unused[2];
};

/* IPC_INFO: the limits. shmall in pages. */
struct shminfo64 {
	unsigned long shmmax, shmmin, shmmni, shmseg, shmall;
	unsigned long unused[4];
};

/* SHM_INFO: the use made of them. The three shm_ in pages. */
struct shm_info {
	int32_t used_ids;
	unsigned long shm_tot, shm_rss, shm_swp;
	unsigned long swap_attempts, swap_successes;
};

/* The old structures: what ipc(2) without IPC_64 gives and takes. */
struct shmid_ds_old {
	struct ipc_perm_old shm_perm;
	int32_t shm_segsz;
	int32_t shm_atime, shm_dtime, shm_ctime;
	uint16_t shm_cpid, shm_lpid;
	uint16_t shm_nattch;
	uint16_t unused1;
	uint32_t unused2[2];
};

struct shminfo_old {
	int32_t shmmax, shmmin, shmmni, shmseg, shmall;
};

#endif
