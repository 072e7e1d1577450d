/* System V message queues: the four calls, by their own numbers. */
#include <assert.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

static_assert(sizeof(struct msqid_ds) == sizeof(struct msqid64_ds), "the system's layout");

int
msgget(key_t key, int flags)
{
	return syscall(SYS_msgget, key, flags);
}

int
msgsnd(int id, const void *message, size_t size, int flags)
{
	return syscall(SYS_msgsnd, id, message, size, flags);
}

ssize_t
msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return syscall(SYS_msgrcv, id, message, size, type, flags);
}

int
msgctl(int id, int command, struct msqid_ds *buffer)
{
	return syscall(SYS_msgctl, id, command | IPC_CONTROL, buffer);
}
