/* Files and directories through stdio and POSIX: /tmp, /proc, /etc/passwd, temporary files. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define DIRECTORY "/tmp/linux_files"

static void
streams(void)
{
	char line[100];
	FILE *file = fopen("poem", "w");

	for (int i = 1; file && i <= 1000; i++)
		fprintf(file, "line %d\n", i);
	printf("written: %ld %d\n", file ? ftell(file) : -1, file ? fclose(file) : -1);
	file = fopen("poem", "r+");
	printf("seek: %d %s", fseek(file, -10, SEEK_END), fgets(line, sizeof(line), file));
	printf("next: %s", fgets(line, sizeof(line), file));
	rewind(file);
	fputs("LINE", file);
	rewind(file);
	printf("first: %s", fgets(line, sizeof(line), file));
	fclose(file);
	file = fopen("poem", "a");
	fputs("the end\n", file);
	printf("appended: %ld\n", ftell(file));
	fclose(file);
	printf("none: %d %s\n", fopen("none", "r") != NULL, strerror(errno));
	file = tmpfile();
	fprintf(file, "%d", 12345);
	rewind(file);
	int value = 0;
	printf("tmpfile: %d %d\n", fscanf(file, "%d", &value), value);
	fclose(file);
}

static void
attributes(void)
{
	struct stat stat_;

	printf("stat: %d", stat("poem", &stat_));
	printf(" %d %o %d %d\n", (int)stat_.st_size, stat_.st_mode, (int)stat_.st_nlink,
		stat_.st_uid);
	printf("chmod: %d %d", chmod("poem", 0640), stat("poem", &stat_));
	printf(" %o\n", stat_.st_mode);
	printf("truncate: %d %d", truncate("poem", 7), stat("poem", &stat_));
	printf(" %d\n", (int)stat_.st_size);
	printf("access: %d %d %s\n", access("poem", R_OK), access("none", F_OK), strerror(errno));
	printf("link: %d symlink: %d\n", link("poem", "hard"), symlink("poem", "soft"));
	char target[100] = "";
	printf("readlink: %d %s\n", (int)readlink("soft", target, sizeof(target)), target);
	printf("lstat: %d", lstat("soft", &stat_));
	printf(" %o; stat: %d", stat_.st_mode & S_IFMT, stat("soft", &stat_));
	printf(" %o %d\n", stat_.st_mode & S_IFMT, (int)stat_.st_nlink);
	printf("rename: %d %d\n", rename("hard", "poem2"), access("hard", F_OK));
	struct timespec times[2] = {{1000, 0}, {2000, 0}};
	printf("utimensat: %d %d", utimensat(AT_FDCWD, "poem", times, 0), stat("poem", &stat_));
	printf(" %ld\n", (long)stat_.st_mtime);
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void
directories(void)
{
	struct dirent **entries;
	char path[200];

	printf("mkdir: %d %d %s\n", mkdir("sub", 0755), mkdir("sub", 0755), strerror(errno));
	printf("rmdir: %d %s\n", rmdir("../linux_files"), strerror(errno));
	int count = scandir(".", &entries, NULL, by_name);
	for (int i = 0; i < count; i++)
		printf("%s%c", entries[i]->d_name, i < count - 1 ? ' ' : '\n');
	DIR *directory = opendir("sub");
	printf("opendir: %d, ", directory != NULL);
	for (count = 0; readdir(directory); count++)
		;
	printf("%d entries\n", count);
	closedir(directory);
	printf("chdir: %d %s\n", chdir("sub"), getcwd(path, sizeof(path)));
	printf("back: %d %s\n", chdir(".."), realpath("sub/../soft", path));
}

static void
descriptors(void)
{
	char name[] = "XXXXXX", text[20] = "";
	int file = mkstemp(name), other;
	struct iovec parts[2] = {{"one ", 4}, {"two", 3}};

	printf("mkstemp: %d writev: %d\n", file >= 0, (int)writev(file, parts, 2));
	printf("pread: %d %s\n", (int)pread(file, text, 3, 4), text);
	printf("pwrite: %d lseek: %d\n", (int)pwrite(file, "TWO", 3, 4),
		(int)lseek(file, 0, SEEK_SET));
	other = dup(file);
	printf("read: %d ", (int)read(other, text, sizeof(text)));
	printf("%s, at %d\n", text, (int)lseek(file, 0, SEEK_CUR));
	printf("cloexec: %d %d\n", fcntl(other, F_SETFD, FD_CLOEXEC), fcntl(other, F_GETFD));
	printf("flags: %d\n", (fcntl(file, F_GETFL) & O_ACCMODE) == O_RDWR);
	printf("unlink: %d %d\n", unlink(name), access(name, F_OK));
	printf("fsync: %d close: %d %d %s\n", fsync(file), close(file), close(file),
		strerror(errno));
	close(other);
	file = open("/dev/null", O_RDWR);
	printf("null: %d %d\n", (int)write(file, "x", 1), (int)read(file, text, 1));
	struct pollfd ready = {.fd = file, .events = POLLIN | POLLOUT};
	printf("poll: %d %d\n", poll(&ready, 1, 100), ready.revents);
	close(file);
	file = open("/dev/zero", O_RDONLY);
	printf("zero: %d %d\n", (int)read(file, text, 10), text[0] + text[9]);
	close(file);
}

static void
users(void)
{
	struct passwd *user = getpwnam("root");
	struct group *group = getgrgid(0);

	printf("root: %s %d, %s\n", user ? user->pw_dir : "?", user ? (int)user->pw_uid : -1,
		group ? group->gr_name : "?");
	printf("nobody here: %d\n", getpwnam("no such user") != NULL);
}

static void
clean(void)
{
	const char *names[] = {"poem", "poem2", "soft", "sub", NULL};

	for (int i = 0; names[i]; i++)
		printf("%d", remove(names[i]));
	printf(" %d", chdir("/"));
	printf(" %d\n", rmdir(DIRECTORY));
}

int
main(void)
{
	umask(022);
	if (mkdir(DIRECTORY, 0777) || chdir(DIRECTORY))
		perror(DIRECTORY);
	streams();
	attributes();
	directories();
	descriptors();
	users();
	clean();
	return 0;
}
