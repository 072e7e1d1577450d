/* Pipes with a name: who opens one end waits for the other. And /proc/PID/fd. */
#include "_tap.h"
#include <dirent.h>
#include <poll.h>
#include <sys/stat.h>

#define FIFO "/tmp/pipe_fifo"

static char got[100];

static int
state_of(int fd)
{
	struct pollfd one = {fd, POLLIN | POLLOUT, 0};
	poll(&one, 1, 0);
	return one.revents;
}

static void
test_opening(void)
{
	struct stat status;
	is_int(mkfifo(FIFO, 0640), 0, "V05 mkfifo");
	must(stat(FIFO, &status));
	ok(S_ISFIFO(status.st_mode) && (status.st_mode & 0777) == 0640, "V05 stat says a FIFO");
	fails(mkfifo(FIFO, 0600), EEXIST, "V05 there is one already");
	fails(mknod("/tmp/pipe_device", S_IFDIR | 0600, 0), EPERM, "V05 mknod makes no directory");

	fails(open(FIFO, O_WRONLY | O_NONBLOCK), ENXIO, "V05 O_NONBLOCK, to write: nobody reads");
	int reader = works(open(FIFO, O_RDONLY | O_NONBLOCK), "V05 O_NONBLOCK, to read: at once");
	is_int(read(reader, got, 1), 0, "V05 nothing is there");
	is_int(state_of(reader), 0, "V05 but no POLLHUP before there was a writer");
	int writer = works(open(FIFO, O_WRONLY | O_NONBLOCK), "V05 now there is a reader");
	fails(read(reader, got, 1), EAGAIN, "V05 and a writer: nothing yet");
	must(write(writer, "hello", 5));
	is_int(read(reader, got, 100), 5, "V05 what is written is read");
	close(writer);
	is_int(state_of(reader), POLLHUP, "V05 POLLHUP when the writer has gone");
	writer = must(open(FIFO, O_WRONLY));
	is_int(state_of(reader), 0, "V05 not any more when another one comes");
	must(write(writer, "left", 4));
	close(writer), close(reader);
	reader = must(open(FIFO, O_RDONLY | O_NONBLOCK));
	is_int(read(reader, got, 100), 0, "V05 what nobody has read is gone when all have closed");
	close(reader);

	int both = works(open(FIFO, O_RDWR), "V05 O_RDWR waits for nobody");
	must(write(both, "x", 1));
	is_int(read(both, got, 1), 1, "V05 and talks to itself");
	is_int(state_of(both), POLLOUT, "V05 it can be written");
	close(both);
}

static void
test_waiting(void)
{
	pid_t child = spawn(int fd = open(FIFO, O_RDONLY); char c;
		_exit(read(fd, &c, 1) == 1 ? c : 99));
	ok(wait_until(is_asleep(child)), "V05 to read: waits for a writer");
	int writer = must(open(FIFO, O_WRONLY));
	must(write(writer, "\5", 1));
	is_int(reap(child), 5, "V05 until there is one");
	close(writer);
	child = spawn(int fd = open(FIFO, O_WRONLY); _exit(write(fd, "ab", 2)));
	ok(wait_until(is_asleep(child)), "V05 to write: waits for a reader");
	int reader = must(open(FIFO, O_RDONLY));
	is_int(reap(child), 2, "V05 until there is one");
	is_int(read(reader, got, 100), 2, "V05 who gets it");
	is_int(read(reader, got, 100), 0, "V05 and then the end");
	close(reader);
	child = spawn(open(FIFO, O_RDONLY); _exit(0));
	ok(wait_until(is_asleep(child)), "V06 one waits");
	kill(child, SIGKILL);
	is_int(reap(child), -SIGKILL, "V06 and is killed");
	fails(open(FIFO, O_WRONLY | O_NONBLOCK), ENXIO, "V06 which leaves nobody reading");
	child = spawn(open(FIFO, O_RDONLY); _exit(3));
	ok(wait_until(is_asleep(child)), "V05 one waits again");
	writer = must(open(FIFO, O_WRONLY | O_NONBLOCK));
	close(writer);
	is_int(reap(child), 3, "V05 a writer that is gone again at once was there all the same");
	must(unlink(FIFO));
}

static int
listed(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

static void
test_links(void)
{
	int fd[2], file = must(open("/tests/files/digits", O_RDONLY));
	char path[40], target[100], want[100];
	struct stat status;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	memset(target, 0, sizeof(target));
	must(readlink(path, target, sizeof(target)));
	ok(strcmp(target, "/tests/files/digits") == 0, "V05 fd/N leads to the file");
	must(lseek(file, 5, SEEK_SET));
	int again = works(open(path, O_RDONLY), "V05 it can be opened");
	ok(read(again, got, 1) == 1 && got[0] == '0', "V05 anew: from its beginning");
	close(again);
	int before = listed("/proc/self/fd");
	must(pipe(fd));
	is_int(listed("/proc/self/fd"), before + 2, "V05 fd lists what is open");
	must(fstat(fd[0], &status));
	snprintf(want, sizeof(want), "pipe:[%lu]", (unsigned long)status.st_ino);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[0]);
	memset(target, 0, sizeof(target));
	must(readlink(path, target, sizeof(target)));
	ok(strcmp(target, want) == 0, "V05 a pipe's is pipe:[its inode]");
	struct stat other;
	must(fstat(fd[1], &other));
	is_int(other.st_ino, status.st_ino, "V05 of both ends");
	must(write(fd[1], "xyz", 3));
	again = works(open(path, O_RDONLY), "V05 and can be opened");
	is_int(read(again, got, 2), 2, "V05 the same pipe");
	close(again);
	is_int(read(fd[0], got, 2), 1, "V05 the rest is for the others");
	is_int(in_child(dup2(fd[0], 0); close(fd[1]); _exit(open("/dev/stdin", O_RDONLY) < 0)), 0,
		"V05 /dev/stdin");
	is_int(in_child(dup2(fd[1], 1); int out = open("/dev/stdout", O_WRONLY);
		       _exit(write(out, "out", 3) != 3)),
		0, "V05 /dev/stdout");
	must(fcntl(fd[0], F_SETFL, O_NONBLOCK));
	is_int(read(fd[0], got, 100), 3, "V05 leads where it should");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[1]);
	close(fd[0]), close(fd[1]), close(file);
	fails(open(path, O_RDONLY), ENOENT, "V05 once it is closed there is no link");
	fails(open("/proc/self/fd/x", O_RDONLY), ENOENT, "V05 nor one by another name");

	file = must(open("/tmp/pipe_gone", O_RDWR | O_CREAT, 0600));
	must(write(file, "abc", 3));
	must(unlink("/tmp/pipe_gone"));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	memset(target, 0, sizeof(target));
	must(readlink(path, target, sizeof(target)));
	ok(strcmp(target, "/tmp/pipe_gone (deleted)") == 0, "V05 a removed file's says so");
	again = works(open(path, O_RDONLY), "V05 and can be opened all the same");
	is_int(read(again, got, 100), 3, "V05 and read");
	close(again), close(file);
	is_int(in_child(snprintf(path, sizeof(path), "/proc/%d/fd", getppid());
		       must(syscall(SYS_setuid32, 1000));
		       _exit(open(path, O_RDONLY) < 0 ? errno : 0)),
		EACCES, "V05 another user's are nobody's business");
}

int
main(void)
{
	listed("/proc"); /* it takes memory, which stays */
	long objects = counter("objects"), frames = counter("frames_free");
	test_opening();
	test_waiting();
	test_links();
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	return done();
}
