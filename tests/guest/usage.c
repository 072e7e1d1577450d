/* What a process has used (getrusage, times, wait4, waitid), its priority, its name. */
#include "_tap.h"
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/times.h>

/* The words of siginfo_t that waitid fills in. */
struct info {
	int signo, errno_, code, pid, uid, status;
	int rest[26];
};

static struct info info;

static long
wait_id(int type, int id, int options)
{
	info = (struct info){-7, -7, -7, -7, -7, -7, {0}};
	return syscall(SYS_waitid, type, id, &info, options, 0);
}

static long
microseconds(struct timeval time)
{
	return time.tv_sec * 1000000 + time.tv_usec;
}

static long
time_used(int who)
{
	struct rusage usage;
	must(getrusage(who, &usage));
	return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

/* Works until the clock of the process has gone on by so many hundredths of a second. */
static void
work(int ticks)
{
	struct timespec start, now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	do {
		for (volatile int i = 0; i < 10000; i++)
			;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	} while ((now.tv_sec - start.tv_sec) * 100 +
		(now.tv_nsec - start.tv_nsec) / 10000000 < ticks);
}

static void
touch(int pages)
{
	char *p = shared_pages(pages);
	for (int i = 0; i < pages; i++)
		p[i * PAGE] = 1;
	munmap(p, pages * PAGE);
}

static void
test_usage(void)
{
	struct rusage before, after, child;
	struct tms times_before, times_after;
	must(getrusage(RUSAGE_SELF, &before));
	clock_t start = times(&times_before);
	long used = time_used(RUSAGE_SELF);
	work(12);
	touch(400);
	must(getrusage(RUSAGE_SELF, &after));
	clock_t end = times(&times_after);
	ok(time_used(RUSAGE_SELF) - used >= 80000, "V05 getrusage: the time it has worked");
	ok(after.ru_minflt - before.ru_minflt >= 400, "V05 the pages it has touched");
	ok(after.ru_maxrss >= 300 * 4, "V05 what it has had at once, after it is gone");
	ok(times_after.tms_utime + times_after.tms_stime - times_before.tms_utime -
				times_before.tms_stime >= 8,
		"V05 times: the same in ticks");
	ok(end - start >= 11 && end - start < 1000, "V05 and how long it took");
	is_int(times_after.tms_cutime, 0, "V05 no child has done anything");
	is_int(time_used(RUSAGE_CHILDREN), 0, "V05 by getrusage neither");
	ok(time_used(1) > 0, "V05 this thread has");

	pid_t pid = spawn(reap(spawn(work(8))); touch(400); work(6));
	is_int(time_used(RUSAGE_CHILDREN), 0, "V05 a child that runs does not count yet");
	is_int(must(wait4(pid, 0, 0, &child)), pid, "V05 wait4 with the child's usage");
	ok(microseconds(child.ru_utime) + microseconds(child.ru_stime) >= 100000,
		"V05 its time and its child's");
	ok(child.ru_maxrss >= 300 * 4 && child.ru_minflt >= 400, "V05 its memory");
	ok(time_used(RUSAGE_CHILDREN) >= 100000, "V05 now it counts");
	must(times(&times_after));
	ok(times_after.tms_cutime + times_after.tms_cstime >= 10, "V05 for times too");
	fails(getrusage(7, &after), EINVAL, "V05 getrusage: of nobody");
	fails(getrusage(RUSAGE_SELF, (void *)8), EFAULT, "V08 getrusage: a bad pointer");
	fails(times((void *)8), EFAULT, "V08 times: a bad pointer");
}

static void
test_waitid(void)
{
	pid_t pid = spawn(_exit(3));
	is_int(wait_id(P_PID, pid, WEXITED | WNOWAIT), 0, "V05 waitid that only looks");
	is_int(wait_id(P_PID, pid, WEXITED), 0, "V05 and finds the child again");
	is_int(info.signo, SIGCHLD, "V05 si_signo");
	is_int(info.code, 1, "V05 si_code: it exited");
	is_int(info.status, 3, "V05 si_status");
	is_int(info.pid, pid, "V05 si_pid");
	is_int(info.uid, getuid(), "V05 si_uid");
	is_int(info.errno_, 0, "V05 si_errno");
	fails(wait_id(P_PID, pid, WEXITED), ECHILD, "V05 then it is gone");

	pid = spawn(for (;;) pause());
	is_int(wait_id(P_ALL, 0, WEXITED | WNOHANG), 0, "V05 waitid WNOHANG");
	is_int(info.signo | info.pid | info.code, 0, "V05 finds nothing, and says so");
	kill(pid, SIGSTOP);
	is_int(wait_id(P_PID, pid, WSTOPPED), 0, "V05 a stop");
	ok(info.code == 5 && info.status == SIGSTOP, "V05 by SIGSTOP");
	kill(pid, SIGCONT);
	is_int(wait_id(P_PGID, 0, WCONTINUED), 0, "V05 and on, of its own group");
	ok(info.code == 6 && info.status == SIGCONT, "V05 by SIGCONT");
	kill(pid, SIGTERM);
	is_int(wait_id(P_ALL, 0, WEXITED), 0, "V05 the end");
	ok(info.code == 2 && info.status == SIGTERM && info.pid == pid, "V05 by SIGTERM");
	fails(wait_id(P_ALL, 0, WNOHANG), EINVAL, "V05 waitid for nothing");
	fails(wait_id(P_ALL, 0, WEXITED | 0x100), EINVAL, "V05 waitid with an unknown option");
	fails(wait_id(99, 0, WEXITED), EINVAL, "V05 waitid for whom?");
	fails(wait_id(P_PID, 0, WEXITED), EINVAL, "V05 waitid for pid 0");
	fails(wait_id(P_ALL, 0, WEXITED), ECHILD, "V05 waitid without children");
}

static void
test_priority(void)
{
	unsigned long cpus = 0;
	is_int(getpriority(PRIO_PROCESS, 0), 0, "V05 nobody is nice at first");
	is_int(nice(5), 5, "V05 nice");
	is_int(in_child(exit(getpriority(PRIO_PROCESS, 0))), 5, "V05 a child has it too");
	is_int(setpriority(PRIO_PROCESS, getpid(), 100), 0, "V05 setpriority: too nice");
	is_int(getpriority(PRIO_PGRP, 0), 19, "V05 is as nice as can be");
	is_int(setpriority(PRIO_PROCESS, 0, -3), 0, "V05 root may be less nice");
	errno = 0;
	is_int(getpriority(PRIO_PROCESS, getpid()), -3, "V05 than others");
	is_int(errno, 0, "V05 which is no error");
	must(setpriority(PRIO_PROCESS, 0, 0));
	fails(setpriority(99, 0, 0), EINVAL, "V05 setpriority: of what?");
	fails(getpriority(99, 0), EINVAL, "V05 getpriority: of what?");
	fails(getpriority(PRIO_PROCESS, 32000), ESRCH, "V05 getpriority: of nobody");
	is_int(syscall(SYS_sched_getaffinity, 0, sizeof(cpus), &cpus) == sizeof(cpus), 1,
		"V05 sched_getaffinity: a word");
	is_int(cpus, 1, "V05 the one CPU");
	is_int(syscall(SYS_sched_setaffinity, 0, sizeof(cpus), &cpus), 0, "V05 as it is");
	cpus = 0;
	fails(syscall(SYS_sched_setaffinity, 0, sizeof(cpus), &cpus), EINVAL, "V05 not on none");
	fails(syscall(SYS_sched_getaffinity, 0, 1, &cpus), EINVAL, "V05 too small a set");
	fails(syscall(SYS_sched_getaffinity, 32000, 4, &cpus), ESRCH, "V05 of nobody");
}

static void
test_prctl(void)
{
	char name[16];
	is_int(prctl(PR_GET_NAME, name), 0, "V05 PR_GET_NAME");
	ok(strcmp(name, "usage") == 0, "V05 the program's name");
	is_int(prctl(PR_SET_NAME, "a name that is much too long"), 0, "V05 PR_SET_NAME");
	must(prctl(PR_GET_NAME, name));
	ok(strcmp(name, "a name that is ") == 0, "V05 is cut off");
	is_int(in_child(prctl(PR_GET_NAME, name); exit(strcmp(name, "a name that is ") != 0)), 0,
		"V05 a child has it too");
	fails(prctl(PR_SET_NAME, 8), EFAULT, "V08 PR_SET_NAME: a bad pointer");
	fails(prctl(0x7fff, 0, 0, 0, 0), EINVAL, "V05 prctl: no such thing");
	is_int(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 1, "V05 PR_GET_DUMPABLE");
	is_int(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), 0, "V05 PR_SET_DUMPABLE");
	is_int(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0, "V05 is kept");
	fails(prctl(PR_SET_DUMPABLE, 7, 0, 0, 0), EINVAL, "V05 PR_SET_DUMPABLE: 7");

	volatile int *gate = shared_pages(1);
	int ended = reap(spawn(gate[0] = spawn(prctl(PR_SET_PDEATHSIG, SIGKILL); gate[1] = 1;
			for (;;) pause());
		wait_until(gate[1])));
	is_int(ended, 0, "V05 PR_SET_PDEATHSIG: the parent ends");
	ok(wait_until(kill(gate[0], 0) < 0), "V05 and its child too");
}

int
main(void)
{
	test_usage();
	test_waitid();
	test_priority();
	test_prctl();
	return done();
}
