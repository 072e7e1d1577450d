/*
 * What the three kinds of System V IPC have in common: ids, keys, permissions, and every call as
 * far as it is the same for segments, semaphore sets and message queues. A kind is a table of what
 * is its own (struct ipc_kind) and the set of its objects (struct ipc_ids).
 *
 *      key ──hash──> struct ipc_perm <──objects[slot]── id = seq × 32768 + slot
 *
 * A slot's seq moves on each time its object is removed, so that an old id never names a stranger.
 * Slots are handed out cyclically.
 *
 * An object that is removed is gone at once: its id is unknown from then on (-EINVAL). Who sleeps
 * on one therefore keeps no pointer to it that it would follow after the sleep. It lies on the
 * object's list by a record on its own stack, with a field that says how the sleep ended; the
 * remover takes each record off the list, writes -EIDRM into it and wakes its owner, who looks
 * there first and nowhere else.
 *
 * Laws (check=1): a slot is used if and only if it has an object; an object is found by its key, or
 * its key is IPC_PRIVATE; no two objects share another key; in_use counts them. (ipc_check)
 */
#ifndef IPC_IPC_H
#define IPC_IPC_H

#include <abi/ipc.h>
#include <abi/ipc_call.h>
#include <ipc/refuse.h>
#include <lib/bitmap.h>
#include <task/task.h>

#define IPC_SLOTS_MAX 32768 /* a slot's number takes the low 15 bits of an id */
#define IPC_CHAINS 1024
/* Bytes of the largest structure that IPC_STAT gives and IPC_SET takes. */
#define IPC_DS_MAX (24 * sizeof(long))

struct text;

/* First member of every IPC object. */
struct ipc_perm {
	int key; /* IPC_PRIVATE: found by id only */
	int id;
	unsigned uid, gid, cuid, cgid;
	unsigned mode; /* 0777, and bits of the kind above them */
	struct ipc_perm *next_by_key;
};

/*
 * What is a kind's own. `old` stands everywhere for the structures of ipc(2) without IPC_64. Each
 * of the kind's structures for user space begins with the ipc64_perm, or ipc_perm_old, which is
 * filled in and taken from by the layer.
 */
struct ipc_kind {
	const char *name; /* "segment" */
	/*
	 * Make an object of `size` bytes, semaphores, or nothing, and ipc_add() it. The id, or the
	 * kind's errors and -ENOMEM, -ENOSPC.
	 */
	long (*create)(int key, size_t size, unsigned flags);
	/* It exists: 0 if it has as much as asked for, else -EINVAL. NULL: every one has. */
	int (*suits)(const struct ipc_perm *perm, size_t size);

	size_t ds_size, old_ds_size; /* bytes of the two structures, at most IPC_DS_MAX */
	/* Write the whole structure; its ipc_perm comes after that. */
	void (*export)(const struct ipc_perm *perm, void *ds);
	void (*export_old)(const struct ipc_perm *perm, void *ds);
	/* May IPC_SET take the rest of the structure? 0 or an error. NULL: it has none. */
	int (*may_set)(const struct ipc_perm *perm, const void *ds, bool old);
	/* It may: take it, and the time. */
	void (*set)(struct ipc_perm *perm, const void *ds, bool old);
	/* IPC_RMID, all checked: take it out, now or when nobody uses it any more. */
	void (*remove)(struct ipc_perm *perm);

	/* /proc/sysvipc: the line of names, and an object's line */
	const char *heading;
	void (*describe)(struct text *text, const struct ipc_perm *perm);
	/* check=1: the kind's laws for one object. Panics. */
	void (*check)(const struct ipc_perm *perm);
};

/* In the kind's own array this is a pointer to a larger struct that begins with the ipc_perm. */
typedef struct ipc_perm *ipc_object_t __attribute__((may_alias));

/* The places for objects, by number. */
struct ipc_slots {
	unsigned count;
	ipc_object_t *objects;
	unsigned long *used; /* bitmap */
	unsigned short *seq; /* of each slot's next object */
};

/* All objects of one kind. */
struct ipc_ids {
	const struct ipc_kind *kind;
	unsigned limit;	 /* objects there may be: shmmni, msgmni, the fourth of sem */
	int next_id;	 /* the id that the next object is to have, -1: any; shm_next_id … */
	unsigned in_use;
	unsigned cursor; /* where the search for a free slot goes on */
	struct ipc_slots slots;
	struct ipc_perm *by_key[IPC_CHAINS];
	/*
	 * Slots are doubled when all are used, and the limit allows more. What the kind's own array
	 * was is kept, and is enough again once there is no object any more.
	 */
	struct ipc_slots own; /* count 0: `slots` are the kind's own */
	unsigned short newest_seq; /* of any slot that was used */
};

/*
 * The initial value of a struct ipc_ids with static storage: `array` has `size` pointers. Where
 * there may be more objects than that, it is only the first array.
 */
#define IPC_IDS(its_kind, array, size, its_limit)                                                  \
	{                                                                                          \
		.kind = (its_kind), .limit = (its_limit), .next_id = -1,                           \
		.slots = {                                                                         \
			.count = (size),                                                           \
			.objects = (ipc_object_t *)(array),                                        \
			.used = (unsigned long[BITMAP_WORDS(size)]){0},                            \
			.seq = (unsigned short[size]){0},                                          \
		},                                                                                 \
	}

static inline unsigned
ipc_slot(int id)
{
	return id & (IPC_SLOTS_MAX - 1);
}

static inline unsigned
ipc_seq(int id)
{
	return (unsigned)id / IPC_SLOTS_MAX;
}

/* The object in the id's slot, whatever its seq, or NULL. */
static inline struct ipc_perm *
ipc_in_slot(const struct ipc_ids *ids, int id)
{
	return ipc_slot(id) < ids->slots.count ? ids->slots.objects[ipc_slot(id)] : NULL;
}

/* The object with that id, or NULL: never was, or stale. No id is negative. */
static inline struct ipc_perm *
ipc_find(const struct ipc_ids *ids, int id)
{
	struct ipc_perm *perm = ipc_in_slot(ids, id);
	return perm && perm->id == id ? perm : NULL;
}

/* --- ipc.c: for the kinds --- */

/*
 * Give `perm` a slot and an id, the running task as creator and owner, and the mode in `flags`;
 * enter it under `key`. 0, -ENOSPC, -ENOMEM.
 */
int ipc_add(struct ipc_ids *ids, struct ipc_perm *perm, int key, unsigned flags);
/* The object with that key, or NULL. O(1) for as many objects as there are chains. */
struct ipc_perm *ipc_find_key(const struct ipc_ids *ids, int key);
/* The key is free again; the object goes on under IPC_PRIVATE. */
void ipc_forget_key(struct ipc_ids *ids, struct ipc_perm *perm);
/* Take it out of the set: its id is stale from now on. The memory is the kind's to free. */
void ipc_drop(struct ipc_ids *ids, struct ipc_perm *perm);
/* The highest used slot, 0 when none is: what the INFO commands return. */
int ipc_highest(const struct ipc_ids *ids);
/*
 * The running task, not root, may do to the object what `flags` asks for: mode bits in any of the
 * three places (0400 as 0040 as 0004). Owner bits count if its euid is uid or cuid, else group bits
 * if one of its groups is gid or cgid, else the others'.
 */
bool ipc_granted(const struct ipc_perm *perm, unsigned flags);

/* The same, but root passes. */
static inline bool
ipc_permitted(const struct ipc_perm *perm, unsigned flags)
{
	return current->process->cred.euid == 0 || ipc_granted(perm, flags);
}

/* The running task may set and remove the object: it is owner, creator or root. */
static inline bool
ipc_owned(const struct ipc_perm *perm)
{
	unsigned euid = current->process->cred.euid;
	return euid == 0 || euid == perm->uid || euid == perm->cuid;
}

/*
 * shmget, semget, msgget. The id, or in this order: -ENOENT; what create() says; or, for an
 * existing key, -EEXIST, -EINVAL (does not suit), -EACCES.
 */
long ipc_get(struct ipc_ids *ids, int key, size_t size, unsigned flags);

/* --- ipc_ctl.c: the control calls --- */

/* IPC_STAT: 0, -EINVAL -EACCES -EFAULT. Copies last: may sleep. */
long ipc_stat(const struct ipc_ids *ids, int id, void *user, bool old);
/*
 * SHM_STAT … (wanted: 0444) and SHM_STAT_ANY … (0): `id` is a slot. The object's id, or errors as
 * above.
 */
long ipc_stat_slot(const struct ipc_ids *ids, int id, unsigned wanted, void *user, bool old);
/*
 * IPC_SET: 0, -EFAULT -EINVAL -EPERM, what may_set says, -EINVAL (uid or gid -1). Copies first: may
 * sleep.
 */
long ipc_set(struct ipc_ids *ids, int id, const void *user, bool old);
/* IPC_RMID: 0, -EINVAL -EPERM. */
long ipc_remove(struct ipc_ids *ids, int id);

/* Takes the bit IPC_64 out of the command of ipc(2); true if it was not there: old structures. */
static inline bool
ipc_is_old(int *command)
{
	bool old = !(*command & IPC_64);

	*command &= ~IPC_64;
	return old;
}

void ipc_proc_text(const struct ipc_ids *ids, struct text *text); /* /proc/sysvipc/shm … */
void ipc_check(const struct ipc_ids *ids); /* check=1: the laws, and each object's. Panics. */

/* --- ipc_process.c --- */

/* From kmain: what the end of a process means to IPC is asked for from now on. */
void ipc_init(void);

#endif
