/* Streams, directories and ftok, on the only file that is surely there: this program. */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

static const char *self;

static void
reading(void)
{
	char head[5] = "", block[3000], again[3000];
	FILE *file = fopen(self, "r");
	if (!ok(file != 0, "fopen"))
		return;
	ok(fgetc(file) == 0x7f && fgets(head, 4, file) && !strcmp(head, "ELF"), "fgetc, fgets");
	is_int(ftell(file), 4, "ftell: where we are");
	ok(ungetc('!', file) == '!' && ftell(file) == 3 && fgetc(file) == '!', "ungetc");
	is_int(fseek(file, 100, SEEK_SET), 0, "fseek");
	is_int(fread(block, 1, sizeof(block), file), sizeof(block), "fread: more than a buffer");
	int fd = must(open(self, O_RDONLY));
	must(lseek(fd, 100, SEEK_SET));
	must(read(fd, again, sizeof(again)));
	close(fd);
	ok(memcmp(block, again, sizeof(block)) == 0, "fread: what read reads");
	is_int(fseek(file, -3000, SEEK_CUR), 0, "fseek: back");
	is_int(ftell(file), 100, "ftell: where we were");
	struct stat status;
	must(fstat(fileno(file), &status));
	ok(fseek(file, 0, SEEK_END) == 0 && ftell(file) == status.st_size,
		"fseek: the end is the size");
	ok(fgetc(file) == EOF && feof(file) && !ferror(file), "the end of the file is no error");
	rewind(file);
	ok(!feof(file) && fgetc(file) == 0x7f, "rewind");
	is_int(fclose(file), 0, "fclose");
}

static void
errors(void)
{
	fails(fopen("/no/such/file", "r") ? 0 : -1, ENOENT, "fopen: no such file");
	fails(fopen(self, "q") ? 0 : -1, EINVAL, "fopen: no such mode");
	FILE *directory = fopen("/", "r");
	if (ok(directory != 0, "fopen: a directory")) {
		errno = 0;
		ok(fgetc(directory) == EOF && ferror(directory) && errno == EISDIR,
			"it cannot be read");
		clearerr(directory);
		ok(!ferror(directory), "clearerr");
		fclose(directory);
	}
	fails(fdopen(77, "w") ? 0 : -1, EBADF, "fdopen: no descriptor");
	FILE *none = fdopen(must(dup(1)), "w");
	if (ok(none && fputs("x", none) != EOF, "a write that waits")) {
		close(fileno(none));
		ok(fflush(none) == EOF && ferror(none), "fflush tells that it failed");
	}
	ok(!isatty(77) && errno == EBADF, "isatty: no descriptor");
}

/* The directory of this program has an entry of its name. */
static void
directories(void)
{
	char path[256], *name;
	snprintf(path, sizeof(path), "%s", self);
	name = strrchr(path, '/');
	*name++ = 0;
	DIR *directory = opendir(*path ? path : "/");
	int here = 0, dots = 0;
	if (!ok(directory != 0, "opendir"))
		return;
	for (struct dirent *entry; (entry = readdir(directory));) {
		here += !strcmp(entry->d_name, name);
		dots += !strcmp(entry->d_name, ".") + !strcmp(entry->d_name, "..");
	}
	ok(here == 1 && dots == 2, "readdir: this program, once, and the dots");
	rewinddir(directory);
	ok(readdir(directory) != 0, "rewinddir");
	is_int(closedir(directory), 0, "closedir");
	fails(opendir(self) ? 0 : -1, ENOTDIR, "opendir: a file");
}

static void
keys(void)
{
	struct stat status;
	must(stat(self, &status));
	key_t want = 'K' << 24 | (status.st_dev & 0xff) << 16 | (status.st_ino & 0xffff);
	is_int(ftok(self, 'K'), want, "ftok: number, device, inode");
	is_int(ftok(self, 0x100 + 'K'), want, "ftok: eight bits of the number");
	fails(ftok("/no/such/file", 'K'), ENOENT, "ftok: no such file");
}

int
main(int argc, char **argv)
{
	self = argc > 0 && access(argv[0], F_OK) == 0 ? argv[0] : "/tests/libc_files";
	reading();
	errors();
	directories();
	keys();
	return done();
}
