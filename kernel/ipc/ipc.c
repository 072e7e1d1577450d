/* Ids, keys and permissions of System V IPC, and the get calls. */
#include <abi/errno.h>
#include <ipc/ipc.h>
#include <lib/string.h>
#include <mm/kmalloc.h>

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

/* Room for `count` slots in one piece; false: no memory. */
static bool
make_slots(struct ipc_slots *slots, unsigned count)
{
	size_t used_size = BITMAP_WORDS(count) * sizeof(*slots->used);
	char *room = kzalloc(count * (sizeof(*slots->objects) + sizeof(*slots->seq)) + used_size);

	slots->count = count;
	slots->objects = (ipc_object_t *)room;
	slots->used = (unsigned long *)(slots->objects + count);
	slots->seq = (unsigned short *)((char *)slots->used + used_size);
	return room;
}

/* Twice as many slots, or more, so that there is a slot number `slot`. */
static int
grow(struct ipc_ids *ids, unsigned slot)
{
	struct ipc_slots old = ids->slots, new;
	unsigned count = old.count;

	while (count <= slot)
		count *= 2;
	if (!make_slots(&new, count))
		return ipc_refuse(ENOMEM, "the kernel has no memory for %lu slots", count);
	memcpy(new.objects, old.objects, old.count * sizeof(*old.objects));
	memcpy(new.seq, old.seq, old.count * sizeof(*old.seq));
	memcpy(new.used, old.used, BITMAP_WORDS(old.count) * sizeof(*old.used));
	for (unsigned i = old.count; i < count; i++)
		new.seq[i] = ids->newest_seq;
	if (ids->own.count)
		kfree(old.objects);
	else
		ids->own = old;
	ids->slots = new;
	return 0;
}

/* Nothing is there any more: the first slots are enough, with ids that none ever had. */
static void
shrink(struct ipc_ids *ids)
{
	kfree(ids->slots.objects);
	ids->slots = ids->own;
	ids->own.count = 0;
	memset(ids->slots.objects, 0, ids->slots.count * sizeof(*ids->slots.objects));
	memset(ids->slots.used, 0, BITMAP_WORDS(ids->slots.count) * sizeof(*ids->slots.used));
	for (unsigned i = 0; i < ids->slots.count; i++)
		ids->slots.seq[i] = ids->newest_seq;
	ids->cursor = 0;
}

/* The first free slot from `from` on; slots.count when there is none. */
static unsigned
free_slot(const struct ipc_ids *ids, unsigned from)
{
	return bitmap_find_zero(ids->slots.used, ids->slots.count, from);
}

REFUSES static int
refuse_slots(void)
{
	return ipc_refuse(ENOSPC, "all %lu slots that an id can name are taken", IPC_SLOTS_MAX);
}

/* The next free slot, cyclically. -ENOSPC, -ENOMEM */
static long
next_slot(struct ipc_ids *ids)
{
	unsigned slot = ids->cursor;

	if (slot < ids->slots.count && !ids->slots.objects[slot])
		return slot; /* as long as few are used, it is so */
	slot = free_slot(ids, slot);
	if (slot == ids->slots.count)
		slot = free_slot(ids, 0);
	if (slot < ids->slots.count)
		return slot;
	if (slot == IPC_SLOTS_MAX)
		return refuse_slots();
	int error = grow(ids, slot);
	return error ? error : (long)slot;
}

/* Root has asked for an id (next_id): its seq, and its slot or the first free one after it. */
static long
wanted_slot(struct ipc_ids *ids)
{
	unsigned wanted = ipc_slot(ids->next_id), seq = ipc_seq(ids->next_id);
	unsigned slot = free_slot(ids, wanted);

	ids->next_id = -1;
	if (slot >= ids->slots.count) {
		if (slot == IPC_SLOTS_MAX)
			return refuse_slots();
		if (slot < wanted)
			slot = wanted;
		int error = grow(ids, slot);
		if (error)
			return error;
	}
	ids->slots.seq[slot] = seq;
	return slot;
}

int
ipc_add(struct ipc_ids *ids, struct ipc_perm *perm, int key, unsigned flags)
{
	const struct credentials *cred = &current->process->cred;

	if (ids->in_use >= ids->limit)
		return ipc_refuse(ENOSPC, "there are %lu %ss, as many as there may be", ids->in_use,
			(unsigned long)ids->kind->name);
	long slot = ids->next_id < 0 ? next_slot(ids) : wanted_slot(ids);
	if (slot < 0)
		return slot;
	bitmap_set(ids->slots.used, slot);
	ids->slots.objects[slot] = perm;
	ids->in_use++;
	ids->cursor = slot + 1;
	perm->id = ids->slots.seq[slot] * IPC_SLOTS_MAX + slot;
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
	bitmap_clear(ids->slots.used, slot);
	ids->slots.objects[slot] = NULL;
	if (++ids->slots.seq[slot] > ids->newest_seq)
		ids->newest_seq = ids->slots.seq[slot];
	if (--ids->in_use == 0 && ids->own.count)
		shrink(ids);
}

int
ipc_highest(const struct ipc_ids *ids)
{
	unsigned last = bitmap_find_last(ids->slots.used, ids->slots.count);
	return last == ids->slots.count ? 0 : last;
}

bool
ipc_granted(const struct ipc_perm *perm, unsigned flags)
{
	const struct credentials *cred = &current->process->cred;
	unsigned wanted = (flags >> 6 | flags >> 3 | flags) & 7, granted = perm->mode;

	if (cred->euid == perm->cuid || cred->euid == perm->uid)
		granted >>= 6;
	else if (is_in_group(cred, perm->cgid) || is_in_group(cred, perm->gid))
		granted >>= 3;
	return !(wanted & ~granted);
}

/* -ENOENT or -EEXIST, by what is with the key. */
REFUSES static int
refuse_key(const struct ipc_ids *ids, const struct ipc_perm *perm, int key)
{
	unsigned long name = (unsigned long)ids->kind->name;

	if (perm)
		return ipc_refuse(EEXIST, "the %s %ld has the key 0x%lx, and IPC_EXCL is given",
			name, perm->id, key);
	return ipc_refuse(ENOENT, "no %s has the key 0x%lx, and IPC_CREAT is not given", name, key);
}

long
ipc_get(struct ipc_ids *ids, int key, size_t size, unsigned flags)
{
	const struct ipc_kind *kind = ids->kind;

	if (key == IPC_PRIVATE)
		return kind->create(key, size, flags);
	struct ipc_perm *perm = ipc_find_key(ids, key);
	if (!perm)
		return flags & IPC_CREAT ? kind->create(key, size, flags)
					 : refuse_key(ids, perm, key);
	if (flags & IPC_CREAT && flags & IPC_EXCL)
		return refuse_key(ids, perm, key);
	int error = kind->suits ? kind->suits(perm, size) : 0;
	if (error)
		return error;
	if (!ipc_permitted(perm, flags))
		return ipc_refuse_access(perm, flags);
	return perm->id;
}
