/* From a path to its place in the tree, and back: the current directory's name. */
#include <abi/errno.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <task/task.h>

bool
place_is_stale(struct place place)
{
	return place.pid != 0 && !process_find(place.pid);
}

uint64_t
place_inode(struct place place)
{
	return ((uint64_t)place.pid << 16) + place.node->inode;
}

struct place
place_parent(struct place place)
{
	struct node *parent = place.node->parent;
	bool leaves_process = parent->each_process == place.node;

	return (struct place){parent, leaves_process ? 0 : place.pid};
}

static unsigned
link_count(const struct node *node)
{
	unsigned count = 1;

	if (!S_ISDIR(node->mode))
		return count;
	count++; /* a directory's own "." */
	for (const struct node *child = node->first; child; child = child->next)
		count += S_ISDIR(child->mode); /* and its ".." */
	return count;
}

void
place_stat(struct place place, struct stat64 *stat)
{
	const struct node *node = place.node;
	uint64_t inode = place_inode(place);

	*stat = (struct stat64){
		.st_dev = 1,
		.st_ino_low = inode,
		.st_ino = inode,
		.st_mode = node->mode,
		.st_nlink = link_count(node),
		.st_rdev = node->device,
		.st_size = node->size,
		.st_blksize = PAGE_SIZE,
		.st_blocks = (node->size + 511) / 512,
		.st_atime = node->time,
		.st_mtime = node->time,
		.st_ctime = node->time,
	};
}

/* A name in /proc: a process's number, or "self". */
static struct place
find_process(struct node *proc, const char *name, size_t length)
{
	const char *end;
	int pid = parse_number(name, &end);

	if (length == 4 && memcmp(name, "self", 4) == 0)
		pid = current->process->pid;
	else if (name[0] == '0' || length > 9 || end != name + length)
		pid = 0; /* only the number as it is printed: no zeros before it, no 0x */
	return (struct place){pid > 0 && process_find(pid) ? proc->each_process : NULL, pid};
}

static int
step(struct place *place, const char *name, size_t length)
{
	struct place next = *place;

	if (!S_ISDIR(place->node->mode))
		return -ENOTDIR;
	if (place_is_stale(*place))
		return -ENOENT;
	if (length == 1 && name[0] == '.')
		return 0;
	if (length == 2 && name[0] == '.' && name[1] == '.') {
		*place = place_parent(*place);
		return 0;
	}
	next.node = node_child(place->node, name, length);
	if (!next.node && place->node->each_process)
		next = find_process(place->node, name, length);
	if (!next.node)
		return -ENOENT;
	*place = next;
	return 0;
}

int
path_find(const struct place *from, const char *path, struct place *place)
{
	const char *end;

	place->node = NULL;
	if (!*path)
		return -ENOENT;
	if (*path == '/')
		*place = (struct place){root_node, 0};
	else
		*place = from ? *from : *current_directory();
	for (; *path; path = end) {
		while (*path == '/')
			path++;
		for (end = path; *end && *end != '/'; end++)
			;
		/* A slash at the end asks for a directory, as "/." does. */
		int error = end > path ? step(place, path, end - path) : step(place, ".", 1);
		if (error && (*end || error != -ENOENT))
			place->node = NULL;
		if (error)
			return error;
	}
	return 0;
}

long
sys_chdir(const char *user)
{
	char path[PATH_SIZE];
	struct place place;
	long length = copy_string_from_user(path, user, sizeof(path));

	if (length < 0)
		return length;
	int error = path_find(NULL, path, &place);
	if (error)
		return error;
	if (!S_ISDIR(place.node->mode))
		return -ENOTDIR;
	*current_directory() = place;
	return 0;
}

/* Writes the path so that it ends at `end`; where it begins, NULL when it is too long. */
static char *
name_backwards(struct place place, char *end, size_t size)
{
	char number[12];
	char *begin = end;

	while (place.node != root_node) {
		struct place parent = place_parent(place);
		const char *name = place.node->name;
		if (place.pid != parent.pid) {
			snprintf(number, sizeof(number), "%d", place.pid);
			name = number;
		}
		size_t length = strlen(name);
		if (length + 1 > size - (end - begin))
			return NULL;
		begin -= length;
		memcpy(begin, name, length);
		*--begin = '/';
		place = parent;
	}
	return begin;
}

long
sys_getcwd(char *user, size_t size)
{
	char path[PATH_SIZE];
	char *last = path + sizeof(path) - 1;

	if (place_is_stale(*current_directory()))
		return -ENOENT;
	*last = '\0';
	char *begin = name_backwards(*current_directory(), last, sizeof(path) - 1);
	if (!begin)
		return -ENAMETOOLONG;
	if (begin == last)
		*--begin = '/';
	size_t length = last + 1 - begin;
	if (length > size)
		return -ERANGE;
	return copy_to_user(user, begin, length) ? -EFAULT : (long)length;
}
