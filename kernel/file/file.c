/* Descriptors: a process's table of open files, and the calls that act on the table alone. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <file/pipe.h>
#include <mm/kmalloc.h>
#include <task/task.h>

struct files {
	unsigned long references; /* tasks that have it */
	struct file *slots[OPEN_MAX];
	uint64_t open, close_on_exec; /* bit n: descriptor n */
	struct place directory;
};

_Static_assert(OPEN_MAX <= 64, "a bit for each descriptor");

/* Few descriptors are ever in use: a loop over those of a set, lowest first. */
#define for_each_descriptor(fd, set)                                                               \
	for (uint64_t left_ = (set), fd; left_ && (fd = __builtin_ctzll(left_), true);             \
		left_ &= left_ - 1)

static struct cache files_cache = CACHE("files", struct files);
static struct cache file_cache = CACHE("file", struct file);

struct files *
files_create(void)
{
	struct files *files = cache_alloc(&files_cache);

	if (!files)
		return NULL;
	*files = (struct files){.references = 1, .directory.node = root_node};
	node_get(root_node);
	return files;
}

struct files *
files_fork(struct files *files)
{
	struct files *child = cache_alloc(&files_cache);

	if (!child)
		return NULL;
	*child = *files;
	child->references = 1;
	node_get(child->directory.node);
	for_each_descriptor(fd, child->open)
		child->slots[fd]->references++;
	return child;
}

struct files *
files_share(struct files *files)
{
	files->references++;
	return files;
}

bool
files_shared(const struct files *files)
{
	return files->references > 1;
}

void
file_put(struct file *file)
{
	if (!file || --file->references > 0)
		return;
	if (file->operations->release)
		file->operations->release(file);
	node_put(file->place.node);
	cache_free(&file_cache, file);
}

static void
close_slot(struct files *files, unsigned fd)
{
	struct file *file = files->slots[fd];

	files->slots[fd] = NULL;
	files->open &= ~(1ull << fd);
	files->close_on_exec &= ~(1ull << fd);
	file_put(file);
}

void
files_close_on_exec(struct files *files)
{
	for_each_descriptor(fd, files->close_on_exec)
		close_slot(files, fd);
}

void
files_put(struct files *files)
{
	if (--files->references > 0)
		return;
	for_each_descriptor(fd, files->open)
		close_slot(files, fd);
	node_put(files->directory.node);
	cache_free(&files_cache, files);
}

struct place *
current_directory(void)
{
	return &current->files->directory;
}

struct file *
files_at(const struct files *files, long fd)
{
	return fd >= 0 && fd < OPEN_MAX ? files->slots[fd] : NULL;
}

long
files_next(const struct files *files, long fd)
{
	uint64_t open = fd < OPEN_MAX ? files->open >> fd : 0;

	return open ? fd + __builtin_ctzll(open) : -1;
}

const struct files *
place_files(struct place place)
{
	const struct process *process = place_process(place);
	const struct task *task = process ? process_first_task(process) : NULL;

	return task ? task->files : NULL;
}

struct file *
file_find(long fd)
{
	return files_at(current->files, fd);
}

struct file *
file_get(long fd)
{
	struct file *file = file_find(fd);

	if (file)
		file->references++;
	return file;
}

/* One past the highest descriptor that the running task may have. */
static long
descriptor_limit(void)
{
	uint64_t limit = current->process->limits[RLIMIT_NOFILE].rlim_cur;

	return limit < OPEN_MAX ? limit : OPEN_MAX;
}

/* The lowest free descriptor from `lowest` on, or -EMFILE. */
static long
free_slot(long lowest)
{
	uint64_t unused = lowest < OPEN_MAX ? ~current->files->open >> lowest : 0;
	long fd = unused ? lowest + __builtin_ctzll(unused) : OPEN_MAX;

	return fd < descriptor_limit() ? fd : -EMFILE;
}

static void
fill_slot(long fd, struct file *file, bool close_on_exec)
{
	current->files->slots[fd] = file;
	current->files->open |= 1ull << fd;
	current->files->close_on_exec &= ~(1ull << fd);
	current->files->close_on_exec |= (uint64_t)close_on_exec << fd;
}

int
file_open(struct place place, const struct file_operations *operations, unsigned flags)
{
	long fd = free_slot(0);

	if (fd < 0)
		return fd;
	struct file *file = cache_alloc(&file_cache);
	if (!file)
		return -ENOMEM;
	*file = (struct file){
		.operations = operations,
		.references = 1,
		.flags = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC),
		.place = place,
	};
	node_get(place.node);
	fill_slot(fd, file, flags & O_CLOEXEC);
	return fd;
}

long
sys_close(long fd)
{
	if (!file_find(fd))
		return -EBADF;
	close_slot(current->files, fd);
	return 0;
}

static long
duplicate(struct file *file, long lowest, bool close_on_exec)
{
	long fd = free_slot(lowest);

	if (fd >= 0) {
		file->references++;
		fill_slot(fd, file, close_on_exec);
	}
	return fd;
}

long
sys_dup(long fd)
{
	struct file *file = file_find(fd);

	return file ? duplicate(file, 0, false) : -EBADF;
}

long
sys_dup3(long from, long to, unsigned flags)
{
	struct file *file = file_find(from);

	if (flags & ~O_CLOEXEC || from == to)
		return -EINVAL;
	if (!file || to < 0 || to >= descriptor_limit())
		return -EBADF;
	file->references++; /* first: `to` may be the same open file */
	if (file_find(to))
		close_slot(current->files, to);
	fill_slot(to, file, flags & O_CLOEXEC);
	return to;
}

long
sys_dup2(long from, long to)
{
	if (from == to)
		return file_find(from) ? to : -EBADF;
	return sys_dup3(from, to, 0);
}

static long
set_flags(struct file *file, unsigned flags)
{
	const unsigned may_change = O_APPEND | O_NONBLOCK;

	file->flags = (file->flags & ~may_change) | (flags & may_change);
	return 0;
}

static long
duplicate_from(struct file *file, unsigned long lowest, bool close_on_exec)
{
	if (lowest >= (unsigned long)descriptor_limit())
		return -EINVAL;
	return duplicate(file, lowest, close_on_exec);
}

long
sys_fcntl64(long fd, unsigned command, unsigned long argument)
{
	struct file *file = file_find(fd);

	if (!file)
		return -EBADF;
	switch (command) {
	case F_DUPFD:
		return duplicate_from(file, argument, false);
	case F_DUPFD_CLOEXEC:
		return duplicate_from(file, argument, true);
	case F_GETFD:
		return current->files->close_on_exec >> fd & 1 ? FD_CLOEXEC : 0;
	case F_SETFD:
		fill_slot(fd, file, argument & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->flags;
	case F_SETFL:
		return set_flags(file, argument);
	case F_GETPIPE_SZ:
		return pipe_get_size(file);
	case F_SETPIPE_SZ:
		return pipe_set_size(file, argument);
	}
	return -EINVAL;
}
