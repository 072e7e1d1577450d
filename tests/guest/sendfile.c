/* sendfile, and the devices that need no hardware. */
#include "_tap.h"
#include <sys/sendfile.h>
#include <sys/stat.h>

#define DIGITS "/tests/files/digits" /* 0123456789 */

static char bytes[100000], got[100000];

static void
test_sendfile(void)
{
	int from = must(open(DIGITS, O_RDONLY)), fd[2];
	off_t at = 3;
	must(pipe(fd));
	is_int(sendfile(fd[1], from, 0, 4), 4, "V05 sendfile into a pipe");
	is_int(lseek(from, 0, SEEK_CUR), 4, "V05 moves the file's position on");
	is_int(sendfile(fd[1], from, &at, 100), 7, "V05 from a place of its own, to the end");
	is_int(at, 10, "V05 which it moves on");
	is_int(lseek(from, 0, SEEK_CUR), 4, "V05 and not the file's");
	is_int(sendfile(fd[1], from, &at, 100), 0, "V05 at the end: nothing");
	is_int(read(fd[0], got, 100), 11, "V05 all came");
	ok(memcmp(got, "01233456789", 11) == 0, "V05 in order");

	int file = must(open("/tmp/sendfile", O_RDWR | O_CREAT | O_TRUNC, 0600)),
	    copy = must(open("/tmp/sendfile.2", O_RDWR | O_CREAT | O_TRUNC, 0600));
	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = i / 3;
	must(write(file, bytes, sizeof(bytes)));
	at = 5;
	is_int(sendfile(copy, file, &at, 1 << 30), sizeof(bytes) - 5, "V05 from file to file");
	must(lseek(copy, 0, SEEK_SET));
	is_int(read(copy, got, sizeof(got)), sizeof(bytes) - 5, "V05 all of it");
	ok(memcmp(got, bytes + 5, sizeof(bytes) - 5) == 0, "V05 byte by byte");

	must(lseek(file, 0, SEEK_SET));
	must(fcntl(fd[1], F_SETFL, O_NONBLOCK));
	is_int(sendfile(fd[1], file, 0, sizeof(bytes)), 65536, "V05 as much as a pipe takes");
	fails(sendfile(fd[1], file, 0, sizeof(bytes)), EAGAIN, "V05 then nothing");
	is_int(lseek(file, 0, SEEK_CUR), 65536, "V05 what was not sent comes next");
	fails(sendfile(fd[0], file, 0, 1), EBADF, "V05 into what is only read");
	fails(sendfile(copy, fd[0], 0, 1), EINVAL, "V05 from a pipe");
	fails(sendfile(99, file, 0, 1), EBADF, "V05 into nothing");
	fails(sendfile(copy, 99, 0, 1), EBADF, "V05 from nothing");
	fails(sendfile(copy, file, (off_t *)8, 1), EFAULT, "V08 a bad pointer");
	at = -1;
	fails(sendfile(copy, file, &at, 1), EINVAL, "V05 from before the beginning");
	close(fd[0]);
	is_int(in_child(sendfile(fd[1], file, 0, 1)), -SIGPIPE,
		"V05 nobody reads any more: SIGPIPE");
	close(fd[1]), close(from), close(file), close(copy);
	must(unlink("/tmp/sendfile"));
	must(unlink("/tmp/sendfile.2"));
}

static int
device(const char *name)
{
	return must(open(name, O_RDWR));
}

static void
test_devices(void)
{
	int null = device("/dev/null"), zero = device("/dev/zero"), full = device("/dev/full"),
	    random = device("/dev/urandom"), zeros = 1;
	struct stat status;
	is_int(read(null, got, 10), 0, "V05 /dev/null is empty");
	is_int(write(null, got, 1000), 1000, "V05 and takes all");
	memset(got, 1, sizeof(got));
	is_int(read(zero, got, sizeof(got)), sizeof(got), "V05 /dev/zero is endless");
	for (unsigned i = 0; i < sizeof(got); i++)
		zeros &= got[i] == 0;
	ok(zeros, "V05 zeros");
	is_int(write(zero, got, 1000), 1000, "V05 and takes all");
	is_int(read(full, got, 10), 10, "V05 /dev/full can be read");
	fails(write(full, got, 1), ENOSPC, "V05 but has no room");
	is_int(read(random, got, 5000), 5000, "V05 /dev/urandom");
	is_int(read(random, bytes, 5000), 5000, "V05 again");
	ok(memcmp(got, bytes, 5000) != 0, "V05 says something else each time");
	must(fstat(full, &status));
	ok(S_ISCHR(status.st_mode) && status.st_rdev == (1 << 8 | 7), "V05 it is device 1, 7");
	fails(read(zero, (char *)8, 10), EFAULT, "V08 a bad pointer");
	fails(read(random, (char *)8, 10), EFAULT, "V08 a bad pointer");
	is_int(lseek(null, 100, SEEK_SET), 0, "V05 their position stays");
	close(null), close(zero), close(full), close(random);
}

int
main(void)
{
	long objects = counter("objects"), frames = counter("frames_free");
	test_sendfile();
	test_devices();
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	return done();
}
