/*
 * /proc: its tree, and how a file whose text is made when it is read can be read in pieces: it is
 * made whole when the position is 0, and kept with the open file, so that a reader sees one moment.
 */
#include <abi/errno.h>
#include <abi/statfs.h>
#include <file/node.h>
#include <file/proc.h>
#include <ipc/msg.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define FIRST_GUESS 480 /* bytes of a text: with its head, most fit into 512 */

static struct filesystem proc_filesystem = {
	.name = "proc",
	.magic = PROC_SUPER_MAGIC,
	.device = 2,
	.refusal = -EPERM,
};

/* The text of the place's file at this moment, or NULL without memory. */
static struct text *
make_text(struct place place)
{
	size_t size = FIRST_GUESS;

	for (;;) {
		struct text *text = kmalloc(sizeof(*text) + size);
		if (!text)
			return NULL;
		*text = (struct text){.buffer = (char *)(text + 1), .size = size};
		place.node->write_text(text, place_process(place));
		if (text->length <= size)
			return text;
		size = text->length;
		kfree(text);
	}
}

static int
renew_text(struct file *file)
{
	if (place_is_stale(file->place))
		return -ESRCH;
	kfree(file->text);
	file->text = make_text(file->place);
	return file->text ? 0 : -ENOMEM;
}

static int
proc_open(struct file *file)
{
	return file->place.node->for_owner && !place_owned(file->place) ? -EACCES : 0;
}

/* The piece at the position; moves it on. */
static size_t
take_piece(const struct file *file, int64_t *position, char *piece, size_t size)
{
	const struct text *text = file->text;

	if (!text || *position >= (int64_t)text->length)
		return 0;
	if (size > text->length - *position)
		size = text->length - *position;
	memcpy(piece, text->buffer + *position, size);
	*position += size;
	return size;
}

static long
proc_read_at(struct file *file, void *user, size_t size, int64_t *position)
{
	char piece[256];
	size_t done = 0;
	int error = *position == 0 || !file->text ? renew_text(file) : 0;

	if (error)
		return error;
	while (done < size) {
		size_t wanted = size - done < sizeof(piece) ? size - done : sizeof(piece);
		size_t count = take_piece(file, position, piece, wanted);
		if (count == 0)
			break;
		/* May sleep: who shares the open file may renew the text meanwhile. */
		if (copy_to_user((char *)user + done, piece, count))
			return done ? (long)done : -EFAULT;
		done += count;
	}
	return done;
}

static int64_t
proc_seek(struct file *file, int64_t offset, int whence)
{
	return file_seek(file, offset, whence, -1);
}

static void
proc_release(struct file *file)
{
	kfree(file->text);
}

static const struct file_operations proc_operations = {
	.name = "proc",
	.open = proc_open,
	.read_at = proc_read_at,
	.seek = proc_seek,
	.release = proc_release,
};

struct node *
proc_add_file(struct node *directory, const char *path, unsigned rights,
	void (*write_text)(struct text *text, struct process *process))
{
	struct node *node = node_add(directory, path, S_IFREG | rights, &proc_operations);

	node->write_text = write_text;
	return node;
}

static void
sysvipc_shm(struct text *text, struct process *process)
{
	(void)process;
	ipc_proc_text(&shm_ids, text);
}

static void
sysvipc_sem(struct text *text, struct process *process)
{
	(void)process;
	ipc_proc_text(&sem_ids, text);
}

static void
sysvipc_msg(struct text *text, struct process *process)
{
	(void)process;
	ipc_proc_text(&msg_ids, text);
}

static long
self_link(struct place place, char *text, size_t size)
{
	(void)place;
	return snprintf(text, size, "%d", current->process->pid);
}

static const struct file_operations self_operations = {.name = "self", .read_link = self_link};

/* It knows its parent by a last name, but nobody finds it by that. */
static struct node *
each_process_of(struct node *proc)
{
	struct node *node = node_add(proc, "PID", S_IFDIR | 0555, &directory_operations);

	node_get(node);
	node_unlink(node_name(proc, "PID", 3));
	node->links = 2;
	return node;
}

void
proc_add(void)
{
	struct node *proc = node_add(root_node, "proc", S_IFDIR | 0555, &directory_operations);

	proc->filesystem = &proc_filesystem;
	proc->each_process = each_process_of(proc);
	node_add(proc, "self", S_IFLNK | 0777, &self_operations);
	proc_task_add(proc->each_process);
	proc_system_add(proc);
	proc_add_file(proc->each_process, "ipc_error", 0444, ipc_refusal_text);
	proc_add_file(proc, "sysvipc/sem", 0444, sysvipc_sem);
	proc_add_file(proc, "sysvipc/shm", 0444, sysvipc_shm);
	proc_add_file(proc, "sysvipc/msg", 0444, sysvipc_msg);
	proc_sys_add(proc);
}
