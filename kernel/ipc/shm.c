/*
 * shmget: finding a segment by key, or making one. Making one makes a name and an object without
 * pages, whatever its size.
 */
#include <abi/errno.h>
#include <ipc/shm.h>
#include <lib/bootargs.h>
#include <machine/page.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <task/clock.h>
#include <task/task.h>

struct shmid_kernel *shm_segs[SHMMNI];
struct ipc_ids shm_ids = IPC_IDS(&shm_kind, shm_segs, SHMMNI, SHMMNI);

/* SHMMAX and SHMALL in Linux's include/uapi/linux/shm.h */
unsigned long shm_max = ~0ul - (1ul << 24);
unsigned long shm_all = ~0ul - (1ul << 24);
unsigned long shm_seg;
unsigned long shm_tot;

static struct cache segments = CACHE("shmid_kernel", struct shmid_kernel);

void
shm_init(void)
{
	shm_seg = bootarg_number("shmseg", 0);
}

/* What can be said of a new segment before making it, in Linux's order. */
static int
may_create(size_t size, unsigned long pages, unsigned flags)
{
	if (size < 1 || size > shm_max)
		return ipc_refuse(EINVAL, "%lu bytes asked, from 1 to %lu may be (shmmax)", size,
			shm_max);
	if (!pages || pages > shm_all || /* 0: it wrapped */ shm_tot > shm_all - pages)
		return ipc_refuse(ENOSPC,
			"%lu pages asked, all segments have %lu, %lu may be (shmall)",
			pages, shm_tot, shm_all);
	if (flags & SHM_HUGETLB)
		return ipc_refuse(EINVAL, "there are no large pages, for SHM_HUGETLB");
	if (!(flags & SHM_NORESERVE) && pages > frame_total()) /* could never be filled */
		return ipc_refuse(ENOMEM,
			"%lu pages asked without SHM_NORESERVE, the machine has %lu",
			pages, frame_total());
	return 0;
}

long
shm_create(int key, size_t size, unsigned flags)
{
	unsigned long pages = (size + PAGE_SIZE - 1) / PAGE_SIZE;
	int error = may_create(size, pages, flags);
	if (error)
		return error;

	struct shmid_kernel *segment = cache_alloc(&segments);
	if (!segment)
		return ipc_refuse(ENOMEM, "the kernel has no memory for a segment");
	struct shm_object *object = shm_object_create(pages);
	if (!object) {
		error = ipc_refuse(ENOMEM, "the kernel has no memory for an object");
		goto no_object;
	}
	error = ipc_add(&shm_ids, &segment->shm_perm, key, flags);
	if (error)
		goto no_slot;
	segment->shm_segsz = size;
	segment->shm_atim = segment->shm_dtim = 0;
	segment->shm_ctim = clock_seconds();
	segment->shm_cprid = current->process->pid;
	segment->shm_creator = current->process->started;
	segment->shm_lprid = 0;
	segment->object = object;
	object->name = segment;
	shm_tot += pages;
	return segment->shm_perm.id;

no_slot:
	shm_object_put(object);
no_object:
	cache_free(&segments, segment);
	return error;
}

void
shm_destroy(struct shmid_kernel *segment)
{
	shm_tot -= segment->object->shm_npages;
	ipc_drop(&shm_ids, &segment->shm_perm);
	segment->object->name = NULL;
	shm_object_put(segment->object);
	cache_free(&segments, segment);
}

int
shm_suits(const struct ipc_perm *perm, size_t size)
{
	size_t has = shm_of(perm)->shm_segsz;

	if (size > has)
		return ipc_refuse(EINVAL, "key 0x%lx exists with %lu bytes, %lu asked", perm->key,
			has, size);
	return 0;
}
