/*
 * What every guest test shares: a test is a program that prints TAP, the Test Anything Protocol.
 *
 * The same program runs on nopage and on Linux, so nothing here or in a test may depend on what
 * only one of them has, but through counter(), which answers -1 where /proc/nopage is absent.
 * A description begins with the rows of docs/features.md that the check proves: "S05 S09 …".
 * Descriptions must be the same from run to run: no addresses, no ids, no pids in them.
 */
#ifndef TAP_H
#define TAP_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TAP __attribute__((unused)) static
#define TAP_FORMAT(n) __attribute__((unused, format(printf, n, n + 1))) static

#define PAGE 4096ul

static int tap_count, tap_failures;

/* One write(2) a line, so that lines of a forest of processes never mix and fork copies no buffer.
 */
TAP void
tap_line(const char *head, const char *format, va_list args, const char *tail)
{
	char line[512];
	int n = snprintf(line, sizeof(line), "%s", head);
	n += vsnprintf(line + n, sizeof(line) - n - 40, format, args);
	if (n > (int)sizeof(line) - 41)
		n = sizeof(line) - 41;
	n += snprintf(line + n, sizeof(line) - n, "%s\n", tail);
	if (write(1, line, n) != n)
		_exit(99);
}

/* A line for the reader; TAP ignores it. */
TAP_FORMAT(1) void note(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tap_line("# ", format, args, "");
	va_end(args);
}

TAP void
tap_result(int pass, const char *format, va_list args, const char *tail)
{
	char head[32];
	snprintf(head, sizeof(head), "%sok %d - ", pass ? "" : "not ", ++tap_count);
	tap_failures += !pass;
	tap_line(head, format, args, tail);
}

/* The check itself; returns PASS so that a test can give up when the rest has no sense. */
TAP_FORMAT(2) int tap_ok(int pass, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tap_result(pass, format, args, "");
	va_end(args);
	return pass;
}

/* A check that cannot be made here: it counts, and shows why it was not made. */
TAP_FORMAT(1) void skip(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tap_result(1, format, args, " # SKIP not on this kernel");
	va_end(args);
}

/* The last line of every test: return done(); A test that dies before it has no plan, and fails. */
TAP int
done(void)
{
	char plan[16];
	int n = snprintf(plan, sizeof(plan), "1..%d\n", tap_count);
	return write(1, plan, n) != n || tap_failures != 0;
}

#define ok(condition, ...) \
	({ \
		int pass_ = !!(condition); \
		tap_ok(pass_, __VA_ARGS__); \
		if (!pass_) \
			note("line %d: not true: %s", __LINE__, #condition); \
		pass_; \
	})

#define is_int(got, want, ...) \
	({ \
		long got_ = (long)(got), want_ = (long)(want); \
		tap_ok(got_ == want_, __VA_ARGS__); \
		if (got_ != want_) \
			note("line %d: %s: expected %ld (%#lx), got %ld (%#lx)", __LINE__, #got, \
				want_, want_, got_, got_); \
		got_ == want_; \
	})

/* The call must answer -1 with errno ERROR. */
#define fails(call, error, ...) \
	({ \
		errno = 0; \
		long got_ = (long)(call); \
		int errno_ = errno, want_ = (error), pass_ = got_ == -1 && errno_ == want_; \
		tap_ok(pass_, __VA_ARGS__); \
		if (!pass_) \
			note("line %d: %s: expected -1 and errno %d (%s), got %ld and errno %d", \
				__LINE__, #call, want_, #error, got_, errno_); \
		pass_; \
	})

/* The call must not answer -1; its value comes back. */
#define works(call, ...) \
	({ \
		errno = 0; \
		long got_ = (long)(call); \
		int errno_ = errno; \
		tap_ok(got_ != -1, __VA_ARGS__); \
		if (got_ == -1) \
			note("line %d: %s: failed with errno %d", __LINE__, #call, errno_); \
		got_; \
	})

/* Setting the scene: if this fails the test has no sense at all. */
#define must(call) \
	({ \
		errno = 0; \
		__typeof__(call) got_ = (call); \
		if ((long)got_ == -1) { \
			note("line %d: %s: failed with errno %d", __LINE__, #call, errno); \
			exit(98); \
		} \
		got_; \
	})

/* How a child ended, as one number: its exit status, or minus the signal that killed it. */
TAP int
reap(pid_t pid)
{
	int status;
	if (waitpid(pid, &status, 0) != pid)
		return -1000;
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* Runs the statements in a child and goes on at once: the child's pid. */
#define spawn(...) \
	({ \
		pid_t pid_ = must(fork()); \
		if (pid_ == 0) { \
			__VA_ARGS__; \
			_exit(0); \
		} \
		pid_; \
	})

/* Runs the statements in a child to its end: is_int(in_child(*p = 1), -SIGSEGV, …). */
#define in_child(...) reap(spawn(__VA_ARGS__))

/* An address that the compiler must not think about: it may be wrong on purpose. */
#define unknown(address) \
	({ \
		unsigned long address_ = (unsigned long)(address); \
		__asm__("" : "+r"(address_)); \
		address_; \
	})
#define peek(address) (*(volatile unsigned char *)unknown(address))
#define poke(address, byte) ((void)(*(volatile unsigned char *)unknown(address) = (byte)))
#define peek_word(address) (*(volatile unsigned long *)unknown(address))
#define poke_word(address, word) ((void)(*(volatile unsigned long *)unknown(address) = (word)))

/* Waits until the condition holds, some ten seconds; whether it did. */
#define wait_until(condition) \
	({ \
		time_t patience_ = time(0) + 10; \
		int holds_; \
		while (!(holds_ = !!(condition)) && time(0) <= patience_) \
			usleep(1000); \
		holds_; \
	})

/* Zeroed pages that this process shares with the children it will fork. */
TAP void *
shared_pages(int pages)
{
	return must(
		mmap(0, pages * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

/* Zeroed pages of this process alone, with nothing mapped directly below or above. */
TAP char *
private_pages(int pages, int prot)
{
	char *p = must(mmap(0, (pages + 2) * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	must(mprotect(p + PAGE, pages * PAGE, prot));
	must(munmap(p, PAGE));
	must(munmap(p + (pages + 1) * PAGE, PAGE));
	return p + PAGE;
}

/* Memory of this process alone, from an address on at which a segment may be attached. */
TAP char *
shm_room(size_t size)
{
	char *all = must(mmap(0, size + SHMLBA, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	char *room = (char *)(((unsigned long)all + SHMLBA - 1) & -SHMLBA);
	if (room > all)
		must(munmap(all, room - all));
	must(munmap(room + size, all + SHMLBA - room));
	return room;
}

/* A key that no segment has: never a fixed one, for an earlier run may have left its segment. */
TAP key_t
unused_key(void)
{
	static unsigned last;
	if (last == 0)
		last = getpid() * 65537u + (unsigned)time(0);
	do
		last = last * 1664525u + 1013904223u;
	while (last == IPC_PRIVATE || shmget(last, 0, 0) != -1 || errno != ENOENT);
	return last;
}

TAP int
new_segment(size_t size)
{
	return must(shmget(IPC_PRIVATE, size, IPC_CREAT | 0600));
}

/* What IPC_STAT says; the fields a test asks for most. */
TAP struct shmid_ds
segment_state(int id)
{
	struct shmid_ds ds;
	must(shmctl(id, IPC_STAT, &ds));
	return ds;
}

/* Every segment, semaphore set and message queue of the machine. */
TAP void
remove_all_objects(void)
{
	union {
		struct shmid_ds shm;
		struct semid_ds sem;
		struct msqid_ds msg;
		struct shm_info shm_info;
		struct seminfo sem_info;
		struct msginfo msg_info;
	} any;
	int last = shmctl(0, SHM_INFO, &any.shm);
	for (int slot = 0; slot <= last; slot++)
		shmctl(shmctl(slot, SHM_STAT, &any.shm), IPC_RMID, 0);
	last = semctl(0, 0, SEM_INFO, &any);
	for (int slot = 0; slot <= last; slot++)
		semctl(semctl(slot, 0, SEM_STAT, &any), 0, IPC_RMID);
	last = msgctl(0, MSG_INFO, &any.msg);
	for (int slot = 0; slot <= last; slot++)
		msgctl(msgctl(slot, MSG_STAT, &any.msg), IPC_RMID, 0);
}

#define nattch(id) ((long)segment_state(id).shm_nattch)

/* The whole of a small file in a static buffer, "" if there is none. */
TAP char *
file_text(const char *path)
{
	static char text[16384];
	int n = 0, got, fd = open(path, O_RDONLY);
	while (fd >= 0 && (got = read(fd, text + n, sizeof(text) - 1 - n)) > 0)
		n += got;
	if (fd >= 0)
		close(fd);
	text[n] = 0;
	return text;
}

/* The process sleeps in a call that signals can end, as /proc/PID/stat tells. */
TAP int
is_asleep(pid_t pid)
{
	char path[40], state = 0;
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	sscanf(file_text(path), "%*d (%*[^)]) %c", &state);
	return state == 'S';
}

/*
 * Touches every page that the process has of its own: what comes on demand has come then, and
 * costs no frame between two readings of a counter.
 */
TAP void
touch_everything(void)
{
	static char maps[4096];
	snprintf(maps, sizeof(maps), "%s", file_text("/proc/self/maps"));
	for (char *line = maps; *line; line += strcspn(line, "\n") + 1) {
		unsigned long at, end;
		char rights[8];
		if (sscanf(line, "%lx-%lx %7s", &at, &end, rights) != 3 || rights[3] != 'p')
			continue;
		for (; rights[0] == 'r' && at < end; at += PAGE) {
			unsigned char byte = peek(at);
			if (rights[1] == 'w')
				poke(at, byte);
		}
	}
}

/*
 * One of nopage's own counters, -1 on Linux. Call it once before the two calls that a test
 * compares, in a child too: the first call touches what the process has.
 */
TAP long
counter(const char *name)
{
	static pid_t touched;
	char *line = file_text("/proc/nopage");
	size_t length = strlen(name);
	if (*line && touched != getpid()) {
		touch_everything();
		touched = getpid();
		line = file_text("/proc/nopage");
	}
	while (*line && (strncmp(line, name, length) != 0 || line[length] != ' ')) {
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return *line ? atol(line + length) : -1;
}

/* A check that needs counters: skipped on Linux. */
#define counts(got, want, ...) \
	(counter("frames_free") < 0 ? skip(__VA_ARGS__) : (void)is_int(got, want, __VA_ARGS__))

#endif
