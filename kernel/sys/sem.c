/* System calls: semaphores, by their own numbers; ipc(2) uses them too. */
#include <abi/errno.h>
#include <ipc/sem.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>

long
sys_semget(int key, int count, unsigned flags)
{
	return sem_get(key, count, flags);
}

long
sys_semop(int id, const void *operations, unsigned count)
{
	return sem_operate(id, operations, count, NULL);
}

/* Apart, for most calls have none, and need not make room for it. */
__attribute__((noinline)) static long
with_timeout(int id, const void *operations, unsigned count, const void *timeout)
{
	struct timespec time;

	if (copy_from_user(&time, timeout, sizeof(time)))
		return -EFAULT;
	return sem_operate(id, operations, count,
		&(struct timespec64){time.tv_sec, time.tv_nsec});
}

__attribute__((noinline)) static long
with_timeout64(int id, const void *operations, unsigned count, const void *timeout)
{
	struct timespec64 time;

	if (copy_from_user(&time, timeout, sizeof(time)))
		return -EFAULT;
	time.tv_nsec = (int32_t)time.tv_nsec;
	return sem_operate(id, operations, count, &time);
}

/* The timeout has 32 bits of seconds here … */
long
sys_semtimedop(int id, const void *operations, unsigned count, const void *timeout)
{
	return timeout ? with_timeout(id, operations, count, timeout)
		       : sem_operate(id, operations, count, timeout);
}

/* … and 64 here; of the nanoseconds 32 count. */
long
sys_semtimedop_time64(int id, const void *operations, unsigned count, const void *timeout)
{
	return timeout ? with_timeout64(id, operations, count, timeout)
		       : sem_operate(id, operations, count, timeout);
}

long
sys_semctl(int id, int number, int command, unsigned long argument)
{
	return sem_control(id, number, command, argument, false);
}

/* The command says by IPC_64 which structure the caller knows. */
long
sys_old_semctl(int id, int number, int command, unsigned long argument)
{
	bool old = ipc_is_old(&command);
	return sem_control(id, number, command, argument, old);
}
