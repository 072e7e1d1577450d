/*
 * What somebody still has open of /proc/PID when the process has gone, and the pid come again: it
 * is never the new process's. And who may look at a process that is not all of one user.
 */
#include "_tap.h"
#include <stdbool.h>
#include <sys/stat.h>

static char path[64];

static const char *
of(pid_t pid, const char *name)
{
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	return path;
}

/* A process with this pid, which had gone: it waits until it is killed. 0: there is none. */
static pid_t
come_again(pid_t wanted)
{
	volatile pid_t pid = wanted; /* in memory: vfork's child has this stack, too */
	char text[20];
	int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY); /* Linux can be told */
	pid_t last = getpid();
	if (fd >= 0) {
		last = pid - 1;
		snprintf(text, sizeof(text), "%d", last);
		must(write(fd, text, strlen(text)));
		close(fd);
	}
	for (int i = 0; i < 70000 && last != pid; i++) {
		bool near = last < pid && last > pid - 50;
		last = near ? must(fork()) : must(vfork());
		if (last == 0 && near)
			pause();
		if (last == 0)
			_exit(0);
		if (last == pid)
			return pid;
		if (near)
			kill(last, SIGKILL);
		must(waitpid(last, 0, 0));
	}
	return 0;
}

static void
test_again(void)
{
	char byte;
	pid_t child = spawn(pause());
	int comm = must(open(of(child, "comm"), O_RDONLY));
	int directory = must(open(of(child, ""), O_RDONLY | O_DIRECTORY));

	is_int(read(comm, &byte, 1), 1, "V07 a process's file can be read");
	kill(child, SIGKILL);
	reap(child);
	lseek(comm, 0, SEEK_SET);
	fails(read(comm, &byte, 1), ESRCH, "V07 not when it has gone");
	pid_t again = come_again(child);
	ok(again == child, "V07 the pid comes again");
	fails(read(comm, &byte, 1), ESRCH, "V07 what is open is not the new one's");
	fails(openat(directory, "comm", O_RDONLY), ESRCH, "V07 nor has it the new one's files");
	close(must(open(of(again, "comm"), O_RDONLY)));
	kill(again, SIGKILL);
	reap(again);
	close(comm);
	close(directory);
}

/* The errno that a user gets who opens it, 0: it works. */
static int
opened_by(int user, const char *name)
{
	return in_child(must(syscall(SYS_setuid32, user));
			_exit(open(name, O_RDONLY) < 0 ? errno : 0));
}

static void
test_owners(void)
{
	int *ready = shared_pages(1);
	struct stat status;
	pid_t mixed = spawn(must(syscall(SYS_setresuid32, 0, 1000, 0)); *ready = 1; pause());

	ok(wait_until(*ready), "V07 a process of root, at work as a user");
	must(stat(of(mixed, ""), &status));
	is_int(status.st_uid, 1000, "V07 it acts for the user");
	must(stat(of(mixed, "stat"), &status));
	is_int(status.st_uid, 0, "V07 what is told of it is root's");
	is_int(opened_by(1000, of(mixed, "environ")), EACCES, "V07 its environ is not the user's");
	is_int(opened_by(1000, of(mixed, "fd")), EACCES, "V07 nor are its descriptors");
	is_int(opened_by(1000, of(mixed, "maps")), EACCES, "V07 nor maps");
	is_int(opened_by(1000, of(mixed, "stat")), 0, "V07 stat is for all");
	kill(mixed, SIGKILL);
	reap(mixed);
	is_int(opened_by(1000, of(getpid(), "maps")), EACCES, "V07 root's maps are root's alone");
	is_int(opened_by(0, of(getpid(), "maps")), 0, "V07 who may read them");
}

int
main(void)
{
	test_owners();
	test_again();
	return done();
}
