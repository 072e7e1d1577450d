/* Ids, keys and permissions of System V IPC. */
#include <abi/errno.h>
#include <ipc/ipc.h>
#include <task/task.h>

static unsigned
chain_of(int key)
{
	return ((unsigned)key * 2654435769u) >> 22; /* Knuth's multiplicative hash, 10 bits */
}

struct ipc_perm *
ipc_find(const struct ipc_ids *ids, int key)
{
	struct ipc_perm *perm = ids->by_key[chain_of(key)];

	while (perm && perm->key != key)
		perm = perm->next_by_key;
	return perm;
}

/* The next free slot, cyclically; ids->slots when there is none. */
static unsigned
free_slot(struct ipc_ids *ids)
{
	unsigned slot = bitmap_find_zero(ids->used, ids->slots, ids->cursor);

	if (slot == ids->slots)
		slot = bitmap_find_zero(ids->used, ids->slots, 0);
	return slot;
}

int
ipc_add(struct ipc_ids *ids, struct ipc_perm *perm, int key, unsigned mode)
{
	const struct credentials *cred = &current->process->cred;
	unsigned slot = free_slot(ids);

	if (slot == ids->slots)
		return -ENOSPC;
	bitmap_set(ids->used, slot);
	ids->in_use++;
	ids->cursor = slot + 1;
	perm->id = ids->seq[slot] * IPC_SLOTS_MAX + slot;
	perm->key = key;
	perm->mode = mode;
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
ipc_remove(struct ipc_ids *ids, struct ipc_perm *perm)
{
	unsigned slot = ipc_slot(perm->id);

	ipc_forget_key(ids, perm);
	bitmap_clear(ids->used, slot);
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
ipc_permitted(const struct ipc_perm *perm, unsigned flags)
{
	const struct credentials *cred = &current->process->cred;
	unsigned wanted = (flags >> 6 | flags >> 3 | flags) & 7, granted = perm->mode;

	if (cred->euid == 0)
		return true;
	if (cred->euid == perm->cuid || cred->euid == perm->uid)
		granted >>= 6;
	else if (in_group(cred, perm->cgid) || in_group(cred, perm->gid))
		granted >>= 3;
	return !(wanted & ~granted);
}

bool
ipc_owned(const struct ipc_perm *perm)
{
	unsigned euid = current->process->cred.euid;
	return euid == perm->cuid || euid == perm->uid || euid == 0;
}

void
ipc_perm_export(const struct ipc_perm *perm, struct ipc64_perm *out)
{
	out->key = perm->key;
	out->uid = perm->uid;
	out->gid = perm->gid;
	out->cuid = perm->cuid;
	out->cgid = perm->cgid;
	out->mode = perm->mode;
	out->seq = ipc_seq(perm->id);
}

/* Ids that do not fit into 16 bits show as 65534, Linux's overflow uid. */
static uint16_t
narrow(unsigned id)
{
	return id > 0xffff ? 65534 : id;
}

void
ipc_perm_export_old(const struct ipc_perm *perm, struct ipc_perm_old *out)
{
	out->key = perm->key;
	out->uid = narrow(perm->uid);
	out->gid = narrow(perm->gid);
	out->cuid = narrow(perm->cuid);
	out->cgid = narrow(perm->cgid);
	out->mode = perm->mode;
	out->seq = ipc_seq(perm->id);
}
