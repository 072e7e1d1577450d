/*
 * shm_rmid_forced: a segment that nobody has attached does not outlive its creator, whether it was
 * marked for removal or not. (Its last detach is in shm_attach.c.)
 */
#include <ipc/shm.h>
#include <task/process.h>

int shm_rmid_forced;

/* A pid may come again, but not with the same beginning. */
static bool
made_by(const struct shmid_kernel *segment, const struct process *process)
{
	return segment->shm_cprid == process->pid && segment->shm_creator == process->started;
}

static bool
is_orphan(const struct shmid_kernel *segment)
{
	const struct process *creator = process_find(segment->shm_cprid);

	return !creator || !made_by(segment, creator) || process_is_zombie(creator);
}

/* Those of `process`; NULL: of all who have ended. */
static void
destroy_unattached(const struct process *process)
{
	for (unsigned slot = 0; slot < shm_ids.slots.count; slot++) {
		struct ipc_perm *perm = shm_ids.slots.objects[slot];
		if (!perm || shm_of(perm)->object->shm_nattch)
			continue;
		if (process ? made_by(shm_of(perm), process) : is_orphan(shm_of(perm)))
			shm_destroy(shm_of(perm));
	}
}

void
shm_destroy_orphans(void)
{
	if (shm_rmid_forced)
		destroy_unattached(NULL);
}

void
shm_process_ended(const struct process *process)
{
	if (shm_rmid_forced)
		destroy_unattached(process);
}
