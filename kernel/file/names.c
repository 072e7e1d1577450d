/*
 * The calls that make, remove and move names. Each copies its paths first, which may sleep; from
 * the walk on nothing does, so what was checked still holds when it is done. (path_resolution(7))
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/task.h>

/* --- making --- */

/* A name may be made in this directory. 0, -ENOENT (it was removed), -EACCES, -EROFS, -EPERM. */
static int
may_make(struct place directory)
{
	const struct filesystem *filesystem = directory.node->filesystem;

	if (!filesystem->create)
		return filesystem->refusal;
	if (directory.node->links == 0)
		return -ENOENT;
	return place_permitted(directory, W_OK | X_OK);
}

int
node_make_at(struct path *path, unsigned mode, struct node **result)
{
	struct node *directory = path->directory.node;
	int error = may_make(path->directory);

	if (error)
		return error;
	struct node *node = directory->filesystem->create(directory->filesystem, mode);
	if (!node)
		return -ENOSPC;
	if (directory->mode & S_ISGID) {
		node->gid = directory->gid;
		if (S_ISDIR(mode))
			node->mode |= S_ISGID;
	}
	error = node_link(directory, path->name, path->length, node);
	if (error || !result)
		node_put(node);
	else
		*result = node;
	return error ? -ENOSPC : 0;
}

long
sys_mkdirat(long directory, const char *user, unsigned mode)
{
	struct path path;
	int error = path_get(&path, directory, user, PATH_NO_FOLLOW);

	if (error)
		return error;
	if (path.place.node)
		return -EEXIST;
	return node_make_at(&path, S_IFDIR | (mode & 01777 & ~current->process->umask), NULL);
}

long
sys_mkdir(const char *path, unsigned mode)
{
	return sys_mkdirat(AT_FDCWD, path, mode);
}

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
		error = may_make(path.directory);
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

/* --- removing --- */

static bool
is_dot(const struct path *path)
{
	return path->length == 1 && path->name[0] == '.';
}

static bool
is_dot_dot(const struct path *path)
{
	return path->length == 2 && memcmp(path->name, "..", 2) == 0;
}

/* Something is mounted there. */
static bool
is_mounted_on(const struct path *path)
{
	return path->place.node->filesystem != path->directory.node->filesystem;
}

/* The name that the path found may be taken out of its directory. */
static int
may_remove(const struct path *path)
{
	const struct node *directory = path->directory.node;

	if (directory->filesystem->read_only)
		return -EROFS;
	if (!path->place.node)
		return -ENOENT;
	if (is_mounted_on(path))
		return -EBUSY;
	if (!directory->filesystem->create)
		return directory->filesystem->refusal;
	int error = place_permitted(path->directory, W_OK | X_OK);
	if (error)
		return error;
	if (directory->mode & S_ISVTX && !place_owned(path->directory) &&
		!place_owned(path->place))
		return -EPERM;
	return 0;
}

static void
take_out(const struct path *path)
{
	node_unlink(node_name(path->directory.node, path->name, path->length));
}

static int
remove_file(const struct path *path)
{
	if (path->length == 0 || is_dot(path) || is_dot_dot(path))
		return -EISDIR;
	int error = may_remove(path);
	if (error)
		return error;
	if (S_ISDIR(path->place.node->mode))
		return -EISDIR;
	take_out(path);
	return 0;
}

static int
remove_directory(const struct path *path)
{
	if (path->length == 0)
		return -EBUSY;
	if (is_dot(path))
		return -EINVAL;
	if (is_dot_dot(path))
		return -ENOTEMPTY;
	int error = may_remove(path);
	if (error)
		return error;
	if (!S_ISDIR(path->place.node->mode))
		return -ENOTDIR;
	if (path->place.node->children.root)
		return -ENOTEMPTY;
	take_out(path);
	return 0;
}

long
sys_unlinkat(long directory, const char *user, unsigned flags)
{
	struct path path;

	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	int error = path_get(&path, directory, user, PATH_NO_FOLLOW);
	if (error)
		return error;
	return flags & AT_REMOVEDIR ? remove_directory(&path) : remove_file(&path);
}

long
sys_unlink(const char *path)
{
	return sys_unlinkat(AT_FDCWD, path, 0);
}

long
sys_rmdir(const char *path)
{
	return sys_unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

/* --- moving --- */

/* `place` is `node`, or lies below it. */
static bool
lies_in(struct place place, const struct node *node)
{
	for (;;) {
		struct place parent = place_parent(place);
		if (place.node == node)
			return true;
		if (parent.node == place.node)
			return false;
		place = parent;
	}
}

/* What stands at the new name may give way to what moves there. */
static int
may_replace(const struct path *to, const struct node *moved)
{
	const struct node *node = to->place.node;
	int error = may_remove(to);

	if (error)
		return error;
	if (S_ISDIR(moved->mode)) {
		if (!S_ISDIR(node->mode))
			return -ENOTDIR;
		return node->children.root ? -ENOTEMPTY : 0;
	}
	return S_ISDIR(node->mode) ? -EISDIR : 0;
}

static int
may_move(const struct path *from, const struct path *to, unsigned flags)
{
	const struct node *moved = from->place.node;

	if (from->length == 0 || is_dot(from) || is_dot_dot(from))
		return -EBUSY;
	if (to->length == 0 || is_dot(to) || is_dot_dot(to))
		return flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	if (from->directory.node->filesystem != to->directory.node->filesystem)
		return -EXDEV;
	int error = may_remove(from);
	if (error)
		return error;
	if (to->place.node && flags & RENAME_NOREPLACE)
		return -EEXIST;
	if (to->place.node == moved)
		return 0;
	if ((from->has_slash || to->has_slash) && !S_ISDIR(moved->mode))
		return -ENOTDIR;
	if (lies_in(to->directory, moved))
		return -EINVAL;
	if (to->place.node && lies_in(from->directory, to->place.node))
		return -ENOTEMPTY;
	if (to->place.node)
		error = may_replace(to, moved);
	else
		error = may_make(to->directory);
	if (!error && S_ISDIR(moved->mode) && from->directory.node != to->directory.node)
		error = place_permitted(from->place, W_OK); /* its ".." changes */
	return error;
}

static int
move(const struct path *from, const struct path *to)
{
	struct node *moved = from->place.node;
	struct name *old = node_name(from->directory.node, from->name, from->length);
	struct name *replaced = node_name(to->directory.node, to->name, to->length);

	if (to->place.node == moved)
		return 0; /* two names of one file: both stay */
	if (node_link(to->directory.node, to->name, to->length, moved))
		return -ENOSPC;
	if (replaced)
		node_unlink(replaced);
	node_unlink(old);
	return 0;
}

long
sys_renameat2(
	long from_directory, const char *user_from, long to_directory, const char *user_to,
	unsigned flags)
{
	struct path from, to;

	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	long length = copy_string_from_user(to.text, user_to, sizeof(to.text));
	if (length < 0)
		return length;
	/* The second walk copies nothing, so the first one's places still hold. */
	int error = path_get(&from, from_directory, user_from, PATH_NO_FOLLOW);
	if (!error)
		error = path_walk(&to, to_directory, PATH_NO_FOLLOW);
	if (!error)
		error = may_move(&from, &to, flags);
	return error ? error : move(&from, &to);
}

long
sys_renameat(long from_directory, const char *from, long to_directory, const char *to)
{
	return sys_renameat2(from_directory, from, to_directory, to, 0);
}

long
sys_rename(const char *from, const char *to)
{
	return sys_renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* --- where symbolic links lead --- */

long
sys_readlinkat(long directory, const char *user, char *buffer, long size)
{
	struct path path;
	char target[PATH_SIZE];

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
