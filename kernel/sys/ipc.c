/* System calls: System V IPC, by their own numbers and through ipc(2). */
#include <abi/errno.h>
#include <abi/ipc_call.h>
#include <ipc/shm.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>

long
sys_shmget(int key, size_t size, unsigned flags)
{
	return shm_get(key, size, flags);
}

/* An address above 2 GiB is no error: the C library knows errors as -1 … -4095. */
long
sys_shmat(int id, vaddr_t address, unsigned flags)
{
	int error = shm_attach(id, address, flags, &address);
	return error ? error : (long)address;
}

long
sys_shmdt(vaddr_t address)
{
	return shm_detach(address);
}

long
sys_shmctl(int id, int command, void *buffer)
{
	return shm_control(id, command, buffer, false);
}

/* The command says by IPC_64 which structure the caller knows. */
long
sys_old_shmctl(int id, int command, void *buffer)
{
	bool old = ipc_is_old(&command);
	return shm_control(id, command, buffer, old);
}

/* SHMAT of ipc(2): the address comes back through a pointer. */
static long
ipc_shmat(int id, void *pointer, unsigned flags, vaddr_t *result)
{
	vaddr_t address = (vaddr_t)pointer;

	int error = shm_attach(id, address, flags, &address);
	if (error)
		return error;
	return copy_to_user(result, &address, sizeof(address));
}

long
sys_ipc(unsigned call, long first, long second, long third, void *pointer, long fifth)
{
	unsigned version = call >> 16;

	(void)fifth;
	switch (call & 0xffff) {
	case SHMAT:
		return version == 1 ? -EINVAL : ipc_shmat(first, pointer, second, (vaddr_t *)third);
	case SHMDT:
		return shm_detach((vaddr_t)pointer);
	case SHMGET:
		return shm_get(first, second, third);
	case SHMCTL:
		return sys_old_shmctl(first, second, pointer);
	default:
		return -ENOSYS;
	}
}
