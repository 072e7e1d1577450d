/* /proc/PID: what programs like ps and top read of a process, and who may. */
#include "_tap.h"
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

extern char **environ;

static char path[64];

static const char *
of(pid_t pid, const char *name)
{
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	return path;
}

/* The number in field `n`, counted from 1 as in proc(5), of a stat text. */
static unsigned long
field(const char *text, int n)
{
	const char *at = strrchr(text, ')') + 2;
	for (int i = 3; i < n; i++)
		at = strchr(at, ' ') + 1;
	return strtoul(at, 0, 10);
}

/* The number behind the name in a status text; -1: no such line. */
static long
line(const char *text, const char *name)
{
	const char *at = strstr(text, name);
	return at ? atol(at + strlen(name)) : -1;
}

/* The bytes of a file with NULs in it. */
static char bytes[4096];

static int
read_bytes(const char *name)
{
	int fd = open(name, O_RDONLY), n = 0, got;
	memset(bytes, 0, sizeof(bytes));
	while (fd >= 0 && (got = read(fd, bytes + n, sizeof(bytes) - n)) > 0)
		n += got;
	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : n;
}

static void
test_words(void)
{
	char *const words[] = {"/tests/proc_process", "one", "", "a b", 0};
	char *const names[] = {"FIRST=1", "SECOND=", 0};
	int fd[2];
	must(pipe(fd));
	pid_t child = spawn(dup2(fd[0], 0); close(fd[1]); execve(words[0], words, names); _exit(1));
	close(fd[0]);
	ok(wait_until(read_bytes(of(child, "cmdline")) == 29), "V05 cmdline: all words");
	ok(memcmp(bytes, "/tests/proc_process\0one\0\0a b\0", 29) == 0,
		"V05 with a NUL behind each");
	is_int(read_bytes(of(child, "environ")), 16, "V05 environ: all of them");
	ok(memcmp(bytes, "FIRST=1\0SECOND=\0", 16) == 0, "V05 as they were given");
	ok(strcmp(file_text(of(child, "comm")), "proc_process\n") == 0, "V05 comm");
	struct stat status;
	must(stat(of(child, "environ"), &status));
	is_int(status.st_mode & 0777, 0400, "V05 environ is its owner's alone");
	close(fd[1]);
	is_int(reap(child), 0, "V05 it was there all the time");

	child = spawn(_exit(0));
	ok(wait_until(strchr(file_text(of(child, "stat")), 'Z')), "V05 a zombie");
	is_int(read_bytes(of(child, "cmdline")), 0, "V05 has no cmdline any more");
	is_int(read_bytes(of(child, "maps")), 0, "V05 nor maps");
	char target[100];
	fails(readlink(of(child, "exe"), target, 100), ENOENT, "V05 nor exe");
	reap(child);
	fails(open(of(child, "cmdline"), O_RDONLY), ENOENT, "V05 once it is waited for, no files");
}

static void
test_links(void)
{
	char target[100] = "", number[20];
	int length = readlink("/proc/self", target, sizeof(target) - 1);
	snprintf(number, sizeof(number), "%d", getpid());
	ok(length == (int)strlen(number) && strcmp(target, number) == 0,
		"V05 self leads to the caller");
	struct stat status;
	must(lstat("/proc/self", &status));
	ok(S_ISLNK(status.st_mode), "V05 by a symbolic link");
	memset(target, 0, sizeof(target));
	is_int(readlink("/proc/self/exe", target, sizeof(target)), strlen("/tests/proc_process"),
		"V05 exe leads to the program");
	ok(strcmp(target, "/tests/proc_process") == 0, "V05 by its path");
	int fd = open("/proc/self/exe", O_RDONLY);
	char magic[4] = "";
	ok(read(fd, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0, "V05 which can be opened");
	close(fd);

	/* The longest path, and what is said of a file that has none any more. */
	char name[256] = "/tmp/", said[600] = "";
	memset(name + 5, 'n', 250);
	fd = must(open(name, O_WRONLY | O_CREAT, 0600));
	must(unlink(name));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	is_int(readlink(path, said, sizeof(said)), 265,
		"V05 fd: the longest path and \"(deleted)\"");
	ok(memcmp(said, name, 255) == 0 && strcmp(said + 255, " (deleted)") == 0, "V05 to the end");
	close(fd);

	must(chdir("/tests"));
	is_int(in_child(char *const words[] = {"x", "y", 0};
		execve("../tests/./proc_process", words, environ)), 7, "V05 however it was called");
	is_int(in_child(must(syscall(SYS_setuid32, 1000));
		       _exit(readlink(of(getppid(), "exe"), target, 100) < 0 ? errno : 0)),
		EACCES, "V05 exe is not for other users");
	is_int(in_child(must(syscall(SYS_setuid32, 1000));
		       _exit(open(of(getppid(), "environ"), O_RDONLY) < 0 ? errno : 0)),
		EACCES, "V05 nor is environ");
	is_int(in_child(must(syscall(SYS_setuid32, 1000));
		       _exit(open(of(getppid(), "cmdline"), O_RDONLY) < 0 ? errno : 0)),
		0, "V05 cmdline is for all");
}

static void
work(void)
{
	struct timespec now;
	do {
		for (volatile int i = 0; i < 100000; i++)
			;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	} while (now.tv_sec == 0 && now.tv_nsec < 80000000);
}

static void
test_numbers(void)
{
	char text[2048];
	int fields = 2;
	work();
	in_child(work());
	must(setpriority(PRIO_PROCESS, 0, 3));
	signal(SIGUSR1, SIG_IGN);
	prctl(PR_SET_NAME, "a (name) b");
	snprintf(text, sizeof(text), "%s", file_text("/proc/self/stat"));
	prctl(PR_SET_NAME, "proc_process");
	for (char *at = strrchr(text, ')'); (at = strchr(at, ' ')); at++)
		fields++;
	is_int(fields, 52, "V05 stat: 52 fields");
	ok(strstr(text, " (a (name) b) R "), "V05 whatever the name is");
	ok(field(text, 10) > 0, "V05 page faults");
	ok(field(text, 14) + field(text, 15) >= 4, "V05 ticks");
	ok(field(text, 16) + field(text, 17) >= 4, "V05 its children's ticks");
	is_int(field(text, 18), 23, "V05 priority");
	is_int(field(text, 19), 3, "V05 nice");
	is_int(field(text, 20), 1, "V05 threads");
	ok(field(text, 22) < 100000, "V05 when it began");
	unsigned long size = field(text, 23), resident = field(text, 24);
	ok(size > 0 && size % PAGE == 0, "V05 its size in bytes");
	ok(resident > 0 && resident <= size / PAGE, "V05 pages that are there");
	is_int(field(text, 33) >> (SIGUSR1 - 1) & 1, 1, "V05 signals it ignores");
	is_int(field(text, 38), SIGCHLD, "V05 what its parent gets at its end");
	unsigned long begin = field(text, 48), end = field(text, 49);
	ok(begin < end && strcmp((char *)begin, "/tests/proc_process") == 0,
		"V05 where its words are");
	is_int(field(text, 50), end, "V05 and behind them the environment");

	unsigned long all, there, shared, code, zero, data, none;
	is_int(sscanf(file_text("/proc/self/statm"), "%lu %lu %lu %lu %lu %lu %lu", &all, &there,
		       &shared, &code, &zero, &data, &none),
		7, "V05 statm: seven numbers");
	ok(all == size / PAGE && there > 0 && there <= all, "V05 size and resident");
	ok(shared < there && code > 0 && data > 0 && code + data <= all, "V05 shared, text, data");
	is_int(zero + none, 0, "V05 and two that are 0");

	must(prctl(PR_SET_NAME, "other"));
	snprintf(text, sizeof(text), "%s", file_text("/proc/self/status"));
	ok(strncmp(text, "Name:\tother\nUmask:\t0", 20) == 0, "V05 status begins with the name");
	is_int(line(text, "\nPid:\t"), getpid(), "V05 status: Pid");
	is_int(line(text, "\nPPid:\t"), getppid(), "V05 status: PPid");
	is_int(line(text, "\nTgid:\t"), getpid(), "V05 status: Tgid");
	is_int(line(text, "\nUid:\t"), 0, "V05 status: Uid");
	is_int(line(text, "\nThreads:\t"), 1, "V05 status: Threads");
	is_int(line(text, "\nVmSize:\t"), size / 1024, "V05 status: VmSize in KiB");
	ok(line(text, "\nVmRSS:\t") > 0, "V05 status: VmRSS");
	ok(line(text, "\nVmHWM:\t") >= line(text, "\nVmRSS:\t"), "V05 status: VmHWM, its most");
	is_int(line(text, "\nVmLck:\t"), 0, "V05 status: VmLck");
	char *locked = must(mmap(0, 3 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED,
		-1, 0));
	is_int(line(file_text("/proc/self/status"), "\nVmLck:\t"), 12, "V05 that grows by mlock");
	must(munmap(locked, 3 * PAGE));
	ok(strstr(text, "\nSigIgn:\t0000000000000200\n"), "V05 status: SigIgn");
	ok(strstr(text, "\nState:\tR (running)\n"), "V05 status: State");
}

int
main(int argc, char **argv)
{
	if (argc == 4) /* called by itself: until its standard input ends */
		return read(0, bytes, 1);
	if (argc == 2) {
		char target[100] = "";
		readlink("/proc/self/exe", target, sizeof(target) - 1);
		bool good = strcmp(target, "/tests/proc_process") == 0 && strcmp(argv[1], "y") == 0;
		return good ? 7 : 8;
	}
	long objects = counter("objects"), frames = counter("frames_free");
	test_words();
	test_links();
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	test_numbers();
	return done();
}
