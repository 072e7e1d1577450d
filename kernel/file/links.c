/* Links: another name for a node, and symbolic links, which are files that say a path. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>

/* The name for a link: it must not be there, and nothing but a directory can have a slash. */
static int
get_free_name(struct path *path, long directory, const char *user)
{
	int error = path_get(path, directory, user, PATH_NO_FOLLOW);

	if (error)
		return error;
	if (path->place.node)
		return -EEXIST;
	return path->has_slash ? -ENOENT : 0;
}

long
sys_symlinkat(const char *user_target, long directory, const char *user)
{
	char target[PATH_SIZE];
	struct path path;
	struct node *node;
	long length = copy_string_from_user(target, user_target, sizeof(target));

	if (length <= 0)
		return length ? length : -ENOENT;
	int error = get_free_name(&path, directory, user);
	if (error)
		return error;
	char *bytes = kmalloc(length);
	if (!bytes)
		return -ENOSPC;
	memcpy(bytes, target, length);
	error = node_make_at(&path, S_IFLNK | 0777, &node);
	if (error) {
		kfree(bytes);
		return error;
	}
	node->bytes = bytes;
	node->size = length;
	node_put(node);
	return 0;
}

long
sys_symlink(const char *target, const char *path)
{
	return sys_symlinkat(target, AT_FDCWD, path);
}

long
sys_linkat(long from, const char *user_from, long to, const char *user_to, unsigned flags)
{
	struct path path;

	if (flags & ~AT_SYMLINK_FOLLOW)
		return -EINVAL;
	int error = path_find(
		&path, from, user_from, flags & AT_SYMLINK_FOLLOW ? 0 : PATH_NO_FOLLOW);
	if (error)
		return error;
	struct node *node = path.place.node;
	node_get(node); /* the second path is still to be copied */
	error = get_free_name(&path, to, user_to);
	if (!error && path.directory.node->filesystem != node->filesystem)
		error = -EXDEV;
	if (!error)
		error = node_may_make(path.directory);
	if (!error && S_ISDIR(node->mode))
		error = -EPERM;
	if (!error && node->links == 0)
		error = -ENOENT;
	if (!error && node_link(path.directory.node, path.name, path.length, node))
		error = -ENOSPC;
	node_put(node);
	return error;
}

long
sys_link(const char *from, const char *to)
{
	return sys_linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* --- where symbolic links lead --- */

long
sys_readlinkat(long directory, const char *user, char *buffer, long size)
{
	struct path path;
	char target[PATH_SIZE + sizeof(" (deleted)")]; /* the longest that is said of a place */

	if (size <= 0)
		return -EINVAL;
	int error = path_find(&path, directory, user, PATH_NO_FOLLOW);
	if (error)
		return error;
	const struct file_operations *operations = path.place.node->operations;
	if (!operations->read_link)
		return -EINVAL;
	long length = operations->read_link(path.place, target, sizeof(target));
	if (length > size)
		length = size;
	return length > 0 && copy_to_user(buffer, target, length) ? -EFAULT : length;
}

long
sys_readlink(const char *path, char *buffer, long size)
{
	return sys_readlinkat(AT_FDCWD, path, buffer, size);
}

static long
link_read(struct place place, char *text, size_t size)
{
	const struct node *node = place.node;
	size_t length = node->size < size ? node->size : size;

	memcpy(text, node->bytes, length);
	return length;
}

static void
link_forget(struct node *node)
{
	if (node->filesystem->create)
		kfree((void *)node->bytes);
}

const struct file_operations link_operations = {
	.name = "link",
	.read_link = link_read,
	.forget = link_forget,
};
