/*
 * The tree of names: a name is found by its directory and its text, through one hash table; and by
 * its serial number, through a tree for each directory.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <file/node.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <task/clock.h>

#define BUCKETS 1024
#define FIRST_SERIAL 2 /* "." and ".." have the positions before it, and no names */

struct node *root_node;
struct filesystem archive_filesystem = {
	.name = "archive",
	.magic = 0x858458f6, /* RAMFS_MAGIC */
	.device = 1,
	.refusal = -EROFS,
	.read_only = true,
};

static struct cache nodes = CACHE("node", struct node);
static struct name *buckets[BUCKETS];
static unsigned last_inode;

unsigned long
node_count(void)
{
	return nodes.in_use;
}

/* --- nodes --- */

static bool
no_value(struct tree_node *node)
{
	(void)node;
	return false;
}

struct node *
node_create(struct filesystem *filesystem, unsigned mode, const struct file_operations *operations)
{
	struct node *node = cache_alloc(&nodes);

	if (!node)
		return NULL;
	*node = (struct node){
		.references = 1,
		.operations = operations,
		.filesystem = filesystem,
		.mode = mode,
		.links = S_ISDIR(mode), /* its own "." */
		.inode = ++last_inode,
		.children.update = no_value,
		.last_serial = FIRST_SERIAL - 1,
	};
	list_init(&node->names);
	node_modified(node);
	node->accessed = node->modified;
	return node;
}

/* The directory that its last name held a reference to, now the caller's; NULL: none. */
static struct node *
node_free(struct node *node)
{
	struct name *name = node_last_name(node);
	struct node *directory = name ? name->directory : NULL;

	if (node->operations->forget)
		node->operations->forget(node);
	kfree(name);
	cache_free(&nodes, node);
	return directory;
}

void
node_put(struct node *node)
{
	/* A loop: directories that were removed may hang on each other in any number. */
	while (node && --node->references == 0)
		node = node_free(node);
}

void
node_changed(struct node *node)
{
	node->changed.tv_sec = clock_seconds();
	node->changed.tv_nsec = clock_second_ns();
}

void
node_modified(struct node *node)
{
	node_changed(node);
	node->modified = node->changed;
}

/* --- names --- */

static struct name **
bucket_of(const struct node *directory, const char *text, size_t length)
{
	unsigned hash = (uintptr_t)directory >> 4;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)text[i];
	return &buckets[hash % BUCKETS];
}

struct name *
node_name(const struct node *directory, const char *text, size_t length)
{
	struct name *name = *bucket_of(directory, text, length);

	for (; name; name = name->next_in_bucket) {
		if (name->directory == directory && strncmp(name->text, text, length) == 0 &&
			!name->text[length])
			return name;
	}
	return NULL;
}

struct node *
node_child(const struct node *directory, const char *text, size_t length)
{
	struct name *name = node_name(directory, text, length);

	return name ? name->node : NULL;
}

static struct name *
name_of(struct tree_node *sibling)
{
	return sibling ? tree_entry(sibling, struct name, sibling) : NULL;
}

struct name *
node_first_name(const struct node *directory, unsigned long serial)
{
	struct tree_node *at = directory->children.root;
	struct name *best = NULL;

	while (at) {
		if (name_of(at)->serial >= serial) {
			best = name_of(at);
			at = at->left;
		} else {
			at = at->right;
		}
	}
	return best;
}

struct name *
node_last_name(const struct node *node)
{
	if (list_empty(&node->names))
		return NULL;
	return list_entry(node->names.next, struct name, of_node);
}

static void
name_free(struct name *name)
{
	list_remove(&name->of_node);
	node_put(name->directory);
	kfree(name);
}

/* Enter the name into its directory: hash table, and the right end of the tree. */
static void
enter(struct name *name)
{
	struct node *directory = name->directory;
	struct name **bucket = bucket_of(directory, name->text, strlen(name->text));
	struct tree_node *parent = NULL, **link = &directory->children.root;

	name->next_in_bucket = *bucket;
	*bucket = name;
	name->serial = ++directory->last_serial;
	while (*link) {
		parent = *link;
		link = &parent->right;
	}
	tree_insert(&directory->children, parent, link, &name->sibling);
}

int
node_link(struct node *directory, const char *text, size_t length, struct node *node)
{
	struct name *name = kmalloc(sizeof(*name) + length + 1);

	if (!name)
		return -ENOMEM;
	name->directory = directory;
	name->node = node;
	memcpy(name->text, text, length);
	name->text[length] = '\0';
	node_get(directory);
	node_get(node);
	list_add_before(&node->names, &name->of_node);
	enter(name);
	node->links++;
	if (S_ISDIR(node->mode))
		directory->links++; /* its ".." */
	node_modified(directory);
	node_changed(node);
	return 0;
}

void
node_unlink(struct name *name)
{
	struct node *directory = name->directory, *node = name->node;
	struct name **link = bucket_of(directory, name->text, strlen(name->text));

	while (*link != name)
		link = &(*link)->next_in_bucket;
	*link = name->next_in_bucket;
	tree_remove(&directory->children, &name->sibling);
	bool is_last = name->of_node.next == name->of_node.prev;
	node->links--;
	if (S_ISDIR(node->mode)) {
		directory->links--;
		if (is_last)
			node->links = 0; /* not even its own "." */
	}
	node_modified(directory);
	node_changed(node);
	name->node = NULL;
	if (!is_last)
		name_free(name);
	node_put(node);
}

/* --- at boot --- */

void
node_init(void)
{
	root_node = node_create(&archive_filesystem, S_IFDIR | 0755, &directory_operations);
	if (!root_node)
		panic("no memory for the tree of files");
	root_node->links++;
}

/* One step of node_make: the child under this name, made as said if it is not there. */
static int
make_child(struct node *directory, const char *text, size_t length, unsigned mode,
	const struct file_operations *operations, struct node **child)
{
	if (!S_ISDIR(directory->mode))
		return -ENOTDIR;
	if (length >= PATH_SIZE || (length == 2 && memcmp(text, "..", 2) == 0))
		return -EINVAL;
	*child = node_child(directory, text, length);
	if (*child)
		return 0;
	*child = node_create(directory->filesystem, mode, operations);
	if (!*child)
		return -ENOMEM;
	int error = node_link(directory, text, length, *child);
	node_put(*child);
	return error;
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
