/* What the control calls of the three kinds have in common, and their listings. */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/ipc.h>
#include <lib/text.h>
#include <mm/uaccess.h>

/* A kind's structure, on its way to or from user space. */
union ds {
	struct ipc64_perm perm;
	struct ipc_perm_old old_perm;
	char bytes[IPC_DS_MAX];
};

static void
export(const struct ipc_perm *perm, struct ipc64_perm *out)
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

static void
export_old(const struct ipc_perm *perm, struct ipc_perm_old *out)
{
	out->key = perm->key;
	out->uid = narrow(perm->uid);
	out->gid = narrow(perm->gid);
	out->cuid = narrow(perm->cuid);
	out->cgid = narrow(perm->cgid);
	out->mode = perm->mode;
	out->seq = ipc_seq(perm->id);
}

/* The object as it is now is written down first, and then copied out. */
__attribute__((always_inline)) static inline int
tell(const struct ipc_kind *kind, const struct ipc_perm *perm, void *user, bool old)
{
	union ds ds;

	if (old) {
		kind->export_old(perm, &ds);
		export_old(perm, &ds.old_perm);
		return copy_to_user(user, &ds, kind->old_ds_size);
	}
	kind->export(perm, &ds);
	export(perm, &ds.perm);
	return copy_to_user(user, &ds, kind->ds_size);
}

long
ipc_stat(const struct ipc_ids *ids, int id, void *user, bool old)
{
	const struct ipc_perm *perm = ipc_find(ids, id);

	if (!perm)
		return ipc_refuse_id(ids, id);
	if (!ipc_permitted(perm, 0444))
		return ipc_refuse_access(perm, 0444);
	return tell(ids->kind, perm, user, old);
}

long
ipc_stat_slot(const struct ipc_ids *ids, int id, unsigned wanted, void *user, bool old)
{
	const struct ipc_perm *perm = ipc_in_slot(ids, id);

	if (!perm)
		return ipc_refuse(EINVAL, "nothing is in slot %lu", ipc_slot(id));
	if (!ipc_permitted(perm, wanted))
		return ipc_refuse_access(perm, wanted);
	int slot_id = perm->id;
	return tell(ids->kind, perm, user, old) ? -EFAULT : slot_id;
}

long
ipc_set(struct ipc_ids *ids, int id, const void *user, bool old)
{
	const struct ipc_kind *kind = ids->kind;
	union ds ds;

	if (copy_from_user(&ds, user, old ? kind->old_ds_size : kind->ds_size))
		return -EFAULT;
	/* the copy may have slept: only now look the object up */
	struct ipc_perm *perm = ipc_find(ids, id);
	if (!perm)
		return ipc_refuse_id(ids, id);
	if (!ipc_owned(perm))
		return ipc_refuse_owner(perm);
	int error = kind->may_set ? kind->may_set(perm, &ds, old) : 0;
	if (error)
		return error;
	unsigned uid = old ? ds.old_perm.uid : ds.perm.uid;
	unsigned gid = old ? ds.old_perm.gid : ds.perm.gid;
	unsigned mode = old ? ds.old_perm.mode : ds.perm.mode;
	if (uid == ~0u || gid == ~0u)
		return ipc_refuse(EINVAL, "-1 is no user and no group: nobody can own it");
	perm->uid = uid;
	perm->gid = gid;
	perm->mode = (perm->mode & ~0777u) | (mode & 0777);
	kind->set(perm, &ds, old);
	return 0;
}

long
ipc_remove(struct ipc_ids *ids, int id)
{
	struct ipc_perm *perm = ipc_find(ids, id);

	if (!perm)
		return ipc_refuse_id(ids, id);
	if (!ipc_owned(perm))
		return ipc_refuse_owner(perm);
	ids->kind->remove(perm);
	return 0;
}

void
ipc_proc_text(const struct ipc_ids *ids, struct text *text)
{
	text_printf(text, "%s\n", ids->kind->heading);
	for (unsigned slot = 0; slot < ids->slots.count; slot++)
		if (ids->slots.objects[slot])
			ids->kind->describe(text, ids->slots.objects[slot]);
}

void
ipc_check(const struct ipc_ids *ids)
{
	unsigned used = 0;

	for (unsigned slot = 0; slot < ids->slots.count; slot++) {
		const struct ipc_perm *perm = ids->slots.objects[slot];
		if (bitmap_test(ids->slots.used, slot) != (perm != NULL))
			panic("ipc: slot %u and its bit do not agree", slot);
		if (!perm)
			continue;
		used++;
		if (ipc_slot(perm->id) != slot)
			panic("ipc: id %d in slot %u", perm->id, slot);
		if (perm->key != IPC_PRIVATE && ipc_find_key(ids, perm->key) != perm)
			panic("ipc: id %d is not found by its key 0x%x", perm->id, perm->key);
		ids->kind->check(perm);
	}
	if (used != ids->in_use)
		panic("ipc: %u slots used, the count says %u", used, ids->in_use);
}
