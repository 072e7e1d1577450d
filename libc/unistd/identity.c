/* Who the process is: the system calls as they are, and those of the effective id alone. */
#include <sys/syscall.h>
#include <unistd.h>

#define KEEP -1u

uid_t
getuid(void)
{
	return syscall(SYS_getuid32);
}

uid_t
geteuid(void)
{
	return syscall(SYS_geteuid32);
}

gid_t
getgid(void)
{
	return syscall(SYS_getgid32);
}

gid_t
getegid(void)
{
	return syscall(SYS_getegid32);
}

int
setuid(uid_t id)
{
	return syscall(SYS_setuid32, id);
}

int
setgid(gid_t id)
{
	return syscall(SYS_setgid32, id);
}

int
setreuid(uid_t real, uid_t effective)
{
	return syscall(SYS_setreuid32, real, effective);
}

int
setregid(gid_t real, gid_t effective)
{
	return syscall(SYS_setregid32, real, effective);
}

int
setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return syscall(SYS_setresuid32, real, effective, saved);
}

int
setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return syscall(SYS_setresgid32, real, effective, saved);
}

/* The saved id stays, so that the way back is open. */
int
seteuid(uid_t id)
{
	return setresuid(KEEP, id, KEEP);
}

int
setegid(gid_t id)
{
	return setresgid(KEEP, id, KEEP);
}

int
getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	return syscall(SYS_getresuid32, real, effective, saved);
}

int
getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	return syscall(SYS_getresgid32, real, effective, saved);
}

int
getgroups(int size, gid_t *groups)
{
	return syscall(SYS_getgroups32, size, groups);
}

int
setgroups(size_t count, const gid_t *groups)
{
	return syscall(SYS_setgroups32, count, groups);
}
