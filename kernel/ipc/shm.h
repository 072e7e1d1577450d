/*
 * System V shared memory: the segments. A segment is a name, with permissions, times and pids, for
 * a shared object that has the pages and the attaches (mm/shm_object.h).
 *
 *     shm_segs[SHMMNI]        struct shmid_kernel            struct shm_object
 *     +------+               +-------------------+         +-------------------+
 *     |  0   | ────────────> | shm_perm key mode |         | shm_pages ──> …   |
 *     +------+               | shm_segsz, times  |         | attaches ──> vm_area <-> vm_area
 *     | NULL |               | object ───────────+───────> | shm_nattch        |  (of any process)
 *     +------+               +-------------------+ <───────+ name              |
 *     |  …   |                                             +-------------------+
 *
 *     shmget ──> used, detached <── shmdt, exit, exec ──┐
 *                    │    └────── shmat, fork ──> attached
 *               IPC_RMID                            │ IPC_RMID: SHM_DEST, key 0 and free at once
 *                    v                              v
 *                destroyed <── the last detach ── marked
 *
 * One file a task: shm.c finds and creates, shm_attach.c attaches and detaches, shm_remove.c
 * removes, shm_ctl.c tells. The page itself comes into being in mm/shm_nopage.c.
 */
#ifndef IPC_SHM_H
#define IPC_SHM_H

#include <abi/shm.h>
#include <ipc/ipc.h>
#include <mm/shm_object.h>

#ifndef SHMMNI
#define SHMMNI 4096
#endif
_Static_assert(SHMMNI >= 1 && SHMMNI <= IPC_SLOTS_MAX, "SHMMNI: a slot's number has 15 bits");

struct shmid_kernel {
	/* first: ipc.c sees only this. mode: 0777, SHM_DEST, SHM_LOCKED */
	struct ipc_perm shm_perm;
	size_t shm_segsz;	  /* bytes, as asked for */
	unsigned long shm_atim, shm_dtim, shm_ctim; /* seconds since 1970 */
	int shm_cprid, shm_lprid; /* pids: creator, last attach or detach */
	unsigned shm_locker;	  /* while SHM_LOCKED: the real uid it counts for */
	uint64_t shm_creator;	  /* when the creator was started: its pid may come again */
	struct shm_object *object;
};

/* shm_ids.slots.objects, as long as shmmni is not raised */
extern struct shmid_kernel *shm_segs[SHMMNI];
extern struct ipc_ids shm_ids;

/* The limits, as in /proc/sys/kernel; shmmni is shm_ids.limit. Linux's defaults for 32 bits. */
extern unsigned long shm_max; /* bytes of one segment */
extern unsigned long shm_all; /* pages of all segments */
extern unsigned long shm_seg; /* attaches of one process, boot argument shmseg=N; 0: no limit */

extern int shm_rmid_forced; /* 1: every segment is as if marked; in shm_forced.c */

extern unsigned long shm_tot; /* pages asked for, of all segments */

/* Reads shmseg= from the boot arguments. */
void shm_init(void);

/* The segment with that id, or NULL (never was, or stale). O(1). */
static inline struct shmid_kernel *
shm_find(int id)
{
	return (struct shmid_kernel *)ipc_find(&shm_ids, id);
}

/* The segment that begins with this. */
static inline struct shmid_kernel *
shm_of(const struct ipc_perm *perm)
{
	return container_of(perm, struct shmid_kernel, shm_perm);
}

/* The calls. The running task is the caller; each checks everything first. */

/* The id, or -ENOENT -EEXIST -EINVAL -EACCES -ENOSPC -ENOMEM; order of checks: docs/man/shmget.2 */
static inline long
shm_get(int key, size_t size, unsigned flags)
{
	return ipc_get(&shm_ids, key, size, flags);
}
/* 0 with *address set, or -EINVAL -EACCES -EMFILE -ENOMEM */
int shm_attach(int id, vaddr_t address, unsigned flags, vaddr_t *result);
/* 0 or -EINVAL */
int shm_detach(vaddr_t address);
/* shmctl; `old`: the structures are the old ones of 48 bytes. Errors: docs/man/shmctl.2 */
long shm_control(int id, int command, void *user, bool old);

/* What a segment can do that other kinds of IPC cannot; in shm_ctl.c, but for removal. */
extern const struct ipc_kind shm_kind;
long shm_create(int key, size_t size, unsigned flags);
int shm_suits(const struct ipc_perm *perm, size_t size);
/* IPC_RMID: the name goes at once, the memory with its last attach. */
void shm_remove(struct ipc_perm *perm);
/* shm_rmid_forced was set: what is not attached, and whose creator has ended, is destroyed. */
void shm_destroy_orphans(void);
/* The process ends: so does, with shm_rmid_forced, what it made and nobody has attached. */
void shm_process_ended(const struct process *process);
/* The last attach of a marked segment has gone, or IPC_RMID found none: take everything back. */
void shm_destroy(struct shmid_kernel *segment);

void shm_check(void); /* check=1: the laws for all segments. Panics. */

#endif
