/* Ids, keys and permissions of System V IPC, and the get calls. */
#include <abi/errno.h>
#include <ipc/ipc.h>

static unsigned
chain_of(int key)
{
	return ((unsigned)key * 2654435769u) >> 22; /* Knuth's multiplicative hash, 10 bits */
}

struct ipc_perm *
ipc_find_key(const struct ipc_ids *ids, int key)
{
	struct ipc_perm *perm = ids->by_key[chain_of(key)];

	while (perm && perm->key != key)
		perm = perm->next_by_key;
	return perm;
}

/* The next free slot, cyclically; ids->slots when there is none. */
static unsigned
next_slot(const struct ipc_ids *ids)
{
	unsigned slot = bitmap_find_zero(ids->used, ids->slots, ids->cursor);

	if (slot == ids->slots)
		slot = bitmap_find_zero(ids->used, ids->slots, 0);
	return slot;
}

/* Root has asked for an id (next_id): its seq, and its slot or the first free one after it. */
static unsigned
wanted_slot(struct ipc_ids *ids)
{
	unsigned slot = bitmap_find_zero(ids->used, ids->slots, ipc_slot(ids->next_id));

	if (slot < ids->slots)
		ids->seq[slot] = ipc_seq(ids->next_id);
	ids->next_id = -1;
	return slot;
}

int
ipc_add(struct ipc_ids *ids, struct ipc_perm *perm, int key, unsigned flags)
{
	const struct credentials *cred = &current->process->cred;

	if (ids->in_use >= ids->limit)
		return -ENOSPC;
	unsigned slot = ids->next_id < 0 ? next_slot(ids) : wanted_slot(ids);
	if (slot >= ids->slots)
		return -ENOSPC;
	bitmap_set(ids->used, slot);
	ids->objects[slot] = perm;
	ids->in_use++;
	ids->cursor = slot + 1;
	perm->id = ids->seq[slot] * IPC_SLOTS_MAX + slot;
	perm->key = key;
	perm->mode = flags & 0777;
	perm->uid = perm->cuid = cred->euid;
	perm->gid = perm->cgid = cred->egid;
	if (key != IPC_PRIVATE) {
		perm->next_by_key = ids->by_key[chain_of(key)];
		ids->by_key[chain_of(key)] = perm;
	}
	return 0;
}

void
ipc_forget_key(struct ipc_ids *ids, struct ipc_perm *perm)
{
	if (perm->key == IPC_PRIVATE)
		return;
	struct ipc_perm **link = &ids->by_key[chain_of(perm->key)];
	while (*link != perm)
		link = &(*link)->next_by_key;
	*link = perm->next_by_key;
	perm->key = IPC_PRIVATE;
}

void
ipc_drop(struct ipc_ids *ids, struct ipc_perm *perm)
{
	unsigned slot = ipc_slot(perm->id);

	ipc_forget_key(ids, perm);
	bitmap_clear(ids->used, slot);
	ids->objects[slot] = NULL;
	ids->seq[slot]++;
	ids->in_use--;
}

int
ipc_highest(const struct ipc_ids *ids)
{
	unsigned last = bitmap_find_last(ids->used, ids->slots);
	return last == ids->slots ? 0 : last;
}

static bool
in_group(const struct credentials *cred, unsigned gid)
{
	if (cred->egid == gid)
		return true;
	for (unsigned i = 0; i < cred->group_count; i++)
		if (cred->groups[i] == gid)
			return true;
	return false;
}

bool
ipc_granted(const struct ipc_perm *perm, unsigned flags)
{
	const struct credentials *cred = &current->process->cred;
	unsigned wanted = (flags >> 6 | flags >> 3 | flags) & 7, granted = perm->mode;

	if (cred->euid == perm->cuid || cred->euid == perm->uid)
		granted >>= 6;
	else if (in_group(cred, perm->cgid) || in_group(cred, perm->gid))
		granted >>= 3;
	return !(wanted & ~granted);
}

long
ipc_get(struct ipc_ids *ids, int key, size_t size, unsigned flags)
{
	const struct ipc_kind *kind = ids->kind;

	if (key == IPC_PRIVATE)
		return kind->create(key, size, flags);
	struct ipc_perm *perm = ipc_find_key(ids, key);
	if (!perm)
		return flags & IPC_CREAT ? kind->create(key, size, flags) : -ENOENT;
	if (flags & IPC_CREAT && flags & IPC_EXCL)
		return -EEXIST;
	if (kind->suits && !kind->suits(perm, size))
		return -EINVAL;
	if (!ipc_permitted(perm, flags))
		return -EACCES;
	return perm->id;
}
