/* The tree of names: a node is found by its directory and its name, through one hash table. */
#include <abi/errno.h>
#include <dev/console.h>
#include <file/node.h>
#include <lib/string.h>
#include <mm/kmalloc.h>

#define BUCKETS 256

struct node *root_node;

static struct node *buckets[BUCKETS];
static unsigned last_inode;

static struct node **
bucket_of(const struct node *directory, const char *name, size_t length)
{
	unsigned hash = (uintptr_t)directory >> 4;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)name[i];
	return &buckets[hash % BUCKETS];
}

struct node *
node_child(const struct node *directory, const char *name, size_t length)
{
	struct node *node = *bucket_of(directory, name, length);

	for (; node; node = node->next_in_bucket) {
		if (node->parent == directory && strncmp(node->name, name, length) == 0 &&
			!node->name[length])
			return node;
	}
	return NULL;
}

static struct node *
node_create(const char *name, size_t length, unsigned mode,
	const struct file_operations *operations)
{
	struct node *node = kzalloc(sizeof(*node) + length + 1);

	if (!node)
		return NULL;
	memcpy(node->name, name, length);
	node->mode = mode;
	node->operations = operations;
	node->inode = ++last_inode;
	return node;
}

static void
node_link(struct node *directory, struct node *node)
{
	struct node **bucket = bucket_of(directory, node->name, strlen(node->name));

	node->parent = directory;
	node->next_in_bucket = *bucket;
	*bucket = node;
	if (directory->last)
		directory->last->next = node;
	else
		directory->first = node;
	directory->last = node;
}

void
node_init(void)
{
	root_node = node_create("", 0, S_IFDIR | 0755, &directory_operations);
	if (!root_node)
		panic("no memory for the tree of files");
	root_node->parent = root_node;
}

/* One step of node_make: the child under this name, made as said if it is not there. */
static int
make_child(struct node *directory, const char *name, size_t length, unsigned mode,
	const struct file_operations *operations, struct node **child)
{
	if (!S_ISDIR(directory->mode))
		return -ENOTDIR;
	if (length >= PATH_SIZE || (length == 2 && memcmp(name, "..", 2) == 0))
		return -EINVAL;
	*child = node_child(directory, name, length);
	if (*child)
		return 0;
	*child = node_create(name, length, mode, operations);
	if (!*child)
		return -ENOMEM;
	node_link(directory, *child);
	return 0;
}

int
node_make(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations, struct node **node)
{
	const char *end;

	for (*node = directory; *path; path = end) {
		while (*path == '/')
			path++;
		for (end = path; *end && *end != '/'; end++)
			;
		size_t length = end - path;
		if (length == 0 || (length == 1 && *path == '.'))
			continue;
		bool leads_on = *end;
		int error = make_child(*node, path, length, leads_on ? S_IFDIR | 0755 : mode,
			leads_on ? &directory_operations : operations, node);
		if (error)
			return error;
	}
	return 0;
}

struct node *
node_add(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations)
{
	struct node *node;
	int error = node_make(directory, path, mode, operations, &node);

	if (error)
		panic("cannot make /%s in the tree of files: error %d", path, -error);
	return node;
}
