/* From a path to its place in the tree, and back: a place's path. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <task/task.h>

struct process *
place_process(struct place place)
{
	struct process *process = place.pid ? process_find(place.pid) : NULL;

	return process && process->started == place.started ? process : NULL;
}

bool
place_is_stale(struct place place)
{
	return place.pid != 0 && !place_process(place);
}

uint64_t
place_inode(struct place place)
{
	return ((uint64_t)place.pid << 16) + place.node->inode;
}

struct place
place_parent(struct place place)
{
	struct name *name = node_last_name(place.node);
	struct node *parent = name ? name->directory : place.node;

	if (parent->each_process == place.node)
		return (struct place){.node = parent};
	return (struct place){parent, place.pid, 0, place.started};
}

/* --- walking --- */

bool
path_is(const struct path *path, const char *text)
{
	return path->length == strlen(text) && memcmp(path->name, text, path->length) == 0;
}

/* A name in /proc: a process's number. */
static struct place
find_process(struct node *proc, const char *name, size_t length)
{
	const char *end;
	int pid = parse_number(name, &end);

	if (name[0] == '0' || length > 9 || end != name + length)
		pid = 0; /* only the number as it is printed: no zeros before it, no 0x */
	const struct process *process = pid ? process_find(pid) : NULL;
	if (!process)
		return (struct place){0};
	return (struct place){proc->each_process, pid, 0, process->started};
}

/* A name in /proc/PID/fd: an open descriptor's number. */
static struct place
find_descriptor(struct place directory, const char *name, size_t length)
{
	const struct files *files = place_files(directory);
	const char *end;
	int fd = parse_number(name, &end);
	bool is_number = end == name + length && length <= 9 && (name[0] != '0' || length == 1);

	if (!is_number || !files || !files_at(files, fd))
		return (struct place){0};
	return (struct place){directory.node->each_descriptor, directory.pid, fd,
		directory.started};
}

/* What path->name means in path->directory; path->place.node is NULL when there is no such name. */
static int
look_up(struct path *path)
{
	struct node *directory = path->directory.node;

	path->place = path->directory;
	if (!S_ISDIR(directory->mode))
		return -ENOTDIR;
	if (place_is_stale(path->directory))
		return -ESRCH;
	int error = place_permitted(path->directory, X_OK);
	if (error || path->length == 0 || path_is(path, "."))
		return error;
	if (path_is(path, "..")) {
		path->place = place_parent(path->directory);
		return 0;
	}
	path->place.node = node_child(directory, path->name, path->length);
	if (!path->place.node && directory->each_process)
		path->place = find_process(directory, path->name, path->length);
	if (!path->place.node && directory->each_descriptor)
		path->place = find_descriptor(path->directory, path->name, path->length);
	return 0;
}

/* Cut the next name off `rest`; what is left of it. */
static const char *
next_name(struct path *path, const char *rest)
{
	while (*rest == '/')
		rest++;
	path->name = rest;
	while (*rest && *rest != '/')
		rest++;
	path->length = rest - path->name;
	path->has_slash = *rest;
	while (*rest == '/')
		rest++;
	return rest;
}

/*
 * Put the text of the symbolic link path->place in the place of the path up to `rest`, and walk on
 * from where it stands. 0, -ENOENT (it is empty), -ENAMETOOLONG.
 */
static int
substitute(struct path *path, const char *rest)
{
	char target[PATH_SIZE];
	long length = path->place.node->operations->read_link(path->place, target, PATH_SIZE);
	size_t behind = strlen(rest);

	if (length <= 0)
		return length ? length : -ENOENT;
	if (length + path->has_slash + behind >= PATH_SIZE)
		return -ENAMETOOLONG;
	memmove(path->text + length + path->has_slash, rest, behind + 1);
	memcpy(path->text, target, length);
	if (path->has_slash)
		path->text[length] = '/';
	if (target[0] == '/')
		path->directory = (struct place){.node = root_node};
	return 0;
}

/* Where the walk begins. 0, -ENOENT (the path is empty), -EBADF. */
static int
start(struct path *path, long directory)
{
	const struct file *file;

	path->place.node = NULL;
	path->directory = *current_directory();
	if (!path->text[0])
		return -ENOENT;
	if (path->text[0] == '/') {
		path->directory = (struct place){.node = root_node};
	} else if (directory != AT_FDCWD) {
		file = file_find(directory);
		if (!file)
			return -EBADF;
		path->directory = file->place;
	}
	return 0;
}

int
path_walk(struct path *path, long directory, unsigned flags)
{
	const char *rest = path->text;
	unsigned links = 0;
	int error = start(path, directory);

	if (error)
		return error;
	for (;;) {
		rest = next_name(path, rest);
		error = look_up(path);
		if (error)
			return error;
		struct node *node = path->place.node;
		bool follows = *rest || path->has_slash || !(flags & PATH_NO_FOLLOW);
		if (node && follows && node->operations->follow) {
			error = node->operations->follow(path->place, &path->place);
			node = path->place.node;
			if (error)
				return error;
		} else if (node && S_ISLNK(node->mode) && follows) {
			error = ++links > LINKS_MAX ? -ELOOP : substitute(path, rest);
			if (error)
				return error;
			rest = path->text;
			continue;
		}
		if (!*rest)
			return path->has_slash && node && !S_ISDIR(node->mode) ? -ENOTDIR : 0;
		if (!node)
			return -ENOENT;
		path->directory = path->place;
	}
}

int
path_get(struct path *path, long directory, const char *user, unsigned flags)
{
	long length = copy_string_from_user(path->text, user, sizeof(path->text));

	return length < 0 ? length : path_walk(path, directory, flags);
}

int
path_find(struct path *path, long directory, const char *user, unsigned flags)
{
	int error = path_get(path, directory, user, flags);

	return !error && !path->place.node ? -ENOENT : error;
}

/* --- and back --- */

char *
place_path(struct place place, char *buffer, size_t size)
{
	char number[12];
	char *begin = buffer + size - 1;

	*begin = '\0';
	while (place.node != root_node) {
		struct place parent = place_parent(place);
		const char *text = number;
		if (place.pid != parent.pid)
			snprintf(number, sizeof(number), "%d", place.pid);
		else if (parent.node == place.node)
			break; /* it never had a name */
		else
			text = node_last_name(place.node)->text;
		size_t length = strlen(text);
		if (length + 1 > (size_t)(begin - buffer))
			return NULL;
		begin -= length;
		memcpy(begin, text, length);
		*--begin = '/';
		place = parent;
	}
	if (!*begin)
		*--begin = '/';
	return begin;
}
