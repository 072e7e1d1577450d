/* semget: finding a set of semaphores by key, or making one; and its removal. */
#include <abi/errno.h>
#include <ipc/sem.h>
#include <mm/kmalloc.h>
#include <task/clock.h>

#define SEMMSL 32000 /* Linux's defaults, include/uapi/linux/sem.h */
#define SEMMNI 32000
#define SEMMNS (SEMMNI * SEMMSL)
#define SEMOPM 500

#define FIRST_SETS 64	  /* slots to begin with */
#define SET_LARGEST 65536 /* semaphores: there is never memory for more */

static struct sem_set *first_sets[FIRST_SETS];
struct ipc_ids sem_ids = IPC_IDS(&sem_kind, first_sets, FIRST_SETS, SEMMNI);

int sem_msl = SEMMSL;
int sem_mns = SEMMNS;
int sem_opm = SEMOPM;
int sem_used;

long
sem_create(int key, size_t count, unsigned flags)
{
	if (!count)
		return ipc_refuse(EINVAL, "no semaphores asked, a new set has at least 1");
	if (count > SET_LARGEST)
		return ipc_refuse(ENOMEM, "%lu semaphores asked, there is memory for %lu", count,
			SET_LARGEST);
	if (sem_used + (int)count > sem_mns)
		return ipc_refuse(ENOSPC,
			"%lu semaphores asked, all sets have %lu, %lu may be (sem)",
			count, sem_used, sem_mns);
	struct sem_set *set = kmalloc(sizeof(*set) + count * sizeof(set->sems[0]));
	if (!set)
		return ipc_refuse(ENOMEM, "the kernel has no memory for %lu semaphores", count);
	int error = ipc_add(&sem_ids, &set->sem_perm, key, flags);
	if (error) {
		kfree(set);
		return error;
	}
	set->sem_otime = 0;
	set->sem_ctime = clock_seconds();
	set->sem_nsems = count;
	set->sleepers = set->several = 0;
	list_init(&set->alter);
	list_init(&set->zero);
	list_init(&set->undos);
	for (struct semaphore *sem = set->sems; sem < &set->sems[count]; sem++) {
		sem->value = sem->pid = 0;
		list_init(&sem->alter);
		list_init(&sem->zero);
	}
	sem_used += count;
	return set->sem_perm.id;
}

int
sem_suits(const struct ipc_perm *perm, size_t count)
{
	unsigned has = sem_of(perm)->sem_nsems;

	if (count > has)
		return ipc_refuse(EINVAL, "key 0x%lx exists with %lu semaphores, %lu asked",
			perm->key, has, count);
	return 0;
}

long
sem_get(int key, int count, unsigned flags)
{
	if (count < 0 || count > sem_msl)
		return ipc_refuse(EINVAL, "%ld semaphores asked, a set has at most %ld (sem)",
			count, sem_msl);
	return ipc_get(&sem_ids, key, count, flags);
}

void
sem_remove(struct ipc_perm *perm)
{
	struct sem_set *set = sem_of(perm);

	sem_undo_drop(set);
	sem_send_home(set);
	ipc_drop(&sem_ids, perm);
	sem_used -= set->sem_nsems;
	kfree(set);
}
