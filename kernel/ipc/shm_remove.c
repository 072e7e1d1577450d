/* IPC_RMID: the name goes at once, the memory with its last attach. */
#include <ipc/shm.h>

void
shm_remove(struct ipc_perm *perm)
{
	struct shmid_kernel *segment = shm_of(perm);

	if (!segment->object->shm_nattch) {
		shm_destroy(segment);
		return;
	}
	perm->mode |= SHM_DEST;
	ipc_forget_key(&shm_ids, perm); /* a new segment may have it from now on */
}
