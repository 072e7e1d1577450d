/* Writing: offsets, holes, ends, O_APPEND, O_TRUNC, sizes; files without a name; vectors. */
#include "_tap.h"
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>

#define TEN "0123456789"

static char buffer[100000];

static long
size_of(int fd)
{
	struct stat status;
	must(fstat(fd, &status));
	return status.st_size;
}

static long
blocks_of(int fd)
{
	struct stat status;
	must(fstat(fd, &status));
	return status.st_blocks;
}

static int
differs(int fd, off_t at, const void *wanted, size_t size)
{
	memset(buffer, 0x55, size);
	return pread(fd, buffer, size, at) != (ssize_t)size || memcmp(buffer, wanted, size) != 0;
}

static int
is_zero(int fd, off_t at, size_t size)
{
	memset(buffer, 0x55, size);
	if (pread(fd, buffer, size, at) != (ssize_t)size)
		return 0;
	for (size_t i = 0; i < size; i++)
		if (buffer[i])
			return 0;
	return 1;
}

static void
offsets(void)
{
	int fd = (int)works(open("f", O_RDWR | O_CREAT | O_EXCL, 0600), "V05 open makes a file");
	is_int(write(fd, TEN, 10), 10, "V05 write");
	is_int(lseek(fd, 0, SEEK_CUR), 10, "V05 moves on");
	is_int(read(fd, buffer, 10), 0, "V05 there is nothing behind it");
	is_int(pwrite(fd, "abc", 3, 4), 3, "V05 pwrite");
	is_int(lseek(fd, 0, SEEK_CUR), 10, "V05 does not move");
	is_int(differs(fd, 0, "0123abc789", 10), 0, "V05 the bytes are in their place");
	is_int(pread(fd, buffer, 10, 8), 2, "V05 pread: what there is");
	is_int(pread(fd, buffer, 10, 1ll << 33), 0, "V05 pread: far behind the end");
	fails(pread(fd, buffer, 10, -1), EINVAL, "V05 pread: before the beginning");
	fails(pwrite(fd, buffer, 10, -1), EINVAL, "V05 pwrite: before the beginning");
	fails(pread(1, buffer, 0, 0), ESPIPE, "V05 pread: the console has no position");
	fails(write(fd, (void *)0xfffff000ul, 10), EFAULT, "V08 write: not our memory");
	fails(write(fd, (void *)4, 10), EFAULT, "V08 write: no memory");
	is_int(size_of(fd), 10, "V08 and nothing was written");
	struct iovec pieces[3] = {{"xy", 2}, {"", 0}, {"z", 1}};
	is_int(writev(fd, pieces, 3), 3, "V05 writev");
	is_int(differs(fd, 10, "xyz", 3), 0, "V05 one piece after the other");
	close(fd);
	fd = must(open("f", O_RDONLY));
	fails(write(fd, "a", 1), EBADF, "V05 write: opened for reading");
	fails(ftruncate(fd, 0), EINVAL, "V05 ftruncate: opened for reading");
	close(fd);
	fd = must(open("f", O_WRONLY));
	fails(read(fd, buffer, 1), EBADF, "V05 read: opened for writing");
	close(fd);
	fd = must(open("f", O_RDWR | O_TRUNC));
	is_int(size_of(fd), 0, "V05 O_TRUNC: empty");
	is_int(blocks_of(fd), 0, "V05 without a block");
	close(fd);
	must(unlink("f"));
}

static void
appending(void)
{
	int a = must(open("f", O_WRONLY | O_CREAT | O_APPEND, 0600)),
	    b = must(open("f", O_RDWR | O_APPEND));
	must(write(a, "one", 3));
	must(write(b, "two", 3));
	must(write(a, "three", 5));
	is_int(differs(b, 0, "onetwothree", 11), 0, "V05 O_APPEND: always at the end");
	must(lseek(b, 0, SEEK_SET));
	must(write(b, "!", 1));
	is_int(lseek(b, 0, SEEK_CUR), 12, "V05 and the position is there afterwards");
	is_int(pwrite(b, "?", 1, 0) == 1 && size_of(b) == 13, 1, "V05 pwrite, too, as on Linux");
	is_int(fcntl(a, F_GETFL) & (O_ACCMODE | O_APPEND), O_WRONLY | O_APPEND, "V05 F_GETFL");
	/* Two who append at the same time: no line is lost, none is torn. */
	must(ftruncate(b, 0));
	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(*gate);
			    for (int i = 0; i < 300; i++) write(b, "cccccccc", 8));
	*gate = 1;
	for (int i = 0; i < 300; i++)
		write(a, "pppppppp", 8);
	reap(child);
	is_int(size_of(b), 4800, "V05 two who append: nothing is lost");
	int torn = 0;
	must(pread(b, buffer, 4800, 0));
	for (int i = 0; i < 4800; i++)
		torn += buffer[i] != buffer[i & ~7];
	is_int(torn, 0, "V05 nor torn");
	close(a);
	close(b);
	must(unlink("f"));
}

static void
sizes(void)
{
	int fd = must(open("f", O_RDWR | O_CREAT, 0600));
	must(write(fd, TEN, 10));
	works(ftruncate(fd, 4), "V05 ftruncate: shorter");
	is_int(size_of(fd), 4, "V05 fstat sees it");
	works(ftruncate(fd, 10), "V05 ftruncate: longer");
	ok(is_zero(fd, 4, 6), "V05 what was cut off is zeros now");
	works(ftruncate(fd, 100 << 20), "V05 ftruncate: to 100 MiB");
	is_int(blocks_of(fd), 8, "V05 which costs nothing");
	must(pwrite(fd, TEN, 10, 50 << 20));
	is_int(blocks_of(fd), 16, "V05 but for the pages that are written");
	ok(is_zero(fd, 49 << 20, 10000) && !differs(fd, 50 << 20, TEN, 10),
		"V05 around it are zeros");
	must(pwrite(fd, TEN, 10, (60 << 20) - 5));
	is_int(blocks_of(fd), 32, "V05 ten bytes in two pages");
	is_int(differs(fd, (60 << 20) - 5, TEN, 10), 0, "V05 are right");
	works(ftruncate(fd, (50 << 20) + 5), "V05 ftruncate: to the middle of a page");
	is_int(blocks_of(fd), 16, "V05 the pages behind it are gone");
	works(truncate("f", 60 << 20), "V05 truncate");
	ok(is_zero(fd, (50 << 20) + 5, 5000), "V05 and the rest of that page is zeros");
	works(ftruncate(fd, 6ll << 30), "V05 ftruncate: beyond 4 GiB");
	is_int(pwrite(fd, TEN, 10, (5ll << 30) + 4090), 10, "V05 pwrite there");
	is_int(differs(fd, (5ll << 30) + 4090, TEN, 10), 0, "V05 is where it should be");
	ok(is_zero(fd, (1ll << 30) + 4090, 10), "V05 and not 4 GiB lower");
	is_int(lseek(fd, -10, SEEK_END) == (6ll << 30) - 10, 1, "V05 lseek from the end");
	works(ftruncate(fd, 0), "V05 ftruncate: empty");
	is_int(blocks_of(fd), 0, "V05 without a block");
	fails(ftruncate(fd, -1), EINVAL, "V05 ftruncate: to less than nothing");
	fails(truncate("x", 0), ENOENT, "V05 truncate: no such file");
	fails(truncate(".", 0), EISDIR, "V05 truncate: a directory");
	fails(truncate("/bin/true", 0), EROFS, "V05 truncate: where nothing can be written");
	fails(open("/bin/true", O_WRONLY), EROFS, "V05 nor opened for it");
	works(open("/dev/null", O_WRONLY | O_TRUNC), "V05 but a device");
	close(fd);
	must(unlink("f"));
}

static void
limits(void)
{
	struct rlimit limit = {5000, RLIM_INFINITY};
	int fd = must(open("f", O_RDWR | O_CREAT, 0600));
	signal(SIGXFSZ, SIG_IGN);
	must(setrlimit(RLIMIT_FSIZE, &limit));
	is_int(write(fd, buffer, 10000), 5000, "V05 RLIMIT_FSIZE: up to there");
	fails(write(fd, buffer, 1), EFBIG, "V05 RLIMIT_FSIZE: and not further");
	fails(ftruncate(fd, 5001), EFBIG, "V05 RLIMIT_FSIZE: ftruncate");
	signal(SIGXFSZ, SIG_DFL);
	is_int(in_child(write(fd, buffer, 1)), -SIGXFSZ, "V05 RLIMIT_FSIZE: SIGXFSZ");
	limit.rlim_cur = RLIM_INFINITY;
	must(setrlimit(RLIMIT_FSIZE, &limit));
	close(fd);
	must(unlink("f"));
}

static void
without_a_name(void)
{
	long frames, objects;
	counter("objects");
	frames = counter("frames_free");
	objects = counter("objects");
	int fd = must(open("f", O_RDWR | O_CREAT, 0600)), twin = must(dup(fd));
	struct stat status;
	must(write(fd, TEN, 10));
	works(unlink("f"), "V05 unlink of an open file");
	must(fstat(fd, &status));
	is_int(status.st_nlink, 0, "V05 it has no name");
	is_int(differs(fd, 0, TEN, 10), 0, "V05 but its bytes");
	is_int(pwrite(fd, TEN, 10, 30000), 10, "V05 and can be written");
	int again = must(open("f", O_RDWR | O_CREAT | O_EXCL, 0600));
	is_int(size_of(again), 0, "V05 a new file of that name is another");
	close(again);
	must(unlink("f"));
	close(fd);
	is_int(size_of(twin), 30010, "V05 until the last descriptor is closed");
	is_int(in_child(exit(differs(twin, 0, TEN, 10))), 0, "V05 a child has it, too");
	close(twin);
	counts(counter("frames_free"), frames, "V05 then its frames are free");
	counts(counter("objects"), objects, "V05 and its objects");
}

static void
large_writes(void)
{
	char *bytes = malloc(3 << 20);
	int fd = must(open("f", O_RDWR | O_CREAT, 0600)), wrong = 0;
	for (int i = 0; i < 3 << 20; i++)
		bytes[i] = i * 7 + i / 4096;
	is_int(write(fd, bytes, 3 << 20), 3 << 20, "V05 write 3 MiB at once");
	memset(bytes, 0, 3 << 20);
	is_int(pread(fd, bytes, 3 << 20, 0), 3 << 20, "V05 read them at once");
	for (int i = 0; i < 3 << 20; i++)
		wrong += bytes[i] != (char)(i * 7 + i / 4096);
	is_int(wrong, 0, "V05 every byte");
	free(bytes);
	close(fd);
	must(unlink("f"));
}

int
main(void)
{
	char home[] = "/tmp/writesXXXXXX";

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	offsets();
	appending();
	sizes();
	without_a_name();
	large_writes();
	limits();
	works(rmdir(home), "V05 nothing is left");
	return done();
}
