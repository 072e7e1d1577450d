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
#include <mm/uaccess.h>
#include <task/task.h>

/* --- making --- */

int
node_may_make(struct place directory)
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
	int error = node_may_make(path->directory);

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

/* Files and FIFOs; devices are made at boot. */
long
sys_mknodat(long directory, const char *user, unsigned mode, unsigned device)
{
	struct path path;
	unsigned rights = mode & 07777 & ~current->process->umask;

	(void)device;
	if (mode & S_IFMT && !S_ISREG(mode) && !S_ISFIFO(mode))
		return S_ISCHR(mode) || S_ISBLK(mode) || S_ISDIR(mode) ? -EPERM : -EINVAL;
	int error = path_get(&path, directory, user, PATH_NO_FOLLOW);
	if (error)
		return error;
	if (path.place.node)
		return -EEXIST;
	if (path.has_slash)
		return -ENOENT;
	return node_make_at(&path, (S_ISFIFO(mode) ? S_IFIFO : S_IFREG) | rights, NULL);
}

long
sys_mknod(const char *path, unsigned mode, unsigned device)
{
	return sys_mknodat(AT_FDCWD, path, mode, device);
}

/* --- removing --- */

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
	if (path->length == 0 || path_is(path, ".") || path_is(path, ".."))
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
	if (path_is(path, "."))
		return -EINVAL;
	if (path_is(path, ".."))
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

	if (from->length == 0 || path_is(from, ".") || path_is(from, ".."))
		return -EBUSY;
	if (to->length == 0 || path_is(to, ".") || path_is(to, ".."))
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
		error = node_may_make(to->directory);
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
