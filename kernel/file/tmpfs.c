/*
 * The file system that can be written: /tmp and /dev/shm. Names are node.c's; here is what a file
 * holds. Its pages are those of a shared object, so that read, write and every mapping see the same
 * frames:
 *
 *     struct node ── object ──> struct shm_object ── shm_pages ──> frames
 *         ^ size, in bytes          ^ name: the node      ^
 *     read, write              areas that map it ── shm_nopage
 *
 * A page that was never written is not there, and reads as zeros.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/resource.h>
#include <abi/statfs.h>
#include <file/node.h>
#include <file/pipe.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/reclaim.h>
#include <mm/shm_object.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/task.h>

#define CHUNK 1024	  /* bytes on the stack between a page and the user; divides a page */
#define BITE (64 * 1024) /* bytes after which a long copy lets others run */
#define SIZE_MOST ((int64_t)SHM_OBJECT_MOST * PAGE_SIZE) /* of a file */

static unsigned long
pages_of(uint64_t size)
{
	return (size + PAGE_MASK) / PAGE_SIZE;
}

/* Bytes of [position, end) that lie in one page with the first, at most a chunk. */
static size_t
piece_of(int64_t position, size_t size)
{
	size_t rest = PAGE_SIZE - (position & PAGE_MASK);

	if (size > CHUNK)
		size = CHUNK;
	return size < rest ? size : rest;
}

/* Others run when a bite is done. False: the task is to die, and goes on no longer. */
static bool
pause_between_bites(size_t before, size_t done)
{
	if (before / BITE != done / BITE)
		wait_pause();
	return !signal_fatal_pending(current);
}

/* --- reading --- */

/* Does not sleep. */
static void
get_bytes(const struct node *node, int64_t position, char *bytes, size_t count)
{
	const shm_page_t *entry = shm_object_entry(node->object, position / PAGE_SIZE);

	if (!entry || SHM_PAGE_TYPE(*entry) != SHM_PAGE_PRESENT) {
		memset(bytes, 0, count);
		return;
	}
	const char *page = arch_frame_address(SHM_PAGE_VALUE(*entry));
	memcpy(bytes, page + (position & PAGE_MASK), count);
}

static long
tmpfs_read_at(struct file *file, void *user, size_t size, int64_t *position)
{
	const struct node *node = file->place.node;
	char chunk[CHUNK];
	size_t done = 0;

	while (done < size && *position < (int64_t)node->size) {
		size_t count = piece_of(*position, size - done);
		if (count > node->size - *position)
			count = node->size - *position;
		get_bytes(node, *position, chunk, count);
		if (copy_to_user((char *)user + done, chunk, count))
			return done ? (long)done : -EFAULT;
		done += count;
		*position += count;
		if (!pause_between_bites(done - count, done))
			break;
	}
	return done;
}

/* --- writing --- */

/* The size that the file may have at most. */
static int64_t
size_limit(void)
{
	uint64_t limit = current->process->limits[RLIMIT_FSIZE].rlim_cur;

	return limit < SIZE_MOST ? (int64_t)limit : SIZE_MOST;
}

static int
too_large(int64_t limit)
{
	if (limit < SIZE_MOST) /* it is the process's own */
		signal_send(current->process, SIGXFSZ);
	return -EFBIG;
}

/* One attempt to have the page of bytes [position, position + count). As shm_object_page. */
static int
have_page(struct node *node, int64_t position, size_t count, struct page_result *result)
{
	struct shm_object *object = node->object;
	unsigned long pages = pages_of(position + count);

	if (pages > object->shm_npages && shm_object_resize(object, pages))
		return -ENOMEM;
	return shm_object_page(object, position / PAGE_SIZE, result);
}

/*
 * Put as many of the bytes as go into one page at *position, or at the end of the file (O_APPEND),
 * and move it on. The number, -EFBIG, -ENOSPC, or what ended a sleep.
 */
static long
put_bytes(struct file *file, int64_t *position, const char *bytes, size_t size)
{
	struct node *node = file->place.node;
	int64_t limit = size_limit();
	struct page_result result;
	bool reclaimed = false;
	size_t count;
	int error;

	for (;;) {
		if (file->flags & O_APPEND)
			*position = node->size;
		if (*position >= limit)
			return too_large(limit);
		count = piece_of(*position, size);
		if ((int64_t)count > limit - *position)
			count = limit - *position;
		error = have_page(node, *position, count, &result);
		if (error == -ENOMEM && !reclaimed)
			reclaim();
		else if (error != -EAGAIN)
			break;
		reclaimed |= error == -ENOMEM;
		/* slept, perhaps: look again, even the file's size may be another */
	}
	if (error) {
		shm_object_resize(node->object, pages_of(node->size)); /* back: cannot fail */
		return error == -ENOMEM ? -ENOSPC : error;
	}
	if (result.is_new)
		space_took(1); /* who leaves much in files is not small */
	memcpy((char *)arch_frame_address(result.frame) + (*position & PAGE_MASK), bytes, count);
	frame_put(result.frame); /* the object has its own reference */
	*position += count;
	if ((uint64_t)*position > node->size)
		node->size = *position;
	return count;
}

/* All of a chunk. The number of bytes that found place, or the error of the first. */
static long
put_chunk(struct file *file, int64_t *position, const char *chunk, size_t count)
{
	size_t done = 0;

	while (done < count) {
		long put = put_bytes(file, position, chunk + done, count - done);
		if (put < 0)
			return done ? (long)done : put;
		done += put;
	}
	return done;
}

static long
tmpfs_write_at(struct file *file, const void *user, size_t size, int64_t *position)
{
	char chunk[CHUNK];
	size_t done = 0;
	long put = 0;

	while (done < size) {
		size_t count = size - done < CHUNK ? size - done : CHUNK;
		put = -EFAULT;
		if (!copy_from_user(chunk, (const char *)user + done, count))
			put = put_chunk(file, position, chunk, count);
		if (put < 0)
			break;
		done += put;
		if ((size_t)put < count || !pause_between_bites(done - put, done))
			break;
	}
	if (done)
		node_modified(file->place.node);
	return done ? (long)done : put;
}

static int64_t
tmpfs_seek(struct file *file, int64_t offset, int whence)
{
	return file_seek(file, offset, whence, file->place.node->size);
}

/* --- size --- */

/* The bytes behind the end, in the last page, are zeros: a file that grows again shows them. */
static void
clear_tail(struct node *node)
{
	size_t used = node->size & PAGE_MASK;
	const shm_page_t *entry = shm_object_entry(node->object, node->size / PAGE_SIZE);

	if (used && entry && SHM_PAGE_TYPE(*entry) == SHM_PAGE_PRESENT)
		memset((char *)arch_frame_address(SHM_PAGE_VALUE(*entry)) + used, 0,
			PAGE_SIZE - used);
}

static int
tmpfs_resize(struct node *node, int64_t size)
{
	int64_t limit = size_limit();
	bool shrinks = size < (int64_t)node->size;

	if (!shrinks && size > limit && size > (int64_t)node->size)
		return too_large(limit);
	if (shrinks)
		space_unmap_object(node->object, pages_of(size));
	if (shm_object_resize(node->object, pages_of(size)))
		return -ENOSPC;
	node->size = size;
	if (shrinks)
		clear_tail(node);
	node_modified(node);
	return 0;
}

/* --- mapping --- */

static int
tmpfs_map(struct file *file, struct vm_area *area)
{
	if (area->rights & VM_EXEC)
		return -EPERM;
	area->max_rights &= ~VM_EXEC;
	area->ops = &file_area_operations;
	area->object = file->place.node->object;
	shm_object_get(area->object);
	return 0;
}

/* --- nodes --- */

static void
tmpfs_forget(struct node *node)
{
	shm_object_put(node->object);
}

static const struct file_operations tmpfs_operations = {
	.name = "tmpfs",
	.read_at = tmpfs_read_at,
	.write_at = tmpfs_write_at,
	.seek = tmpfs_seek,
	.resize = tmpfs_resize,
	.map = tmpfs_map,
	.forget = tmpfs_forget,
};

static const struct file_operations *
operations_for(unsigned mode)
{
	if (S_ISDIR(mode))
		return &directory_operations;
	if (S_ISFIFO(mode))
		return &pipe_operations;
	return S_ISLNK(mode) ? &link_operations : &tmpfs_operations;
}

static struct node *
tmpfs_create(struct filesystem *filesystem, unsigned mode)
{
	struct shm_object *object = S_ISREG(mode) ? shm_object_create(0) : NULL;
	struct node *node = NULL;

	if (object || !S_ISREG(mode))
		node = node_create(filesystem, mode, operations_for(mode));
	if (!node) {
		if (object)
			shm_object_put(object);
		return NULL;
	}
	node->uid = current->process->cred.euid;
	node->gid = current->process->cred.egid;
	node->object = object;
	if (object)
		object->name = node;
	return node;
}

static struct filesystem tmp = {.device = 3}, shm = {.device = 4};

static void
mount(const char *path, struct filesystem *filesystem)
{
	struct node *node = node_add(root_node, path, S_IFDIR, &directory_operations);

	filesystem->name = "tmpfs";
	filesystem->magic = TMPFS_MAGIC;
	filesystem->create = tmpfs_create;
	filesystem->no_exec = true;
	node->mode = S_IFDIR | S_ISVTX | 0777;
	node->filesystem = filesystem;
}

void
tmpfs_add(void)
{
	mount("tmp", &tmp);
	mount("dev/shm", &shm);
}
