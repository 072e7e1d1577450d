/*
 * Directories: reading them, and standing in one. The position of a reader is 0 for ".", 1 for
 * "..", then a name's serial number, and in /proc, from FIRST_PROCESS on, a process's pid, so that
 * a name or a process that comes or goes meanwhile makes no other appear twice or not at all.
 */
#include <abi/dirent.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define FIRST_PROCESS 0x10000

/* One record, with room for the longest name. */
union record {
	struct linux_dirent64 head;
	char room[sizeof(struct linux_dirent64) + PATH_SIZE];
};

static unsigned
record_type(unsigned mode)
{
	return (mode & S_IFMT) >> 12; /* so are the DT_ numbers made */
}

static void
fill_record(union record *record, const char *name, struct place place, int64_t next)
{
	struct linux_dirent64 *head = &record->head;
	size_t size = offsetof(struct linux_dirent64, d_name) + strlen(name) + 1;

	memset(record, 0, sizeof(*record));
	head->d_ino = place_inode(place);
	head->d_off = next;
	head->d_reclen = (size + 7) & ~7u;
	head->d_type = record_type(place.node->mode);
	strlcpy(head->d_name, name, PATH_SIZE);
}

/* The process with the lowest pid from `pid` on; NULL: none. */
static const struct process *
next_process(int pid)
{
	const struct process *found = NULL;

	list_for_each(link, &processes) {
		const struct process *process = list_entry(link, struct process, all);
		if (process->pid >= pid && (!found || process->pid < found->pid))
			found = process;
	}
	return found;
}

static bool
process_record(struct place directory, int64_t position, union record *record)
{
	char name[12];
	const struct process *process = NULL;

	if (directory.node->each_process)
		process = next_process(position > FIRST_PROCESS ? position - FIRST_PROCESS : 1);
	if (!process)
		return false;
	snprintf(name, sizeof(name), "%d", process->pid);
	struct place place = {directory.node->each_process, process->pid, 0, process->started};
	fill_record(record, name, place, FIRST_PROCESS + (int64_t)process->pid + 1);
	return true;
}

/* In /proc/PID/fd, in the same way: its descriptors. */
static bool
descriptor_record(struct place directory, int64_t position, union record *record)
{
	char name[12];
	const struct files *files = place_files(directory);
	long fd = position > FIRST_PROCESS ? position - FIRST_PROCESS - 1 : 0;

	fd = files ? files_next(files, fd) : -1;
	if (fd < 0)
		return false;
	snprintf(name, sizeof(name), "%ld", fd);
	struct place place = {directory.node->each_descriptor, directory.pid, fd,
		directory.started};
	fill_record(record, name, place, FIRST_PROCESS + (int64_t)fd + 2);
	return true;
}

/* The first entry from the position on; false: there are no more. */
static bool
record_at(struct place directory, int64_t position, union record *record)
{
	if (position == 0)
		fill_record(record, ".", directory, 1);
	if (position == 1)
		fill_record(record, "..", place_parent(directory), 2);
	if (position < 2)
		return true;
	if (position > INT32_MAX)
		return false;
	const struct name *name = node_first_name(directory.node, position);
	if (!name && directory.node->each_descriptor)
		return descriptor_record(directory, position, record);
	if (!name)
		return process_record(directory, position, record);
	struct place place = {name->node, directory.pid, 0, directory.started};
	fill_record(record, name->text, place, (int64_t)name->serial + 1);
	return true;
}

static long
directory_list(struct file *file, void *user, size_t size)
{
	union record record;
	size_t done = 0;

	if (place_is_stale(file->place) || file->place.node->links == 0)
		return -ENOENT;
	while (record_at(file->place, file->position, &record)) {
		size_t length = record.head.d_reclen;
		if (length > size - done)
			return done ? (long)done : -EINVAL;
		if (copy_to_user((char *)user + done, &record, length))
			return done ? (long)done : -EFAULT;
		done += length;
		file->position = record.head.d_off;
	}
	return done;
}

static int64_t
directory_seek(struct file *file, int64_t offset, int whence)
{
	return file_seek(file, offset, whence, -1);
}

const struct file_operations directory_operations = {
	.name = "directory",
	.list = directory_list,
	.seek = directory_seek,
};

long
sys_getdents64(long fd, void *user, size_t size)
{
	struct file *file = file_get(fd);

	if (!file)
		return -EBADF;
	long result = -ENOTDIR;
	if (file->operations->list)
		result = file->operations->list(file, user, size);
	file_put(file);
	return result;
}

/* --- the current directory --- */

static long
change_directory(struct place place)
{
	struct place *directory = current_directory();

	if (!S_ISDIR(place.node->mode))
		return -ENOTDIR;
	int error = place_permitted(place, X_OK);
	if (error)
		return error;
	node_get(place.node);
	node_put(directory->node);
	*directory = place;
	return 0;
}

long
sys_chdir(const char *user)
{
	struct path path;
	int error = path_find(&path, AT_FDCWD, user, 0);

	return error ? error : change_directory(path.place);
}

long
sys_fchdir(long fd)
{
	struct file *file = file_find(fd);

	return file ? change_directory(file->place) : -EBADF;
}

long
sys_getcwd(char *user, size_t size)
{
	char buffer[PATH_SIZE];
	struct place place = *current_directory();

	if (place_is_stale(place) || place.node->links == 0)
		return -ENOENT;
	char *path = place_path(place, buffer, sizeof(buffer));
	if (!path)
		return -ENAMETOOLONG;
	size_t length = buffer + sizeof(buffer) - path;
	if (length > size)
		return -ERANGE;
	return copy_to_user(user, path, length) ? -EFAULT : (long)length;
}
