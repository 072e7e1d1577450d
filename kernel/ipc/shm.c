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
		return -EINVAL;
	if (pages > shm_all || shm_tot > shm_all - pages)
		return -ENOSPC;
	if (flags & SHM_HUGETLB)
		return -EINVAL; /* no large pages for it */
	if (!(flags & SHM_NORESERVE) && pages > frame_total())
		return -ENOMEM; /* could never be filled */
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
		return -ENOMEM;
	struct shm_object *object = shm_object_create(pages);
	if (!object) {
		error = -ENOMEM;
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

bool
shm_suits(const struct ipc_perm *perm, size_t size)
{
	return size <= shm_of(perm)->shm_segsz;
}
