/*
 * kernel/file/archive.c, node.c, path.c: the archive as it should be, cut off anywhere, and with
 * any bytes damaged.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/kmalloc.h>
#include "archive.h"
#include "mock.h"
#include "test.h"

#define PROGRAM (S_IFREG | 0755)
#define TEXT (S_IFREG | 0644)
#define LINK (S_IFLNK | 0777)
#define DIRECTORY (S_IFDIR | 0755)

static char long_name[254];

/*
 * Two archives behind each other with zeros between, as the runner makes them: the second has a
 * newer shell.
 */
static struct archive
good(void)
{
	struct archive archive = {0};

	memset(long_name, 'x', sizeof(long_name));
	archive_add(&archive, "bin", DIRECTORY, "", 0);
	archive_add(&archive, "bin/sh", PROGRAM, "old shell", 9);
	archive_add(&archive, "bin/ls", PROGRAM, "ls", 2);
	archive_add(&archive, "etc/motd", TEXT, "hello", 5);
	archive_end(&archive);
	archive.bytes = realloc(archive.bytes, archive.size + 300);
	memset(archive.bytes + archive.size, 0, 300);
	archive.size += 300;
	archive_add(&archive, "./bin//sh", PROGRAM, "the new shell", 13);
	archive_add(&archive, "t/u/v/w", TEXT, "", 0);
	archive_add(&archive, "links/shell", LINK, "/bin/sh", 7);
	archive_add(&archive, "links/up", LINK, "..", 2);
	archive_add(&archive, "links/round", LINK, "round", 5);
	archive_add(&archive, "links/nowhere", LINK, "nope", 4);
	archive_add(&archive, "links/long", LINK, long_name, 254);
	archive_end(&archive);
	return archive;
}

static void
read_whole(void)
{
	struct archive archive = good();
	char absolute[PATH_SIZE];
	const void *bytes;
	size_t size;

	check(!archive_read(archive.bytes, archive.size));
	archive_check_tree();
	check_equal(archive_executable("/bin/sh", absolute, &bytes, &size), 0);
	check(size == 13 && memcmp(bytes, "the new shell", 13) == 0);
	check_equal(archive_executable("bin/ls", absolute, &bytes, &size), 0);
	check(size == 2 && memcmp(bytes, "ls", 2) == 0);
	check(strcmp(absolute, "/bin/ls") == 0);
	check_equal(archive_executable("/etc/motd", absolute, &bytes, &size), -EACCES);
	check_equal(archive_executable("/bin", absolute, &bytes, &size), -EACCES);
	check_equal(archive_executable("/dev/console", absolute, &bytes, &size), -EACCES);
	check_equal(archive_executable("/bin/nope", absolute, &bytes, &size), -ENOENT);
	archive_forget();
	check_equal(kmalloc_objects(), 0);
}

static void
paths(void)
{
	static const struct {
		const char *path;
		int error;
		const char *name; /* of what it names; NULL: nothing */
		int pid;
	} cases[] = {
		{"/", 0, "", 0},
		{"/bin/sh", 0, "sh", 0},
		{"bin//./sh", 0, "sh", 0},
		{"../../bin/../bin/sh", 0, "sh", 0},
		{"/bin/sh/", -ENOTDIR, NULL, 0},
		{"/bin/sh/x", -ENOTDIR, NULL, 0},
		{"/nope/x", -ENOENT, NULL, 0},
		{"/nope", 0, NULL, 0},
		{"", -ENOENT, NULL, 0},
		{"/links/shell", 0, "sh", 0},
		{"/links/up/etc/motd", 0, "motd", 0},
		{"/links/up", 0, "", 0},
		{"/links/round/x", -ELOOP, NULL, 0},
		{"/links/nowhere", 0, NULL, 0},
		{"/links/nowhere/x", -ENOENT, NULL, 0},
		{"/links/shell/", -ENOTDIR, NULL, 0},
		{"/links/long/etc", -ENAMETOOLONG, NULL, 0},
		{"/proc/1/stat", 0, "stat", 1},
		{"/proc/1/../meminfo", 0, "meminfo", 0},
		{"/proc/self/stat", 0, "stat", 1},
		{"/proc/2", 0, NULL, 0},
		{"/proc/01", 0, NULL, 0},
		{"/proc/4294967297", 0, NULL, 0},
	};
	struct archive archive = good();

	boot_process.pid = 1;
	check(!archive_read(archive.bytes, archive.size));
	for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
		struct path path;
		strcpy(path.text, cases[i].path);
		check_equal(path_walk(&path, AT_FDCWD, 0), cases[i].error);
		if (cases[i].error)
			continue;
		check(!path.place.node == !cases[i].name);
		if (!cases[i].name)
			continue;
		const struct name *name = node_last_name(path.place.node);
		check_text(name ? name->text : "", cases[i].name);
		check_equal(path.place.pid, cases[i].pid);
	}
	archive_forget();
}

static void
truncated(void)
{
	struct archive archive = good();
	unsigned complete = 0;

	for (size_t size = 0; size < archive.size; size++) {
		const char *said = archive_read(archive.bytes, size);
		if (!said) {
			complete++;
			archive_check_tree();
		}
		archive_forget();
	}
	/*
	 * The end of the first archive and each of the zeros behind it; and an end needs no
	 * padding, twice.
	 */
	check_equal(complete, 1 + 300 + 3 + 3);
	check_equal(kmalloc_objects(), 0);
}

static void
damaged(void)
{
	struct archive archive = good();
	unsigned char *copy = malloc(archive.size);
	unsigned taken = 0;

	for (int i = 0; i < 20000; i++) {
		memcpy(copy, archive.bytes, archive.size);
		for (int changes = 1 + pick(4); changes > 0; changes--)
			copy[pick(archive.size)] =
				pick(3) ? (unsigned)"0123456789abcdefF/.Z"[pick(20)] : pick(256);
		if (!archive_read(copy, archive.size)) {
			archive_check_tree();
			taken++;
		}
		archive_forget();
	}
	check(taken > 100 && taken < 19000);
	check_equal(kmalloc_objects(), 0);
}

static void
said_of(const char *name, unsigned mode, const char *words)
{
	struct archive archive = {0};

	archive_add(&archive, "a/file", TEXT, "", 0);
	archive_add(&archive, name, mode, "", 0);
	archive_end(&archive);
	const char *said = archive_read(archive.bytes, archive.size);
	check(words ? said && strstr(said, words) : !said);
	archive_forget();
	free(archive.bytes);
}

static void
strange_names(void)
{
	char name[301];

	memset(name, 'x', 300);
	name[300] = '\0';
	said_of(name, TEXT, "too long");
	said_of(name + 45, TEXT, NULL); /* 255 bytes */
	said_of("a/../b", TEXT, "has .. in it");
	said_of("a/file/below", TEXT, "leads through a file");
	said_of("a", TEXT, "have the same name");
	said_of("a/file", DIRECTORY, "have the same name");
	said_of("dev/console", TEXT, "have the same name");
	said_of("proc/meminfo", TEXT, "at a name of /proc");
	said_of("a/link", S_IFLNK | 0777, NULL);
}

static void
short_name(void)
{
	struct archive archive = good();

	archive.bytes[110 + 1] = '\0'; /* "b" where the header says three bytes */
	const char *said = archive_read(archive.bytes, archive.size);
	check(said && strstr(said, "not as long as its header says"));
}

static void
no_archive(void)
{
	const char *said = archive_read((const unsigned char *)"", 0);

	check(said && strstr(said, "no archive"));
}

const struct test tests[] = {
	{"archives behind each other: the later file counts", read_whole, NULL},
	{"paths: dots, slashes, /proc, what is missing", paths, NULL},
	{"an archive cut off anywhere is refused, or ends with an archive", truncated, NULL},
	{"any bytes damaged: refused, or read within bounds", damaged, NULL},
	{"names that are too long, or not to be", strange_names, NULL},
	{"a name with a NUL in it", short_name, NULL},
	{"no archive", no_archive, NULL},
	{0},
};
