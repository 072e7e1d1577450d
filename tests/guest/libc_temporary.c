/* Streams that write files, temporary files and directories, remove and rename. */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

static void
streams(void)
{
	char line[32] = "";
	FILE *file = fopen("f", "w");
	if (!ok(file != 0, "fopen: w"))
		return;
	ok(fprintf(file, "one %d\n", 1) == 6 && fclose(file) == 0, "fprintf, fclose");
	file = fopen("f", "a");
	ok(fputs("two\n", file) >= 0 && fclose(file) == 0, "fopen: a");
	file = fopen("f", "r+");
	ok(fgets(line, sizeof(line), file) && strcmp(line, "one 1\n") == 0, "fopen: r+");
	fseek(file, 0, SEEK_SET);
	fputs("ONE", file);
	fseek(file, 0, SEEK_END);
	fputs("three\n", file);
	rewind(file);
	ok(fgets(line, sizeof(line), file) && strcmp(line, "ONE 1\n") == 0,
		"written in the middle");
	ok(fgets(line, sizeof(line), file) && strcmp(line, "two\n") == 0, "what was appended");
	ok(fgets(line, sizeof(line), file) && strcmp(line, "three\n") == 0, "and at the end");
	fclose(file);
	ok(!fopen("f", "wx") && errno == EEXIST, "fopen: wx, there is one");
	file = fopen("f", "w");
	fclose(file);
	struct stat status;
	must(stat("f", &status));
	is_int(status.st_size, 0, "fopen: w empties");
	ok(!fopen("f/x", "w") && errno == ENOTDIR, "fopen: below a file");
}

static void
temporary(void)
{
	char name[] = "tXXXXXX", other[] = "tXXXXXX", dir[] = "dXXXXXX", wrong[] = "XXXXX";
	struct stat status;
	int fd = (int)works(mkstemp(name), "mkstemp");
	works(mkstemp(other), "mkstemp, again");
	ok(strcmp(name, other) != 0 && strlen(name) == 7, "two names");
	must(fstat(fd, &status));
	is_int(status.st_mode & 0777, 0600, "for us alone");
	ok(mkdtemp(dir) == dir, "mkdtemp");
	must(stat(dir, &status));
	is_int(status.st_mode, S_IFDIR | 0700, "a directory for us alone");
	fails(mkstemp(wrong), EINVAL, "mkstemp: too few X");
	FILE *file = tmpfile();
	if (!ok(file != 0, "tmpfile"))
		return;
	fputs("words", file);
	rewind(file);
	is_int(fgetc(file), 'w', "is written and read");
	must(fstat(fileno(file), &status));
	is_int(status.st_nlink, 0, "and has no name");
	fclose(file);
	works(remove(name), "remove a file");
	works(remove(other), "another");
	works(remove(dir), "remove a directory");
	fails(remove(dir), ENOENT, "remove: it is gone");
	works(rename("f", "g"), "rename");
	must(mkdir("h", 0700));
	fails(rename("g", "h"), EISDIR, "rename: onto a directory");
	must(rename("g", "h/g"));
	fails(remove("h"), ENOTEMPTY, "remove: not empty");
	int h = must(open("h", O_RDONLY | O_DIRECTORY)), count = 0;
	DIR *stream = fdopendir(h);
	while (stream && readdir(stream))
		count++;
	is_int(count, 3, "fdopendir: ., .. and a file");
	closedir(stream);
	must(remove("h/g"));
	must(remove("h"));
	close(fd);
}

int
main(void)
{
	char home[] = "/tmp/libcXXXXXX";

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	streams();
	temporary();
	must(chdir("/"));
	works(rmdir(home), "nothing is left");
	return done();
}
