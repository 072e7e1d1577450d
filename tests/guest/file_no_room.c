/*
 * Memory all taken by files: ENOSPC, nothing is killed, and removing them gives it back.
 *
 * Boot with: mem=32
 */
#include "_tap.h"
#include <sys/stat.h>

static char block[4096];

/* Writes until it fails: 0 if that was ENOSPC. */
static int
fill(int fd)
{
	ssize_t got;
	memset(block, 'x', sizeof(block));
	counter("objects"); /* touches what we have: there will be no room for copies */
	while ((got = write(fd, block, sizeof(block))) > 0)
		;
	return got == -1 && errno == ENOSPC ? 0 : 1;
}

/* Leaves one MiB of it, and makes names until that is gone, too. */
static int
fill_with_names(int fd)
{
	char name[16];
	struct stat status;
	int made = 0;
	fill(fd);
	fstat(fd, &status);
	ftruncate(fd, status.st_size - (1 << 20));
	do
		sprintf(name, "n%d", made++);
	while (symlink("a-target-that-takes-some-room-of-the-kernels-own", name) == 0);
	return errno == ENOSPC && made > 1000 ? 0 : 1;
}

static void
remove_names(void)
{
	char name[16];
	for (int i = 0; snprintf(name, sizeof(name), "n%d", i), unlink(name) == 0; i++)
		;
}

int
main(void)
{
	char home[] = "/tmp/roomXXXXXX", *words[] = {"true", 0};
	struct stat status;

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	counter("frames_free");
	long frames = counter("frames_free");
	int fd = must(open("f", O_RDWR | O_CREAT, 0600));
	is_int(in_child(exit(fill(fd))), 0, "S20 write, all memory taken: ENOSPC");
	must(fstat(fd, &status));
	long written = status.st_size;
	ok(pread(fd, block, 1, written - 1) == 1 && block[0] == 'x',
		"S20 what was written is there to the last byte");
	is_int(in_child(execv("/bin/true", words); _exit(127)), 0,
		"S20 small programs still start");
	is_int(in_child(exit(fill(fd))), 0, "S20 nor is there room for another");
	works(ftruncate(fd, 0), "S20 ftruncate gives it back");
	is_int(write(fd, block, sizeof(block)), sizeof(block), "S20 and it can be had again");
	if (frames < 0) { /* Linux has room for millions */
		skip("S20 names until nothing is left: ENOSPC");
		skip("S20 small programs still start");
	} else {
		is_int(in_child(exit(fill_with_names(fd))), 0,
			"S20 names until nothing is left: ENOSPC");
		is_int(in_child(execv("/bin/true", words); _exit(127)), 0,
			"S20 small programs still start");
	}
	remove_names();
	close(fd);
	must(unlink("f"));
	counts(counter("frames_free"), frames, "S20 all is given back");
	must(chdir("/"));
	works(rmdir(home), "S20 nothing is left");
	return done();
}
