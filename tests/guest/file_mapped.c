/* Mapped files: shared and private, with an offset, beyond the end, cut off, without a name. */
#include "_tap.h"
#include <sys/stat.h>

#define TEXT "These are words."

static void *
map(int fd, size_t size, int protection, int flags, off_t offset)
{
	return mmap(0, size, protection, flags, fd, offset);
}

static char *
map_shared(int fd, size_t size)
{
	return must(map(fd, size, PROT_READ | PROT_WRITE, MAP_SHARED, 0));
}

static int
file_has(int fd, off_t at, const char *wanted)
{
	char bytes[64] = "";
	return pread(fd, bytes, strlen(wanted), at) == (ssize_t)strlen(wanted) &&
	       strcmp(bytes, wanted) == 0;
}

static void
shared(int fd)
{
	must(ftruncate(fd, 4 * PAGE));
	char *p = map_shared(fd, 4 * PAGE);
	is_int(p[5], 0, "Q01 a mapped hole is zeros");
	strcpy(p, TEXT);
	ok(file_has(fd, 0, TEXT), "Q01 what is stored is read");
	must(pwrite(fd, "Thus", 4, 0));
	is_int(memcmp(p, "Thuse are", 9), 0, "Q01 what is written is loaded");
	char *q = must(map(fd, PAGE, PROT_READ, MAP_SHARED, 3 * PAGE));
	p[3 * PAGE] = 'x';
	is_int(*q, 'x', "Q01 a second mapping with an offset");
	is_int(in_child(poke(q, 'y')), -SIGSEGV, "Q01 which is read-only");
	is_int(in_child(p[PAGE] = 'c'), 0, "Q01 a child stores");
	is_int(p[PAGE], 'c', "Q01 and the parent sees it");
	struct stat status;
	must(fstat(fd, &status));
	is_int(status.st_blocks, 24, "Q01 three pages have been touched");
	works(msync(p, 4 * PAGE, MS_SYNC), "Q01 msync");
	fails(msync(p, PAGE, 64), EINVAL, "Q01 msync: no such flag");
	fails(msync(p + 1, PAGE, MS_SYNC), EINVAL, "Q01 msync: not a page's address");
	works(mprotect(p + PAGE, PAGE, PROT_READ), "Q01 mprotect of a part");
	is_int(in_child(poke(p + PAGE, 1)), -SIGSEGV, "Q01 which is read-only now");
	works(munmap(p + PAGE, PAGE), "Q01 munmap of a part");
	is_int(in_child(exit(peek(p + PAGE))), -SIGSEGV, "Q01 which is gone");
	is_int(p[3 * PAGE], 'x', "Q01 the part above is where it was");
	must(munmap(p, 4 * PAGE));
	must(munmap(q, PAGE));
}

static void
private(int fd)
{
	must(pwrite(fd, TEXT, sizeof(TEXT), 0));
	char *p = must(map(fd, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0));
	is_int(strcmp(p, TEXT), 0, "V02 a private mapping shows the file");
	p[0] = 'X';
	ok(file_has(fd, 0, TEXT), "V02 a store copies the page: the file stays as it is");
	must(pwrite(fd, "YY", 2, 1));
	is_int(memcmp(p, "Xhese", 5), 0, "V02 and the copy stays as it is");
	p[PAGE + 1] = 'Z'; /* a page that was not read before */
	char byte;
	is_int(pread(fd, &byte, 1, PAGE + 1) == 1 && byte != 'Z', 1,
		"V02 the same when the first touch is a store");
	is_int(in_child(p[1] = 'c'), 0, "V02 a child stores");
	is_int(p[1], 'h', "V02 into a copy of its own");
	must(munmap(p, 2 * PAGE));
	int reader = must(open("f", O_RDONLY));
	works(p = map(reader, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0),
		"V02 private and writable needs no right to write the file");
	p[0] = '!';
	fails(map(reader, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, 0), EACCES,
		"Q01 mmap: shared and writable of a file opened for reading");
	char *q = must(map(reader, PAGE, PROT_READ, MAP_SHARED, 0));
	fails(mprotect(q, PAGE, PROT_READ | PROT_WRITE), EACCES, "Q01 mprotect: nor later");
	must(munmap(q, PAGE));
	must(munmap(p, PAGE));
	close(reader);
}

static void
ends(int fd)
{
	must(ftruncate(fd, PAGE + 100));
	must(pwrite(fd, TEXT, sizeof(TEXT), 0));
	char *p = map_shared(fd, 4 * PAGE);
	is_int(p[PAGE + 200], 0, "Q01 behind the end, in its page: zeros");
	is_int(in_child(exit(peek(p + 2 * PAGE))), -SIGBUS, "Q01 behind that page: SIGBUS");
	is_int(in_child(poke(p + 3 * PAGE, 1)), -SIGBUS, "Q01 to a store, too");
	fails(write(1, p + 2 * PAGE, 1), EFAULT, "V08 and EFAULT to a call");
	must(ftruncate(fd, 3 * PAGE));
	is_int(p[2 * PAGE], 0, "Q01 the file grows: the page is there");
	p[2 * PAGE] = 'x';
	p[PAGE] = 'y';
	char *q = must(map(fd, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0));
	q[PAGE] = q[2 * PAGE] = 'p';
	long frames = counter("frames_free");
	frames = counter("frames_free");
	must(ftruncate(fd, PAGE));
	counts(counter("frames_free") - frames, 4,
		"Q01 the file is cut: its frames are free, and the private copies");
	is_int(in_child(exit(peek(p + PAGE))), -SIGBUS, "Q01 what was mapped is SIGBUS");
	is_int(in_child(exit(peek(q + PAGE))), -SIGBUS, "Q01 in a private mapping, too");
	is_int(in_child(exit(peek(p) != 'T')), 0, "Q01 what is left is there");
	must(ftruncate(fd, 3 * PAGE));
	is_int(p[PAGE] | p[2 * PAGE] | q[PAGE], 0, "Q01 it grows again: zeros");
	must(munmap(p, 4 * PAGE));
	must(munmap(q, 3 * PAGE));
}

static void
nameless(int fd)
{
	counter("frames_free");
	long frames = counter("frames_free"), objects = counter("objects");
	char line[64] = "";
	int own = must(open("g", O_RDWR | O_CREAT, 0600));
	must(ftruncate(own, PAGE));
	char *p = map_shared(own, PAGE);
	strcpy(p, TEXT);
	close(own);
	is_int(strcmp(p, TEXT), 0, "Q01 a mapping lives when the descriptor is closed");
	must(unlink("g"));
	is_int(strcmp(p, TEXT), 0, "Q01 and when the name is gone");
	char *maps = strstr(file_text("/proc/self/maps"), "/g (deleted)");
	ok(maps, "Q01 /proc/self/maps says so");
	is_int(in_child(exit(strcmp(p, TEXT) != 0)), 0, "Q01 a child has it, too");
	must(munmap(p, PAGE));
	counts(counter("frames_free"), frames, "Q01 with the last mapping it goes: frames");
	counts(counter("objects"), objects, "Q01 and objects");
	(void)line, (void)fd;
}

static void
refused(int fd)
{
	int writer = must(open("f", O_WRONLY)), dir = must(open(".", O_RDONLY));
	fails(map(writer, PAGE, PROT_READ, MAP_SHARED, 0), EACCES,
		"Q01 mmap: a file opened for writing only");
	fails(map(dir, PAGE, PROT_READ, MAP_SHARED, 0), ENODEV, "Q01 mmap: a directory");
	fails(map(99, PAGE, PROT_READ, MAP_SHARED, 0), EBADF, "Q01 mmap: no such descriptor");
	fails(map(fd, 0, PROT_READ, MAP_SHARED, 0), EINVAL, "Q01 mmap: of nothing");
	fails(map(fd, PAGE, PROT_READ, 0, 0), EINVAL, "Q01 mmap: neither shared nor private");
	fails(map(fd, PAGE, PROT_READ, MAP_SHARED, 100), EINVAL, "Q01 mmap: an odd offset");
	fails(syscall(SYS_mmap2, 0, 2 * PAGE, PROT_READ, MAP_SHARED, fd, ~0ul), EOVERFLOW,
		"Q01 mmap: an offset that wraps");
	fails(map(fd, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, 0), EPERM,
		"Q01 mmap: PROT_EXEC, where nothing is executed");
	works(munmap(must(map(fd, PAGE, PROT_READ, MAP_SHARED, 1ll << 34)), PAGE),
		"Q01 mmap: an offset far behind the end");
	close(writer);
	close(dir);
}

static void
of_the_archive(void)
{
	int fd = must(open("/tests/files/large", O_RDONLY)), wrong = 0;
	unsigned char *p = must(map(fd, 20000, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0));
	for (int i = 0; i < 20000; i++)
		wrong += p[i] != i * 7 % 251;
	is_int(wrong, 0, "V03 a file that is read-only: every byte");
	is_int(p[20000] | p[20479], 0, "V03 zeros behind it");
	p[0] = 99;
	unsigned char *q = must(map(fd, 8 * PAGE, PROT_READ, MAP_SHARED, PAGE));
	is_int(q[0], 4096 * 7 % 251, "V03 shared, with an offset");
	is_int(in_child(exit(peek(q + 4 * PAGE))), -SIGBUS, "V03 behind the end: SIGBUS");
	must(munmap(p, 20000));
	must(munmap(q, 8 * PAGE));
	close(fd);
}

int
main(void)
{
	char home[] = "/tmp/mappedXXXXXX";

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	int fd = must(open("f", O_RDWR | O_CREAT, 0600));
	shared(fd);
	private(fd);
	ends(fd);
	nameless(fd);
	refused(fd);
	of_the_archive();
	close(fd);
	must(unlink("f"));
	works(rmdir(home), "Q01 nothing is left");
	return done();
}
