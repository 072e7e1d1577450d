/* What a process has used, who runs first, and prctl. */
#include <errno.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <unistd.h>

int
getrusage(int who, struct rusage *usage)
{
	return syscall(SYS_getrusage, who, usage);
}

/* Any answer may be a time, so there are no errors but one for a bad pointer. */
clock_t
times(struct tms *used)
{
	return syscall(SYS_times, used);
}

/* The system answers with 20 - nice, which is never negative. */
int
getpriority(int which, id_t who)
{
	int answer = syscall(SYS_getpriority, which, who);

	return answer < 0 ? answer : 20 - answer;
}

int
setpriority(int which, id_t who, int nice)
{
	return syscall(SYS_setpriority, which, who, nice);
}

int
nice(int change)
{
	if (syscall(SYS_nice, change) < 0)
		return -1;
	return getpriority(PRIO_PROCESS, 0);
}

int
prctl(int option, ...)
{
	unsigned long argument[4];
	va_list arguments;

	va_start(arguments, option);
	for (int i = 0; i < 4; i++)
		argument[i] = va_arg(arguments, unsigned long);
	va_end(arguments);
	return syscall(SYS_prctl, option, argument[0], argument[1], argument[2], argument[3]);
}
