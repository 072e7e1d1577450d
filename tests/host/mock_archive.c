/*
 * What stands around the archive's reader: a boot module, the names that other files put into the
 * tree, a panic that comes back.
 */
#include <setjmp.h>
#include <abi/errno.h>
#include <abi/stat.h>
#include "file/node.c" /* with its hash table in reach: the kernel never empties it, we must */
#include "archive.h"
#include "mock.h"
#include "test.h"

static struct node *process; /* stands for every process's directory in /proc */
static char *block;         /* the archive as the kernel sees it, from frame 0 on */
static size_t block_size;
static const char link_to_1[] = "1"; /* what /proc/self says */
static char said[300];
static jmp_buf reader;

/* --- making one --- */

static void
append(struct archive *archive, const void *bytes, size_t size)
{
	archive->bytes = realloc(archive->bytes, archive->size + size + 3);
	memcpy(archive->bytes + archive->size, bytes, size);
	for (archive->size += size; archive->size % 4; archive->size++)
		archive->bytes[archive->size] = 0;
}

void
archive_add(
	struct archive *archive, const char *name, unsigned mode, const char *contents, size_t size)
{
	char header[512];
	int length = sprintf(header, "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%s",
		1, mode, 0, 0, 1, 77, (unsigned)size, 0, 0, 0, 0, (unsigned)strlen(name) + 1, 0,
		name);

	append(archive, header, length + 1);
	append(archive, contents, size);
}

void
archive_end(struct archive *archive)
{
	archive_add(archive, "TRAILER!!!", 0, "", 0);
}

/* --- the world around the reader --- */

struct process *
process_find(int pid)
{
	return pid == boot_process.pid ? &boot_process : NULL;
}

/* Nobody has anything open. */
const struct files *
place_files(struct place place)
{
	(void)place;
	return NULL;
}

struct file *
files_at(const struct files *files, long fd)
{
	(void)files, (void)fd;
	return NULL;
}

long
files_next(const struct files *files, long fd)
{
	(void)files, (void)fd;
	return -1;
}

struct place *
current_directory(void)
{
	static struct place directory;

	directory.node = root_node;
	return &directory;
}

struct file *
file_find(long fd)
{
	(void)fd;
	return NULL;
}

struct file *
file_get(long fd)
{
	return file_find(fd);
}

void
file_put(struct file *file)
{
	check(!file);
}

int64_t
file_seek(struct file *file, int64_t offset, int whence, int64_t end)
{
	(void)file, (void)offset, (void)whence, (void)end;
	return -EINVAL;
}

void
devices_add(void)
{
	node_add(root_node, "dev/console", S_IFCHR | 0600, &directory_operations);
}

void
proc_add(void)
{
	struct node *proc = node_add(root_node, "proc", S_IFDIR | 0555, &directory_operations);

	process = node_add(proc, "PID", S_IFDIR | 0555, &directory_operations);
	node_get(process);
	node_unlink(node_name(proc, "PID", 3));
	proc->each_process = process;
	node_add(process, "stat", S_IFREG | 0444, &directory_operations);
	node_add(proc, "meminfo", S_IFREG | 0444, &directory_operations);
	struct node *self = node_add(proc, "self", S_IFLNK | 0777, &link_operations);
	self->bytes = link_to_1;
	self->size = 1;
}

void
tmpfs_add(void)
{
}

static void
come_back(const char *message)
{
	memcpy(said, message, sizeof(said));
	longjmp(reader, 1);
}

const char *
archive_read(const unsigned char *bytes, size_t size)
{
	block_size = size;
	block = malloc(size ? size : 1);
	memcpy(block, bytes, size);
	mock_ram_is(block, size);
	mock_boot.archive_start = 0;
	mock_boot.archive_end = size;
	mock_on_panic = come_back;
	if (setjmp(reader))
		return said;
	archive_init();
	return NULL;
}

/* Every name below is removed, and with its last name each node goes. */
static void
empty(struct node *directory)
{
	struct name *name;

	while ((name = node_first_name(directory, 0))) {
		empty(name->node);
		node_unlink(name);
	}
}

void
archive_forget(void)
{
	if (process) {
		empty(process);
		node_put(process);
	}
	process = NULL;
	if (root_node) {
		empty(root_node);
		node_put(root_node);
	}
	root_node = NULL;
	for (unsigned i = 0; i < BUCKETS; i++)
		check(!buckets[i]);
	check_equal(node_count(), 0);
	free(block);
	block = NULL;
}

static void
check_below(const struct node *directory, unsigned depth)
{
	unsigned directories = 0;

	check(depth < 200);
	check(tree_check(directory->children.root) >= 0);
	for (unsigned long serial = 0;; serial++) {
		const struct name *name = node_first_name(directory, serial);
		if (!name)
			break;
		const struct node *node = name->node;
		serial = name->serial;
		check(name->directory == directory && node_last_name(node) == name);
		check(node_name(directory, name->text, strlen(name->text)) == name);
		check(name->text[0] && !strchr(name->text, '/'));
		if (node->bytes && node->bytes != link_to_1) {
			const char *bytes = node->bytes;
			check(bytes >= block && bytes <= block + block_size &&
				node->size <= (size_t)(block + block_size - bytes));
		}
		if (node->children.root)
			check(S_ISDIR(node->mode));
		directories += S_ISDIR(node->mode);
		check_below(node, depth + 1);
	}
	if (S_ISDIR(directory->mode))
		check_equal(directory->links, 2 + directories);
}

void
archive_check_tree(void)
{
	check_below(root_node, 0);
}
