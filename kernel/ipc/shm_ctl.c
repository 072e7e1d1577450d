/* shmctl and /proc/sysvipc/shm: what can be asked and said of segments. */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/shm.h>
#include <lib/text.h>
#include <machine/page.h>
#include <mm/uaccess.h>
#include <task/clock.h>

static void
export(const struct ipc_perm *perm, void *ds)
{
	const struct shmid_kernel *segment = shm_of(perm);

	*(struct shmid64_ds *)ds = (struct shmid64_ds){
		.shm_segsz = segment->shm_segsz,
		.shm_atime = segment->shm_atim,
		.shm_dtime = segment->shm_dtim,
		.shm_ctime = segment->shm_ctim,
		.shm_cpid = segment->shm_cprid,
		.shm_lpid = segment->shm_lprid,
		.shm_nattch = segment->object->shm_nattch,
	};
}

static void
export_old(const struct ipc_perm *perm, void *ds)
{
	const struct shmid_kernel *segment = shm_of(perm);
	unsigned long nattch = segment->object->shm_nattch;

	*(struct shmid_ds_old *)ds = (struct shmid_ds_old){
		.shm_segsz = segment->shm_segsz > INT32_MAX ? INT32_MAX : segment->shm_segsz,
		.shm_atime = segment->shm_atim,
		.shm_dtime = segment->shm_dtim,
		.shm_ctime = segment->shm_ctim,
		.shm_cpid = segment->shm_cprid,
		.shm_lpid = segment->shm_lprid,
		.shm_nattch = nattch > UINT16_MAX ? UINT16_MAX : nattch,
	};
}

static void
note_change(struct ipc_perm *perm, const void *ds, bool old)
{
	(void)ds, (void)old; /* nothing but the ipc_perm can be set */
	shm_of(perm)->shm_ctim = clock_seconds();
}

static void
describe(struct text *text, const struct ipc_perm *p)
{
	const struct shmid_kernel *s = shm_of(p);

	text_printf(text,
		"%10d %10d  %4o %10lu %5u %5u  %5lu %5u %5u %5u %5u %10lu %10lu %10lu "
		"%10lu %10lu\n",
		p->key, p->id, p->mode, (unsigned long)s->shm_segsz, s->shm_cprid, s->shm_lprid,
		s->object->shm_nattch, p->uid, p->gid, p->cuid, p->cgid, s->shm_atim, s->shm_dtim,
		s->shm_ctim, s->object->present * PAGE_SIZE, s->object->swapped * PAGE_SIZE);
}

static void
check(const struct ipc_perm *perm)
{
	const struct shmid_kernel *segment = shm_of(perm);

	if (segment->object->name != segment)
		panic("segment %d is not its object's", perm->id);
	if (perm->mode & SHM_DEST && !segment->object->shm_nattch)
		panic("segment %d is marked, detached, and still there", perm->id);
	shm_object_check(segment->object);
}

_Static_assert(sizeof(struct shmid64_ds) <= IPC_DS_MAX, "one buffer for every kind");

const struct ipc_kind shm_kind = {
	.name = "segment",
	.create = shm_create,
	.suits = shm_suits,
	.ds_size = sizeof(struct shmid64_ds),
	.old_ds_size = sizeof(struct shmid_ds_old),
	.export = export,
	.export_old = export_old,
	.set = note_change,
	.remove = shm_remove,
	.heading = "       key      shmid perms       size  cpid  lpid nattch   uid   gid  cuid"
		   "  cgid      atime      dtime      ctime        rss       swap",
	.describe = describe,
	.check = check,
};

/* Pages of the segments that this user has locked: RLIMIT_MEMLOCK is a limit of all together. */
static unsigned long
locked_by(unsigned uid)
{
	unsigned long pages = 0;

	for (unsigned slot = 0; slot < shm_ids.slots.count; slot++) {
		const struct ipc_perm *perm = shm_ids.slots.objects[slot];
		if (perm && perm->mode & SHM_LOCKED && shm_of(perm)->shm_locker == uid)
			pages += shm_of(perm)->object->shm_npages;
	}
	return pages;
}

/*
 * Nothing is ever paged out, so to lock is to count, and to set the mark. The pages that nobody has
 * touched stay away.
 */
static long
lock(int id)
{
	const struct process *process = current->process;
	uint64_t limit = process->limits[RLIMIT_MEMLOCK].rlim_cur;
	bool is_root = process->cred.euid == 0;
	struct shmid_kernel *segment = shm_find(id);

	if (!segment)
		return ipc_refuse_id(&shm_ids, id);
	if (!ipc_owned(&segment->shm_perm))
		return ipc_refuse_owner(&segment->shm_perm);
	if (!is_root && !limit)
		return ipc_refuse(EPERM, "RLIMIT_MEMLOCK is 0: only root may lock");
	if (segment->shm_perm.mode & SHM_LOCKED)
		return 0;
	unsigned long pages = locked_by(process->cred.uid) + segment->object->shm_npages;
	if (!is_root && pages > limit / PAGE_SIZE)
		return ipc_refuse(ENOMEM, "%lu pages would be locked, %lu may be (RLIMIT_MEMLOCK)",
			pages, limit / PAGE_SIZE);
	segment->shm_perm.mode |= SHM_LOCKED;
	segment->shm_locker = process->cred.uid;
	return 0;
}

static long
unlock(int id)
{
	struct shmid_kernel *segment = shm_find(id);

	if (!segment)
		return ipc_refuse_id(&shm_ids, id);
	if (!ipc_owned(&segment->shm_perm))
		return ipc_refuse_owner(&segment->shm_perm);
	segment->shm_perm.mode &= ~SHM_LOCKED;
	return 0;
}

static long
limits(void *user, bool old)
{
	struct shminfo64 info = {
		.shmmax = shm_max, .shmmin = 1, .shmmni = shm_ids.limit, .shmall = shm_all};

	info.shmseg = shm_seg ? shm_seg : shm_ids.limit;
	if (old) {
		struct shminfo_old info_old = {
			.shmmax = info.shmmax > INT32_MAX ? INT32_MAX : info.shmmax,
			.shmmin = 1,
			.shmmni = shm_ids.limit,
			.shmseg = info.shmseg,
			.shmall = info.shmall,
		};
		if (copy_to_user(user, &info_old, sizeof(info_old)))
			return -EFAULT;
	} else if (copy_to_user(user, &info, sizeof(info))) {
		return -EFAULT;
	}
	return ipc_highest(&shm_ids);
}

static long
usage(void *user)
{
	struct shm_info info = {.used_ids = shm_ids.in_use, .shm_tot = shm_tot};
	int highest = ipc_highest(&shm_ids);

	for (unsigned slot = 0; slot < shm_ids.slots.count; slot++) {
		const struct ipc_perm *perm = shm_ids.slots.objects[slot];
		if (!perm)
			continue;
		info.shm_rss += shm_of(perm)->object->present;
		info.shm_swp += shm_of(perm)->object->swapped;
	}
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : highest;
}

long
shm_control(int id, int command, void *user, bool old)
{
	if (id < 0 || command < 0)
		return ipc_refuse_command(&shm_ids, id, command);
	switch (command) {
	case IPC_INFO:
		return limits(user, old);
	case SHM_INFO:
		return usage(user);
	case IPC_STAT:
		return ipc_stat(&shm_ids, id, user, old);
	case SHM_STAT:
		return ipc_stat_slot(&shm_ids, id, 0444, user, old);
	case SHM_STAT_ANY:
		return ipc_stat_slot(&shm_ids, id, 0, user, old);
	case IPC_SET:
		return ipc_set(&shm_ids, id, user, old);
	case IPC_RMID:
		return ipc_remove(&shm_ids, id);
	case SHM_LOCK:
		return lock(id);
	case SHM_UNLOCK:
		return unlock(id);
	default:
		return ipc_refuse_command(&shm_ids, id, command);
	}
}

void
shm_check(void)
{
	unsigned long pages = 0;

	ipc_check(&shm_ids);
	for (unsigned slot = 0; slot < shm_ids.slots.count; slot++)
		if (shm_ids.slots.objects[slot])
			pages += shm_of(shm_ids.slots.objects[slot])->object->shm_npages;
	if (pages != shm_tot)
		panic("segments have %lu pages, the count says %lu", pages, shm_tot);
}
