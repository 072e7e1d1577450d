/* IPC_RMID: the name goes at once, the memory with its last attach. */
#include <abi/errno.h>
#include <ipc/shm.h>

int
shm_remove(int id)
{
	struct shmid_kernel *segment = shm_find(id);

	if (!segment)
		return -EINVAL;
	if (!ipc_owned(&segment->shm_perm))
		return -EPERM;
	if (!segment->object->shm_nattch) {
		shm_destroy(segment);
		return 0;
	}
	segment->shm_perm.mode |= SHM_DEST;
	ipc_forget_key(&shm_ids, &segment->shm_perm); /* a new segment may have it from now on */
	return 0;
}
