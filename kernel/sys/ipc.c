/* System calls: System V IPC, by their own numbers and through ipc(2). */
#include <abi/errno.h>
#include <abi/ipc_call.h>
#include <ipc/msg.h>
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

long
sys_msgget(int key, unsigned flags)
{
	return msg_get(key, flags);
}

long
sys_msgsnd(int id, const void *message, size_t size, unsigned flags)
{
	return msg_send(id, message, size, flags);
}

long
sys_msgrcv(int id, void *message, size_t size, long type, unsigned flags)
{
	return msg_receive(id, message, size, type, flags);
}

long
sys_msgctl(int id, int command, void *buffer)
{
	return msg_control(id, command, buffer, false);
}

long
sys_old_msgctl(int id, int command, void *buffer)
{
	bool old = ipc_is_old(&command);
	return msg_control(id, command, buffer, old);
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

/* MSGRCV of ipc(2), version 0: five arguments, two of them through a pointer. */
static long
ipc_msgrcv(int id, const void *pointer, size_t size, unsigned flags)
{
	struct ipc_kludge both;

	if (!pointer)
		return -EINVAL;
	if (copy_from_user(&both, pointer, sizeof(both)))
		return -EFAULT;
	return msg_receive(id, both.message, size, both.type, flags);
}

/* SEMCTL of ipc(2): the argument of semctl comes through a pointer. */
static long
ipc_semctl(int id, int number, int command, const void *pointer)
{
	unsigned long argument;

	if (!pointer)
		return -EINVAL;
	if (copy_from_user(&argument, pointer, sizeof(argument)))
		return -EFAULT;
	return sys_old_semctl(id, number, command, argument);
}

long
sys_ipc(unsigned call, long first, long second, long third, void *pointer, long fifth)
{
	unsigned version = call >> 16;

	switch (call & 0xffff) {
	case SEMOP:
		return sys_semop(first, pointer, second);
	case SEMTIMEDOP:
		return sys_semtimedop(first, pointer, second, (const void *)fifth);
	case SEMGET:
		return sys_semget(first, second, third);
	case SEMCTL:
		return ipc_semctl(first, second, third, pointer);
	case MSGSND:
		return msg_send(first, pointer, second, third);
	case MSGRCV:
		return version ? msg_receive(first, pointer, second, fifth, third)
			       : ipc_msgrcv(first, pointer, second, third);
	case MSGGET:
		return msg_get(first, second);
	case MSGCTL:
		return sys_old_msgctl(first, second, pointer);
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
