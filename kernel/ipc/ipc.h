/*
 * What the three kinds of System V IPC have in common: ids, keys, permissions. (Segments today;
 * semaphores and messages will stand on the same layer.)
 *
 *      key ──hash──> struct ipc_perm <──slot── id = seq × 32768 + slot
 *
 * A slot's seq moves on each time its object is removed, so that an old id never names a stranger.
 * Slots are handed out cyclically.
 *
 * Laws (check=1): a slot is used if and only if its object is found by key, or its key is
 * IPC_PRIVATE; no two used slots share another key.
 */
#ifndef IPC_IPC_H
#define IPC_IPC_H

#include <abi/ipc.h>
#include <lib/bitmap.h>

#define IPC_SLOTS_MAX 32768 /* a slot's number takes the low 15 bits of an id */
#define IPC_CHAINS 1024

/* First member of every IPC object. */
struct ipc_perm {
	int key; /* IPC_PRIVATE: found by id only */
	int id;
	unsigned uid, gid, cuid, cgid;
	unsigned mode; /* 0777, and bits of the kind above them */
	struct ipc_perm *next_by_key;
};

/* All objects of one kind. The kind's own array maps slots to objects. */
struct ipc_ids {
	unsigned slots;	       /* how many there are at most */
	unsigned in_use;
	unsigned cursor;       /* where the search for a free slot goes on */
	unsigned long *used;   /* bitmap of slots */
	unsigned short *seq;   /* of each slot's next object */
	struct ipc_perm *by_key[IPC_CHAINS];
};

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

/*
 * Give `perm` a slot and an id, the running task as creator and owner, and `mode`; enter it under
 * `key`. 0 or -ENOSPC.
 */
int ipc_add(struct ipc_ids *ids, struct ipc_perm *perm, int key, unsigned mode);
/* The object with that key, or NULL. O(1) for as many objects as there are chains. */
struct ipc_perm *ipc_find(const struct ipc_ids *ids, int key);
/* The key is free again; the object goes on under IPC_PRIVATE. */
void ipc_forget_key(struct ipc_ids *ids, struct ipc_perm *perm);
/* Take it out of the set: its id is stale from now on. */
void ipc_remove(struct ipc_ids *ids, struct ipc_perm *perm);
/* The highest used slot, 0 when none is. */
int ipc_highest(const struct ipc_ids *ids);

/*
 * The running task may do to the object what `flags` asks for: mode bits in any of the three places
 * (0400 as 0040 as 0004). Owner bits count if its euid is uid or cuid, else group bits if one of
 * its groups is gid or cgid, else the others'. Root passes.
 */
bool ipc_permitted(const struct ipc_perm *perm, unsigned flags);
/* It may set and remove: owner, creator or root. */
bool ipc_owned(const struct ipc_perm *perm);

/* For user space, in both layouts. *out is zero: what is not told stays so. */
void ipc_perm_export(const struct ipc_perm *perm, struct ipc64_perm *out);
void ipc_perm_export_old(const struct ipc_perm *perm, struct ipc_perm_old *out);

#endif
