/* Which of two errors a call answers with, and other edges that only Linux can tell. */
#include "_tap.h"
#include <sys/resource.h>

#define NOBODY 30000 /* no process and no group */
#define NO_SIGNAL 999

static void
signals(void)
{
	fails(kill(NOBODY, NO_SIGNAL), ESRCH, "V05 kill: nobody, before no such signal");
	fails(kill(-NOBODY, NO_SIGNAL), ESRCH, "V05 kill: no group, before no such signal");
	fails(syscall(SYS_tkill, NOBODY, NO_SIGNAL), ESRCH, "V05 tkill: the same");
	fails(kill(getpid(), NO_SIGNAL), EINVAL, "V05 kill: no such signal");
	fails(kill(0, -1), EINVAL, "V05 kill: no such signal for the group");
	fails(kill(0x80000000, SIGTERM), ESRCH, "V05 kill: the group that has no number");
	fails(syscall(SYS_rt_sigaction, NO_SIGNAL, 8, 0, 8), EFAULT,
		"V08 sigaction: the address, before the signal");
	fails(syscall(SYS_rt_sigaction, SIGKILL, 8, 0, 7), EINVAL, "V05 sigaction: the size first");
}

static void
waiting(void)
{
	int status;
	fails(waitpid(0x80000000, &status, 0), ESRCH, "V05 wait: the group that has no number");
	fails(waitpid(-1, &status, 0x80), EINVAL, "V05 wait: no such option");
	fails(waitpid(-1, &status, 0x60000000), ECHILD, "V05 wait: __WALL and __WNOTHREAD");

	pid_t child = spawn(for (;;) pause());
	must(kill(child, SIGSTOP));
	must(waitpid(child, &status, WUNTRACED));
	must(kill(child, SIGTERM));
	is_int(waitpid(child, &status, WNOHANG), 0, "V05 who is stopped is not terminated");
	must(kill(child, SIGKILL));
	is_int(waitpid(child, &status, WUNTRACED | WCONTINUED) == child ? status : -1, SIGKILL,
		"V05 but killed, and did not go on before that");
}

static void
memory(void)
{
	char *p = private_pages(1, PROT_READ | PROT_WRITE);
	is_int(mprotect(p, 0, 0xff), 0, "V04 mprotect of nothing, whatever the rights");
	fails(mprotect((void *)PAGE, PAGE, 0xff), EINVAL, "V04 mprotect: rights, before a hole");
	fails(mprotect((void *)PAGE, -PAGE, 0xff), ENOMEM, "V04 mprotect: wrapping, before rights");
	must(munmap(p, PAGE));
}

static void
programs(void)
{
	char *words[] = {"program", (char *)8, 0};
	fails(execve("", words, 0), ENOENT, "V05 execve: an empty path, before bad arguments");
	fails(execve("/nowhere", words, 0), EFAULT,
		"V08 execve: bad arguments, before no such file");
	fails(execve((char *)8, words, 0), EFAULT, "V08 execve: a bad path");
}

static void
limits(void)
{
	fails(prlimit64(0, 99, (void *)8, 0), EFAULT, "V08 prlimit: the address first");
	fails(prlimit64(NOBODY, 99, 0, 0), ESRCH, "V05 prlimit: nobody, before no such limit");
	fails(prlimit64(0, 99, 0, 0), EINVAL, "V05 prlimit: no such limit");
}

static void
alarms(void)
{
	alarm(10);
	usleep(700000);
	is_int(alarm(0xffffffff), 9, "V05 alarm: what is left, to the nearest second");
	is_int(alarm(1), 0x7fffffff, "V05 alarm: at most what an int holds");
	usleep(700000);
	is_int(alarm(0), 1, "V05 alarm: less than half a second is still one");
}

int
main(void)
{
	signals();
	waiting();
	memory();
	programs();
	limits();
	alarms();
	return done();
}
