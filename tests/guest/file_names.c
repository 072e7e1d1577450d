/* Names: making, removing and moving files, directories and links; and what is refused. */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

static void
make(const char *path)
{
	close(must(open(path, O_WRONLY | O_CREAT | O_EXCL, 0644)));
}

static struct stat
status_of(const char *path)
{
	struct stat status = {0};
	must(lstat(path, &status));
	return status;
}

#define links(path) ((int)status_of(path).st_nlink)
#define inode(path) ((long)status_of(path).st_ino)
#define is_there(path) (access(path, F_OK) == 0)

static void
directories(void)
{
	works(mkdir("d", 0755), "V05 mkdir");
	is_int(status_of("d").st_mode, S_IFDIR | 0755, "V05 it is a directory of that mode");
	is_int(links("d"), 2, "V05 with two links: its name and its own .");
	fails(mkdir("d", 0755), EEXIST, "V05 mkdir: there is one");
	fails(mkdir("/", 0755), EEXIST, "V05 mkdir: the root");
	fails(mkdir("d/.", 0755), EEXIST, "V05 mkdir: .");
	works(mkdir("d/e/", 0700), "V05 mkdir with a slash behind it");
	is_int(links("d"), 3, "V05 a directory below is one link more");
	fails(mkdir("d/x/y", 0755), ENOENT, "V05 mkdir: no such directory above");
	make("d/f");
	is_int(links("d"), 3, "V05 a file below is none");
	fails(mkdir("d/f/y", 0755), ENOTDIR, "V05 mkdir: below a file");
	fails(mkdir("", 0755), ENOENT, "V05 mkdir: an empty name");
	fails(mkdir("/bin/y", 0755), EROFS, "V05 mkdir: where nothing can be written");
	fails(rmdir("d"), ENOTEMPTY, "V05 rmdir: not empty");
	fails(rmdir("d/f"), ENOTDIR, "V05 rmdir: a file");
	fails(rmdir("d/e/."), EINVAL, "V05 rmdir: .");
	fails(rmdir("d/e/.."), ENOTEMPTY, "V05 rmdir: ..");
	fails(rmdir("d/x"), ENOENT, "V05 rmdir: no such directory");
	fails(rmdir("/"), EBUSY, "V05 rmdir: the root");
	works(rmdir("d/e/"), "V05 rmdir");
	fails(unlink("d"), EISDIR, "V05 unlink: a directory");
	fails(unlink("d/f/"), ENOTDIR, "V05 unlink: a file with a slash behind it");
	fails(unlink("d/x"), ENOENT, "V05 unlink: no such file");
	fails(unlink("/bin/true"), EROFS, "V05 unlink: where nothing can be written");
	works(unlink("d/f"), "V05 unlink");
	ok(!is_there("d/f"), "V05 the name is gone");
	works(rmdir("d"), "V05 rmdir of a directory that has become empty");
}

static void
links_of_files(void)
{
	make("a");
	works(link("a", "b"), "V05 link");
	is_int(links("a"), 2, "V05 the file has two names");
	is_int(inode("a") == inode("b"), 1, "V05 and is the same by both");
	fails(link("a", "b"), EEXIST, "V05 link: the name is taken");
	fails(link("x", "c"), ENOENT, "V05 link: no such file");
	must(mkdir("d", 0755));
	fails(link("d", "e"), EPERM, "V05 link: a directory");
	fails(link("a", "/dev/shm/nopage-x"), EXDEV, "V05 link: to another file system");
	fails(link("a", "d/x/y"), ENOENT, "V05 link: no such directory");
	works(unlink("a"), "V05 unlink one name");
	is_int(links("b"), 1, "V05 the other one stays");
	must(unlink("b"));
	must(rmdir("d"));
}

static void
symbolic_links(void)
{
	char text[16] = "..............";

	make("a");
	works(symlink("a", "s"), "V05 symlink");
	is_int(status_of("s").st_mode, S_IFLNK | 0777, "V05 lstat: a link");
	is_int(status_of("s").st_size, 1, "V05 as long as what it says");
	is_int(readlink("s", text, sizeof(text)), 1, "V05 readlink");
	ok(text[0] == 'a' && text[1] == '.', "V05 without a zero at the end");
	must(symlink("/tmp/where/ever", "t"));
	is_int(readlink("t", text, 4), 4, "V05 readlink: what there is room for");
	fails(readlink("a", text, 4), EINVAL, "V05 readlink: a file");
	fails(readlink("t", text, 0), EINVAL, "V05 readlink: no room at all");
	fails(symlink("x", "s"), EEXIST, "V05 symlink: the name is taken");
	fails(symlink("", "u"), ENOENT, "V05 symlink: to nothing");
	fails(open("t", O_RDONLY), ENOENT, "V05 open: a link to nowhere");
	fails(open("s", O_RDONLY | O_NOFOLLOW), ELOOP, "V05 open: O_NOFOLLOW of a link");
	fails(open("t", O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST,
		"V05 open: O_EXCL follows no link");
	int fd = (int)works(open("s", O_RDWR), "V05 open through a link");
	close(fd);
	must(unlink("t"));
	must(symlink("new", "t"));
	fd = (int)works(open("t", O_RDWR | O_CREAT, 0600), "V05 open makes what a link leads to");
	close(fd);
	works(unlink("new"), "V05 and there it is");
	must(unlink("t"));
	must(symlink("t", "t"));
	fails(open("t", O_RDONLY), ELOOP, "V05 a link to itself");
	must(mkdir("d", 0755));
	must(unlink("t"));
	must(symlink("d", "t"));
	make("d/f");
	works(access("t/f", F_OK), "V05 through a link to a directory");
	works(access("t/../a", F_OK), "V05 .. is where the link leads to, not where it stands");
	fails(rmdir("t"), ENOTDIR, "V05 rmdir: a link to a directory");
	is_int(status_of("t/").st_mode & S_IFMT, S_IFDIR, "V05 with a slash it is the directory");
	works(unlink("t"), "V05 unlink removes the link");
	works(access("d/f", F_OK), "V05 and not what it leads to");
	must(unlink("d/f"));
	must(rmdir("d"));
	must(unlink("s"));
	must(unlink("a"));
}

static void
moving(void)
{
	must(mkdir("d", 0755));
	must(mkdir("d/e", 0755));
	must(mkdir("full", 0755));
	make("full/f");
	make("a");
	make("b");
	long a = inode("a");
	works(rename("a", "c"), "V05 rename");
	ok(!is_there("a") && inode("c") == a, "V05 the same file, by the other name alone");
	works(rename("c", "b"), "V05 rename onto a file");
	ok(inode("b") == a && links("b") == 1, "V05 which is gone");
	works(rename("b", "b"), "V05 rename onto itself");
	must(link("b", "c"));
	works(rename("b", "c"), "V05 rename onto another name of the same file");
	ok(is_there("b") && is_there("c"), "V05 does nothing");
	must(unlink("c"));
	works(rename("b", "d/e/b"), "V05 rename into a directory");
	fails(rename("d/e/b", "full"), EISDIR, "V05 rename: a file onto a directory");
	fails(rename("d", "d/e/b"), EINVAL, "V05 rename: a directory into itself");
	fails(rename("d", "d/e/d"), EINVAL, "V05 rename: a directory below itself");
	fails(rename("d/e", "d"), ENOTEMPTY, "V05 rename: onto what it lies in");
	fails(rename("d", "full"), ENOTEMPTY, "V05 rename: onto a directory with something in it");
	fails(rename("full", "d/e/b"), ENOTDIR, "V05 rename: a directory onto a file");
	fails(rename("x", "y"), ENOENT, "V05 rename: no such file");
	fails(rename("d/.", "y"), EBUSY, "V05 rename: .");
	fails(rename("d", "/dev/shm/nopage-y"), EXDEV, "V05 rename: to another file system");
	fails(rename("d/e/b", "y/"), ENOTDIR, "V05 rename: a file to a name with a slash");
	fails(rename("/bin/true", "/bin/y"), EROFS, "V05 rename: where nothing can be written");
	is_int(links("d"), 3, "V05 before a directory moves");
	works(rename("d/e", "full/e"), "V05 rename a directory");
	ok(links("d") == 2 && links("full") == 3, "V05 the links of the directories above");
	works(access("full/e/../f", F_OK), "V05 its .. is the new one");
	must(mkdir("empty", 0755));
	works(rename("d", "empty"), "V05 rename onto an empty directory");
	fails(renameat2(AT_FDCWD, "full/f", AT_FDCWD, "full/e/b", RENAME_NOREPLACE), EEXIST,
		"V05 renameat2: RENAME_NOREPLACE");
	fails(renameat2(AT_FDCWD, "full/f", AT_FDCWD, "x", 64), EINVAL,
		"V05 renameat2: no such flag");
	must(unlink("full/f"));
	must(unlink("full/e/b"));
	must(rmdir("full/e"));
	must(rmdir("full"));
	must(rmdir("empty"));
}

static void
by_descriptor(void)
{
	char text[4];
	must(mkdir("d", 0755));
	int d = must(open("d", O_RDONLY | O_DIRECTORY)), b;
	works(mkdirat(d, "e", 0755), "V05 mkdirat");
	works(b = openat(d, "f", O_RDWR | O_CREAT, 0600), "V05 openat makes a file");
	works(linkat(d, "f", d, "g", 0), "V05 linkat");
	works(renameat(d, "g", AT_FDCWD, "h"), "V05 renameat");
	works(symlinkat("f", d, "s"), "V05 symlinkat");
	is_int(readlinkat(d, "s", text, 4), 1, "V05 readlinkat");
	works(faccessat(d, "s", R_OK, 0), "V05 faccessat");
	fails(mkdirat(b, "x", 0755), ENOTDIR, "V05 mkdirat: below a file");
	fails(mkdirat(99, "x", 0755), EBADF, "V05 mkdirat: no such descriptor");
	works(mkdirat(99, "/tmp/nopage-x", 0755), "V05 which an absolute path does not need");
	must(rmdir("/tmp/nopage-x"));
	fails(unlinkat(d, "e", 0), EISDIR, "V05 unlinkat: a directory");
	works(unlinkat(d, "e", AT_REMOVEDIR), "V05 unlinkat: AT_REMOVEDIR");
	works(fchdir(d), "V05 fchdir");
	works(access("s", F_OK), "V05 we are there");
	fails(fchdir(b), ENOTDIR, "V05 fchdir: a file");
	must(unlinkat(d, "s", 0));
	must(unlinkat(d, "f", 0));
	must(chdir(".."));
	must(unlink("h"));
	/* A directory that is removed while it is the current one, and open. */
	must(fchdir(d));
	works(rmdir("../d"), "V05 rmdir of somebody's directory");
	fails(open("x", O_RDWR | O_CREAT, 0600), ENOENT, "V05 nothing can be made in it");
	fails(getcwd(text, 4) ? 0 : -1, ENOENT, "V05 getcwd: it has no name");
	works(access("..", F_OK), "V05 its .. is where it was");
	fails(syscall(SYS_getdents64, d, text, 4), ENOENT, "V05 getdents64: it was removed");
	must(chdir(".."));
	close(d);
	close(b);
}

/* Names come and go while a directory is read: those that stay are seen once. */
static void
changing_while_read(void)
{
	enum { N = 200 };
	int seen[N] = {0}, step = 0, wrong = 0;
	char name[16];

	must(mkdir("d", 0755));
	for (int i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "d/%d", i);
		make(name);
	}
	DIR *dir = opendir("d");
	for (struct dirent *entry; (entry = readdir(dir)); step++) {
		int i = atoi(entry->d_name);
		if (entry->d_name[0] == '.') {
			step--;
			continue;
		}
		if (i < N)
			seen[i]++;
		if (i < N && i % 2) { /* away with it */
			snprintf(name, sizeof(name), "d/%d", i);
			must(unlink(name));
		}
		if (step < 50) {
			snprintf(name, sizeof(name), "d/%d", N + step);
			make(name);
		}
	}
	closedir(dir);
	for (int i = 0; i < N; i++)
		wrong += seen[i] != 1;
	is_int(wrong, 0, "V05 a directory that changes while it is read: each name once");
	dir = opendir("d");
	int left = 0;
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		left++;
		snprintf(name, sizeof(name), "d/%s", entry->d_name);
		must(unlink(name));
	}
	closedir(dir);
	is_int(left, N / 2 + 50, "V05 half of them and the new ones are left");
	must(rmdir("d"));
}

int
main(void)
{
	char home[] = "/tmp/namesXXXXXX", place[64];

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	umask(022);
	closedir(opendir(".")); /* malloc has its memory now */
	long objects = counter("objects"), frames;
	objects = counter("objects");
	frames = counter("frames_free");
	directories();
	links_of_files();
	symbolic_links();
	moving();
	by_descriptor();
	changing_while_read();
	ok(getcwd(place, sizeof(place)) && strcmp(place, home) == 0, "V05 getcwd");
	counts(counter("objects"), objects, "V05 of all of that nothing is left: objects");
	counts(counter("frames_free"), frames, "V05 nor frames");
	must(chdir("/"));
	works(rmdir(home), "V05 the directory was empty");
	return done();
}
