/* shmctl and /proc/sysvipc/shm: what can be asked and said of segments. */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/shm.h>
#include <lib/string.h>
#include <lib/text.h>
#include <machine/page.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/clock.h>
#include <task/task.h>

static void
export(const struct shmid_kernel *segment, struct shmid64_ds *out)
{
	*out = (struct shmid64_ds){
		.shm_segsz = segment->shm_segsz,
		.shm_atime = segment->shm_atim,
		.shm_dtime = segment->shm_dtim,
		.shm_ctime = segment->shm_ctim,
		.shm_cpid = segment->shm_cprid,
		.shm_lpid = segment->shm_lprid,
		.shm_nattch = segment->object->shm_nattch,
	};
	ipc_perm_export(&segment->shm_perm, &out->shm_perm);
}

static void
export_old(const struct shmid_kernel *segment, struct shmid_ds_old *out)
{
	unsigned long nattch = segment->object->shm_nattch;

	*out = (struct shmid_ds_old){
		.shm_segsz = segment->shm_segsz > INT32_MAX ? INT32_MAX : segment->shm_segsz,
		.shm_atime = segment->shm_atim,
		.shm_dtime = segment->shm_dtim,
		.shm_ctime = segment->shm_ctim,
		.shm_cpid = segment->shm_cprid,
		.shm_lpid = segment->shm_lprid,
		.shm_nattch = nattch > UINT16_MAX ? UINT16_MAX : nattch,
	};
	ipc_perm_export_old(&segment->shm_perm, &out->shm_perm);
}

/*
 * IPC_STAT, SHM_STAT, SHM_STAT_ANY: the segment as it is now is copied under the lock, and then
 * out.
 */
static long
stat(int id, int command, void *user, bool old)
{
	struct shmid_kernel *segment;
	struct shmid64_ds now;
	struct shmid_ds_old now_old;

	if (command == IPC_STAT)
		segment = shm_find(id);
	else
		segment = ipc_slot(id) < SHMMNI ? shm_segs[ipc_slot(id)] : NULL;
	if (!segment)
		return -EINVAL;
	if (command != SHM_STAT_ANY && !ipc_permitted(&segment->shm_perm, 0444))
		return -EACCES;
	long result = command == IPC_STAT ? 0 : segment->shm_perm.id;
	int error;
	if (old) {
		export_old(segment, &now_old);
		error = copy_to_user(user, &now_old, sizeof(now_old));
	} else {
		export(segment, &now);
		error = copy_to_user(user, &now, sizeof(now));
	}
	return error ? error : result;
}

/* What IPC_SET takes from either structure. */
struct settings {
	unsigned uid, gid, mode;
};

static int
import(const void *user, bool old, struct settings *out)
{
	struct shmid64_ds new;
	struct shmid_ds_old old_new;

	if (old) {
		if (copy_from_user(&old_new, user, sizeof(old_new)))
			return -EFAULT;
		*out = (struct settings){old_new.shm_perm.uid, old_new.shm_perm.gid,
			old_new.shm_perm.mode};
	} else {
		if (copy_from_user(&new, user, sizeof(new)))
			return -EFAULT;
		*out = (struct settings){new.shm_perm.uid, new.shm_perm.gid, new.shm_perm.mode};
	}
	return 0;
}

static long
set(int id, const void *user, bool old)
{
	struct settings new;

	int error = import(user, old, &new);
	if (error)
		return error;
	/* the copy may have slept: only now look the segment up */
	struct shmid_kernel *segment = shm_find(id);
	if (!segment)
		return -EINVAL;
	struct ipc_perm *perm = &segment->shm_perm;
	if (!ipc_owned(perm))
		return -EPERM;
	if (new.uid == ~0u || new.gid == ~0u)
		return -EINVAL;
	perm->uid = new.uid;
	perm->gid = new.gid;
	perm->mode = (perm->mode & ~0777u) | (new.mode & 0777);
	segment->shm_ctim = clock_seconds();
	return 0;
}

/* Nothing is ever paged out yet, so the mark is all there is to a lock. */
static long
lock(int id, bool locked)
{
	struct shmid_kernel *segment = shm_find(id);

	if (!segment)
		return -EINVAL;
	if (!ipc_owned(&segment->shm_perm))
		return -EPERM;
	if (locked)
		segment->shm_perm.mode |= SHM_LOCKED;
	else
		segment->shm_perm.mode &= ~SHM_LOCKED;
	return 0;
}

static long
limits(void *user, bool old)
{
	struct shminfo64 info = {
		.shmmax = shm_max, .shmmin = 1, .shmmni = SHMMNI, .shmall = shm_all};

	info.shmseg = shm_seg ? shm_seg : SHMMNI;
	if (old) {
		struct shminfo_old info_old = {
			.shmmax = info.shmmax > INT32_MAX ? INT32_MAX : info.shmmax,
			.shmmin = 1,
			.shmmni = SHMMNI,
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

	for (unsigned slot = 0; slot < SHMMNI; slot++) {
		if (!shm_segs[slot])
			continue;
		info.shm_rss += shm_segs[slot]->object->present;
		info.shm_swp += shm_segs[slot]->object->swapped;
	}
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : highest;
}

long
shm_control(int id, int command, void *user, bool old)
{
	if (id < 0 || command < 0)
		return -EINVAL;
	switch (command) {
	case IPC_INFO:
		return limits(user, old);
	case SHM_INFO:
		return usage(user);
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY:
		return stat(id, command, user, old);
	case IPC_SET:
		return set(id, user, old);
	case IPC_RMID:
		return shm_remove(id);
	case SHM_LOCK:
	case SHM_UNLOCK:
		return lock(id, command == SHM_LOCK);
	default:
		return -EINVAL;
	}
}

void
shm_proc_text(struct text *text)
{
	text_printf(text,
		"       key      shmid perms       size  cpid  lpid nattch   uid   gid  cuid  cgid"
		"      atime      dtime      ctime        rss       swap\n");
	for (unsigned slot = 0; slot < SHMMNI; slot++) {
		const struct shmid_kernel *s = shm_segs[slot];
		if (!s)
			continue;
		const struct ipc_perm *p = &s->shm_perm;
		text_printf(text,
			"%10d %10d  %4o %10lu %5u %5u  %5lu %5u %5u %5u %5u %10lu %10lu %10lu "
			"%10lu %10lu\n",
			p->key, p->id, p->mode, (unsigned long)s->shm_segsz, s->shm_cprid,
			s->shm_lprid, s->object->shm_nattch, p->uid, p->gid, p->cuid, p->cgid,
			s->shm_atim, s->shm_dtim, s->shm_ctim, s->object->present * PAGE_SIZE,
			s->object->swapped * PAGE_SIZE);
	}
}

void
shm_check(void)
{
	unsigned used = 0;
	unsigned long pages = 0;

	for (unsigned slot = 0; slot < SHMMNI; slot++) {
		struct shmid_kernel *s = shm_segs[slot];
		if (!s)
			continue;
		if (!bitmap_test(shm_ids.used, slot))
			panic("slot %u of shm_segs is used, its bit says it is free", slot);
		used++;
		pages += s->object->shm_npages;
		if (ipc_slot(s->shm_perm.id) != slot || s->object->name != s)
			panic("segment %d is not its slot's, or not its object's", s->shm_perm.id);
		if (s->shm_perm.key != IPC_PRIVATE &&
			ipc_find(&shm_ids, s->shm_perm.key) != &s->shm_perm)
			panic("segment %d is not found by its key 0x%x", s->shm_perm.id,
				s->shm_perm.key);
		if (s->shm_perm.mode & SHM_DEST && !s->object->shm_nattch)
			panic("segment %d is marked, detached, and still there", s->shm_perm.id);
		shm_object_check(s->object);
	}
	if (used != shm_ids.in_use || pages != shm_tot)
		panic("segments: %u used and %lu pages, the counts say %u and %lu", used, pages,
			shm_ids.in_use, shm_tot);
}
