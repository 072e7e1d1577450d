/* The system as a whole: its name, its limits, its end. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <limits.h>
#include <unistd.h>

#define TICKS_A_SECOND 100 /* the unit of times in /proc, on every port of Linux */

int
uname(struct utsname *name)
{
	return syscall(SYS_uname, name);
}

int
gethostname(char *name, size_t size)
{
	struct utsname system;

	if (uname(&system) < 0)
		return -1;
	if (strlcpy(name, system.nodename, size) < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int
sysinfo(struct sysinfo *info)
{
	return syscall(SYS_sysinfo, info);
}

ssize_t
getrandom(void *to, size_t size, unsigned flags)
{
	return syscall(SYS_getrandom, to, size, flags);
}

int
reboot(int command)
{
	return syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, command, 0);
}

static long
open_files(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? -1 : (long)limit.rlim_cur;
}

long
sysconf(int name)
{
	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_CLK_TCK:
		return TICKS_A_SECOND;
	case _SC_OPEN_MAX:
		return open_files();
	case _SC_PAGESIZE:
		return getpagesize();
	}
	errno = EINVAL;
	return -1;
}
