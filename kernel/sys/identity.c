/* System calls: who the caller is. */
#include <sys/syscall.h>
#include <task/task.h>

long
sys_getuid32(void)
{
	return current->cred.uid;
}

long
sys_geteuid32(void)
{
	return current->cred.euid;
}

long
sys_getgid32(void)
{
	return current->cred.gid;
}

long
sys_getegid32(void)
{
	return current->cred.egid;
}
