/* One page of shared memory and one store into it: what docs/fault.md follows, room by room. */
#include <sys/ipc.h>
#include <sys/shm.h>

int
main(void)
{
	int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	volatile int *page = shmat(id, 0, 0);

	*page = 42;

	int value = *page;
	shmctl(id, IPC_RMID, 0);
	return value;
}
