/* Opening a file, making it if asked to, and setting its size. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/uaccess.h>
#include <task/task.h>

static bool
is_exclusive(unsigned flags)
{
	return flags & O_CREAT && flags & O_EXCL;
}

/* The rights that an open file with these flags needs. */
static unsigned
wanted_rights(unsigned flags)
{
	unsigned access = flags & O_ACCMODE, wanted = 0;

	if (access != O_WRONLY)
		wanted |= R_OK;
	if (access != O_RDONLY || flags & O_TRUNC)
		wanted |= W_OK;
	return wanted;
}

static int
check_open(struct place place, unsigned flags)
{
	unsigned mode = place.node->mode, wanted = wanted_rights(flags);

	if (is_exclusive(flags))
		return -EEXIST;
	if (flags & O_DIRECTORY && !S_ISDIR(mode))
		return -ENOTDIR;
	if (S_ISLNK(mode))
		return -ELOOP;
	if (S_ISDIR(mode) && (wanted & W_OK || flags & O_CREAT))
		return -EISDIR;
	return place_permitted(place, wanted);
}

/* A descriptor of the place, wholly opened. May sleep. */
static long
open_place(struct place place, unsigned flags)
{
	const struct file_operations *operations = place.node->operations;
	long fd = file_open(place, operations, flags);

	if (fd >= 0 && flags & O_TRUNC && operations->resize)
		operations->resize(place.node, 0); /* to 0: cannot fail */
	if (fd < 0 || !operations->open)
		return fd;
	struct file *file = file_get(fd);
	int error = operations->open(file);
	if (error && file_find(fd) == file) /* slept: another thread may have closed it */
		sys_close(fd);
	file_put(file);
	return error ? error : fd;
}

/* Whoever makes a file may open it as asked, whatever its mode says. */
static int
create_and_open(struct path *path, unsigned flags, unsigned mode)
{
	struct node *node;

	if (path->has_slash)
		return -EISDIR;
	int error = node_make_at(path, S_IFREG | (mode & 07777 & ~current->process->umask), &node);
	if (error)
		return error;
	int fd = file_open((struct place){.node = node}, node->operations, flags);
	if (fd < 0)
		node_unlink(node_name(path->directory.node, path->name, path->length));
	node_put(node);
	return fd;
}

long
sys_openat(long directory, const char *user, unsigned flags, unsigned mode)
{
	struct path path;
	bool stops_at_link = flags & O_NOFOLLOW || is_exclusive(flags);
	int error = path_get(&path, directory, user, stops_at_link ? PATH_NO_FOLLOW : 0);

	if (error)
		return error;
	struct node *node = path.place.node;
	if (!node)
		return flags & O_CREAT ? create_and_open(&path, flags, mode) : -ENOENT;
	error = check_open(path.place, flags);
	if (error)
		return error;
	return open_place(path.place, flags);
}

long
sys_open(const char *path, unsigned flags, unsigned mode)
{
	return sys_openat(AT_FDCWD, path, flags, mode);
}

long
sys_creat(const char *path, unsigned mode)
{
	return sys_open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* --- size --- */

static long
resize_path(const char *user, int64_t size)
{
	struct path path;

	if (size < 0)
		return -EINVAL;
	int error = path_find(&path, AT_FDCWD, user, 0);
	if (error)
		return error;
	struct node *node = path.place.node;
	if (!S_ISREG(node->mode))
		return S_ISDIR(node->mode) ? -EISDIR : -EINVAL;
	error = place_permitted(path.place, W_OK);
	if (error)
		return error;
	return node->operations->resize ? node->operations->resize(node, size) : -EINVAL;
}

static long
resize_file(long fd, int64_t size)
{
	struct file *file = file_find(fd);

	if (size < 0)
		return -EINVAL;
	if (!file)
		return -EBADF;
	if ((file->flags & O_ACCMODE) == O_RDONLY || !file->operations->resize)
		return -EINVAL;
	return file->operations->resize(file->place.node, size);
}

long
sys_truncate64(const char *path, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	return resize_path(path, SYSCALL_PAIR(low, high));
}

long
sys_ftruncate64(long fd, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	return resize_file(fd, SYSCALL_PAIR(low, high));
}

long
sys_truncate(const char *path, long size)
{
	return resize_path(path, size);
}

long
sys_ftruncate(long fd, long size)
{
	return resize_file(fd, size);
}

/* Files are in memory: there is nothing to write back. */
long
sys_fsync(long fd)
{
	const struct file *file = file_find(fd);

	if (!file)
		return -EBADF;
	return S_ISREG(file->place.node->mode) || S_ISDIR(file->place.node->mode) ? 0 : -EINVAL;
}

long
sys_sync(void)
{
	return 0;
}
