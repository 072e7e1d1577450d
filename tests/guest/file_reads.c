/* Reading: offsets, ends, shared positions, descriptors' numbers, directories, the status of a
 * file. */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

#define FILES "/tests/files/"

static char buffer[30000];

/* How many entries a directory has, and how many of them have the name. */
static int
entries(const char *path, const char *name, int *named)
{
	DIR *dir = opendir(path);
	int all = 0;
	*named = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir)); all++)
		*named += strcmp(entry->d_name, name) == 0;
	if (dir)
		closedir(dir);
	return all;
}

int
main(void)
{
	int fd = (int)works(open(FILES "digits", O_RDONLY), "V05 open");
	is_int(read(fd, buffer, 4), 4, "V05 read a part");
	is_int(read(fd, buffer + 4, 100), 6, "V05 read the rest");
	ok(memcmp(buffer, "0123456789", 10) == 0, "V05 the right bytes");
	is_int(read(fd, buffer, 100), 0, "V05 at the end: 0");
	is_int(read(fd, buffer, 0), 0, "V05 read nothing");
	is_int(lseek(fd, 3, SEEK_SET), 3, "V05 lseek from the start");
	is_int(lseek(fd, 2, SEEK_CUR), 5, "V05 lseek from here");
	is_int(lseek(fd, -1, SEEK_END), 9, "V05 lseek from the end");
	is_int(read(fd, buffer, 9) == 1 && buffer[0] == '9', 1, "V05 the last byte");
	is_int(lseek(fd, 1000, SEEK_SET), 1000, "V05 lseek past the end");
	is_int(read(fd, buffer, 9), 0, "V05 reads nothing there");

	must(lseek(fd, 0, SEEK_SET));
	int twin = must(dup(fd)), other = must(open(FILES "digits", O_RDONLY));
	must(read(fd, buffer, 3));
	is_int(lseek(twin, 0, SEEK_CUR), 3, "V05 dup shares the position");
	is_int(lseek(other, 0, SEEK_CUR), 0, "V05 a second open does not");
	is_int(in_child(exit(read(fd, buffer, 2))), 2, "V05 a child reads on");
	is_int(lseek(fd, 0, SEEK_CUR), 5, "V05 and the parent's position has moved");
	must(close(fd));
	is_int(read(twin, buffer, 1), 1, "V05 a dup lives when the first is closed");
	is_int(open("/tests/files/nothing", O_RDONLY), fd,
		"V05 the lowest free descriptor is taken");
	is_int(read(fd, buffer, 1), 0, "V05 an empty file");
	is_int(dup2(twin, fd), fd, "V05 dup2 replaces it");
	is_int(lseek(fd, 0, SEEK_CUR), 6, "V05 with the other's position");
	is_int(dup2(fd, fd), fd, "V05 dup2 onto itself");
	must(close(fd));
	must(close(twin));
	must(close(other));

	fd = must(open(FILES "large", O_RDONLY));
	is_int(read(fd, buffer, 30000), 20000, "V05 a file of several pages in one read");
	int wrong = 0;
	for (int i = 0; i < 20000; i++)
		wrong += (unsigned char)buffer[i] != i * 7 % 251;
	is_int(wrong, 0, "V05 every byte");
	struct stat status;
	must(fstat(fd, &status));
	is_int(status.st_size, 20000, "V05 fstat: size");
	is_int(status.st_mode, S_IFREG | 0644, "V05 fstat: a file, mode 0644");
	must(stat(FILES "words", &status));
	is_int(status.st_mode, S_IFREG | 0755, "V05 stat: mode 0755");
	must(stat(FILES "sub", &status));
	is_int(status.st_mode, S_IFDIR | 0755, "V05 stat: a directory");
	must(fstat(1, &status));
	ok(S_ISCHR(status.st_mode) && isatty(1), "V05 fstat: the console is a character device");
	ok(!isatty(fd), "V05 a file is no terminal");
	fails(lseek(1, 0, SEEK_CUR), ESPIPE, "V05 the console has no position");

	int named;
	is_int(entries(FILES "sub", "leaf", &named), 3,
		"V05 a directory of one file: ., .. and it");
	is_int(named, 1, "V05 by name");
	ok(entries(FILES, "digits", &named) > 20, "V05 a large directory");
	is_int(named, 1, "V05 each name once");

	char place[100];
	must(chdir(FILES "sub"));
	ok(getcwd(place, sizeof(place)) && strcmp(place, "/tests/files/sub") == 0,
		"V05 chdir, getcwd");
	ok(open("leaf", O_RDONLY) > 0, "V05 a relative path");
	ok(open("../sub/./leaf", O_RDONLY) > 0, "V05 with . and ..");
	ok(open("../../../../tests//files/digits", O_RDONLY) > 0, "V05 above the root is the root");
	is_int(in_child(exit(open("leaf", O_RDONLY) < 0)), 0, "V05 a child is where its parent is");
	return done();
}
