/*
 * Random operations on a few files and directories, each compared with a model kept in the
 * program's own memory: its answer, its errno, and in the end every name and every byte.
 */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

#define NAMES	8 /* d0 … d2 are directories' names, the others files' */
#define DIRS	3
#define SIZE	(5 * 4096)
#define STEPS	6000
#define OPEN	6

/* A file of the model: its bytes, how many names and descriptors lead to it. */
struct model {
	int used, names, opens;
	int size;
	char bytes[SIZE];
};

static struct model files[64];
static int name_of[DIRS + 1][NAMES]; /* in the top and in each directory: a file + 1, 0: none */
static int exists[DIRS];	     /* the directories, which stand in the top */
static struct {
	int fd, file; /* file + 1; 0: closed */
	char *map;
} opened[OPEN];
static unsigned seed = 20260101;
static int wrong;

static unsigned
pick(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static const char *
path_of(int dir, int name)
{
	static char paths[4][16];
	static int next;
	char *path = paths[next++ % 4];
	if (dir == DIRS)
		sprintf(path, "f%d", name);
	else
		sprintf(path, "d%d/f%d", dir, name);
	return path;
}

static void
expect(int good, const char *what)
{
	if (!good && wrong++ < 10)
		note("%s, errno %d", what, errno);
}

static int
new_file(void)
{
	int i = 0;
	while (files[i].used)
		i++;
	memset(&files[i], 0, sizeof(files[i]));
	files[i].used = 1;
	return i;
}

static void
drop(int file)
{
	if (!files[file].names && !files[file].opens)
		files[file].used = 0;
}

/* A call that must fail, and how. */
static void
expect_error(long result, int error, const char *what)
{
	expect(result == -1 && errno == error, what);
}

static int
is_missing(int dir)
{
	return dir < DIRS && !exists[dir];
}

static int
empty(int dir)
{
	for (int i = 0; i < NAMES; i++)
		if (name_of[dir][i])
			return 0;
	return 1;
}

static void
try_open(void)
{
	int dir = pick(DIRS + 1), name = pick(NAMES), slot = pick(OPEN);
	int flags = O_RDWR | (pick(2) ? O_CREAT : 0) | (pick(4) ? 0 : O_EXCL) |
		    (pick(8) ? 0 : O_TRUNC);
	int *file = &name_of[dir][name];

	if (opened[slot].file)
		return;
	if (!(flags & O_CREAT))
		flags &= ~O_EXCL;
	int fd = open(path_of(dir, name), flags, 0600);
	if (is_missing(dir) || (!*file && !(flags & O_CREAT))) {
		expect_error(fd, ENOENT, "open: nothing there");
		return;
	}
	if (*file && flags & O_EXCL) {
		expect_error(fd, EEXIST, "open: exclusive");
		return;
	}
	expect(fd >= 0, "open");
	if (!*file) {
		*file = new_file() + 1;
		files[*file - 1].names = 1;
	}
	if (flags & O_TRUNC)
		files[*file - 1].size = 0;
	files[*file - 1].opens++;
	opened[slot].fd = fd;
	opened[slot].file = *file;
}

static void
try_close(void)
{
	int slot = pick(OPEN), file = opened[slot].file - 1;

	if (file < 0)
		return;
	if (opened[slot].map)
		expect(munmap(opened[slot].map, SIZE) == 0, "munmap");
	expect(close(opened[slot].fd) == 0, "close");
	opened[slot].map = 0;
	opened[slot].file = 0;
	files[file].opens--;
	drop(file);
}

/* The model grows with zeros and forgets what is cut off. */
static void
resize(struct model *model, int size)
{
	if (size > model->size)
		memset(model->bytes + model->size, 0, size - model->size);
	model->size = size;
}

static void
try_write(void)
{
	static char bytes[SIZE];
	int slot = pick(OPEN), at = pick(SIZE), count = pick(pick(3) ? 100 : SIZE);

	if (!opened[slot].file)
		return;
	struct model *model = &files[opened[slot].file - 1];
	if (count > SIZE - at)
		count = SIZE - at;
	for (int i = 0; i < count; i++)
		bytes[i] = seed + i;
	if (opened[slot].map && at + count <= model->size) {
		memcpy(opened[slot].map + at, bytes, count);
	} else {
		expect(pwrite(opened[slot].fd, bytes, count, at) == count, "pwrite");
		if (count && at + count > model->size)
			resize(model, at + count);
	}
	memcpy(model->bytes + at, bytes, count);
}

static void
check_bytes(int fd, const struct model *model)
{
	static char bytes[SIZE + 100];
	int got = pread(fd, bytes, sizeof(bytes), 0);
	expect(got == model->size, "pread: the size");
	expect(got < 0 || memcmp(bytes, model->bytes, got) == 0, "pread: the bytes");
}

static void
try_read(void)
{
	int slot = pick(OPEN);

	if (!opened[slot].file)
		return;
	struct model *model = &files[opened[slot].file - 1];
	check_bytes(opened[slot].fd, model);
	if (opened[slot].map)
		expect(memcmp(opened[slot].map, model->bytes, model->size) == 0, "mapped bytes");
}

static void
try_map(void)
{
	int slot = pick(OPEN);

	if (!opened[slot].file || opened[slot].map)
		return;
	opened[slot].map = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, opened[slot].fd, 0);
	expect(opened[slot].map != MAP_FAILED, "mmap");
}

static void
try_resize(void)
{
	int slot = pick(OPEN), size = pick(SIZE + 1);

	if (!opened[slot].file)
		return;
	expect(ftruncate(opened[slot].fd, size) == 0, "ftruncate");
	resize(&files[opened[slot].file - 1], size);
}

static void
try_unlink(void)
{
	int dir = pick(DIRS + 1), name = pick(NAMES), file = name_of[dir][name] - 1;
	int result = unlink(path_of(dir, name));

	if (file < 0) {
		expect_error(result, ENOENT, "unlink: nothing there");
		return;
	}
	expect(result == 0, "unlink");
	name_of[dir][name] = 0;
	files[file].names--;
	drop(file);
}

static void
try_rename_or_link(void)
{
	int from_dir = pick(DIRS + 1), from_name = pick(NAMES);
	int to_dir = pick(DIRS + 1), to_name = pick(NAMES), links = pick(2);
	int *from = &name_of[from_dir][from_name], *to = &name_of[to_dir][to_name];
	int result =
		(links ? link : rename)(path_of(from_dir, from_name), path_of(to_dir, to_name));

	if (!*from || is_missing(to_dir)) {
		expect_error(result, ENOENT, "rename, link: nothing there");
		return;
	}
	if (links && *to) {
		expect_error(result, EEXIST, "link: the name is taken");
		return;
	}
	expect(result == 0, "rename, link");
	if (*from == *to)
		return;
	if (*to) {
		files[*to - 1].names--;
		drop(*to - 1);
	}
	*to = *from;
	if (links)
		files[*from - 1].names++;
	else
		*from = 0;
}

static void
try_directory(void)
{
	char path[8], other[8];
	int dir = pick(DIRS), to = pick(DIRS), what = pick(3);

	sprintf(path, "d%d", dir);
	sprintf(other, "d%d", to);
	if (what == 0) {
		int result = mkdir(path, 0700);
		if (exists[dir])
			expect_error(result, EEXIST, "mkdir");
		else
			expect(result == 0, "mkdir");
		exists[dir] = 1;
	} else if (what == 1) {
		int result = rmdir(path);
		if (!exists[dir])
			expect_error(result, ENOENT, "rmdir");
		else if (!empty(dir))
			expect_error(result, ENOTEMPTY, "rmdir");
		else
			expect(result == 0 && !(exists[dir] = 0), "rmdir");
	} else {
		int result = rename(path, other);
		if (!exists[dir]) {
			expect_error(result, ENOENT, "rename of a directory");
		} else if (dir != to && exists[to] && !empty(to)) {
			expect_error(result, ENOTEMPTY, "rename of a directory");
		} else {
			expect(result == 0, "rename of a directory");
			if (dir != to) {
				memcpy(name_of[to], name_of[dir], sizeof(name_of[to]));
				memset(name_of[dir], 0, sizeof(name_of[dir]));
				exists[dir] = 0;
				exists[to] = 1;
			}
		}
	}
}

/* Every name that should be there is, with its bytes and its count of names, and no other. */
static void
check_names(int dir)
{
	char path[8] = ".";
	int count = 0, wanted = 0;

	if (dir < DIRS)
		sprintf(path, "d%d", dir);
	DIR *directory = opendir(path);
	for (struct dirent *entry; directory && (entry = readdir(directory));)
		count += entry->d_name[0] == 'f';
	if (directory)
		closedir(directory);
	for (int i = 0; i < NAMES; i++) {
		if (!name_of[dir][i])
			continue;
		wanted++;
		struct stat status;
		const struct model *model = &files[name_of[dir][i] - 1];
		int fd = open(path_of(dir, i), O_RDONLY);
		expect(fd >= 0 && fstat(fd, &status) == 0, "the file is there");
		expect((int)status.st_nlink == model->names, "the number of its names");
		check_bytes(fd, model);
		close(fd);
	}
	expect(count == wanted, "no other names");
}

static void
take_away_everything(void)
{
	char path[8];
	for (int slot = 0; slot < OPEN; slot++) {
		if (opened[slot].map)
			munmap(opened[slot].map, SIZE);
		if (opened[slot].file)
			close(opened[slot].fd);
	}
	for (int dir = 0; dir <= DIRS; dir++)
		for (int i = 0; i < NAMES; i++)
			if (name_of[dir][i])
				must(unlink(path_of(dir, i)));
	for (int dir = 0; dir < DIRS; dir++) {
		sprintf(path, "d%d", dir);
		if (exists[dir])
			must(rmdir(path));
	}
}

int
main(void)
{
	static void (*const tries[])(void) = {try_open, try_open, try_close, try_write, try_write,
		try_read, try_map, try_resize, try_unlink, try_rename_or_link, try_rename_or_link,
		try_directory};
	char home[] = "/tmp/modelXXXXXX";

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	closedir(opendir("."));
	counter("objects");
	long objects = counter("objects"), frames = counter("frames_free");
	for (int step = 0; step < STEPS && wrong < 10; step++)
		tries[pick(sizeof(tries) / sizeof(tries[0]))]();
	is_int(wrong, 0, "V05 thousands of random operations: each answered as foretold");
	for (int dir = 0; dir <= DIRS; dir++)
		check_names(dir);
	is_int(wrong, 0, "V05 in the end every name and every byte is right");
	take_away_everything();
	counts(counter("objects"), objects, "V05 of all of that nothing is left: objects");
	counts(counter("frames_free"), frames, "V05 nor frames");
	must(chdir("/"));
	works(rmdir(home), "V05 nor names");
	return done();
}
