/* System V shared memory: the four calls, by their own numbers. */
#include <assert.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

static_assert(sizeof(struct shmid_ds) == sizeof(struct shmid64_ds), "the system's layout");
static_assert(sizeof(struct ipc_perm) == sizeof(struct ipc64_perm), "the system's layout");

int
shmget(key_t key, size_t size, int flags)
{
	return syscall(SYS_shmget, key, size, flags);
}

void *
shmat(int id, const void *address, int flags)
{
	return (void *)syscall(SYS_shmat, id, address, flags);
}

int
shmdt(const void *address)
{
	return syscall(SYS_shmdt, address);
}

int
shmctl(int id, int command, struct shmid_ds *buffer)
{
	return syscall(SYS_shmctl, id, command | IPC_CONTROL, buffer);
}
