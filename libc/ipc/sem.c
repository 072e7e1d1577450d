/* System V semaphores. The call that every port has is semtimedop, with 64 bits of time. */
#include <assert.h>
#include <machine/abi.h>
#include <stdarg.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <unistd.h>

static_assert(sizeof(struct semid_ds) == sizeof(struct semid64_ds), "the system's layout");

int
semget(key_t key, int count, int flags)
{
	return syscall(SYS_semget, key, count, flags);
}

int
semop(int id, struct sembuf *operations, size_t count)
{
	return syscall(SYS_semtimedop_time64, id, operations, count, 0);
}

int
semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	if (!timeout)
		return semop(id, operations, count);
	struct timespec64 time = {timeout->tv_sec, timeout->tv_nsec};
	return syscall(SYS_semtimedop_time64, id, operations, count, &time);
}

/* The commands that have a fourth argument. */
static int
has_argument(int command)
{
	switch (command) {
	case SETVAL:
	case GETALL:
	case SETALL:
	case IPC_STAT:
	case IPC_SET:
	case IPC_INFO:
	case SEM_INFO:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return 1;
	default:
		return 0;
	}
}

/* A union of an int and pointers is passed as a word is, on every port. */
int
semctl(int id, int number, int command, ...)
{
	unsigned long argument = 0;
	va_list arguments;

	va_start(arguments, command);
	if (has_argument(command))
		argument = va_arg(arguments, unsigned long);
	va_end(arguments);
	return syscall(SYS_semctl, id, number, command | IPC_CONTROL, argument);
}
