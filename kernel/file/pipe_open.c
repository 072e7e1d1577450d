/*
 * The ends of pipes: pipe2 makes a node without a name and opens it twice; mknod makes one with a
 * name, a FIFO (fifo(7)), and whoever opens one end of it waits for the other. The bytes are there
 * as long as somebody has the pipe open.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/statfs.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <file/pipe.h>
#include <mm/uaccess.h>
#include <task/task.h>

static struct filesystem pipe_filesystem = {
	.name = "pipefs", .magic = PIPEFS_MAGIC, .device = 5, .refusal = -EPERM};

static bool
reads(const struct file *file)
{
	return (file->flags & O_ACCMODE) != O_WRONLY;
}

static bool
writes(const struct file *file)
{
	return (file->flags & O_ACCMODE) != O_RDONLY;
}

/*
 * Sleeps until the other end was opened since `count` was `seen`; it may be closed again by then.
 */
static int
wait_for_partner(struct pipe *pipe, const unsigned *count, unsigned seen)
{
	while (*count == seen) {
		int error = wait_sleep(&pipe->changed.sleepers, SLEEP_INTERRUPTIBLE);
		if (error)
			return error;
	}
	return 0;
}

static int
meet_partner(struct file *file)
{
	struct pipe *pipe = file->pipe;
	bool waits = !(file->flags & O_NONBLOCK);

	if (!writes(file) && !pipe->writers) {
		file->position = pipe->writers_ever; /* see read_events() */
		if (waits)
			return wait_for_partner(pipe, &pipe->writers_ever, pipe->writers_ever);
	}
	if (!reads(file) && !pipe->readers && waits)
		return wait_for_partner(pipe, &pipe->readers_ever, pipe->readers_ever);
	return 0;
}

int
pipe_open(struct file *file)
{
	struct node *node = file->place.node;
	bool named = node->filesystem != &pipe_filesystem;

	if (named && !reads(file) && file->flags & O_NONBLOCK &&
		!(node->pipe && node->pipe->readers))
		return -ENXIO;
	if (!node->pipe)
		node->pipe = pipe_create();
	if (!node->pipe)
		return -ENOMEM;
	struct pipe *pipe = file->pipe = node->pipe;
	pipe->readers += reads(file);
	pipe->readers_ever += reads(file);
	pipe->writers += writes(file);
	pipe->writers_ever += writes(file);
	poll_wake(&pipe->changed);
	return named ? meet_partner(file) : 0;
}

void
pipe_release(struct file *file)
{
	struct pipe *pipe = file->pipe;

	if (!pipe) /* its opening failed */
		return;
	pipe->readers -= reads(file);
	pipe->writers -= writes(file);
	poll_wake(&pipe->changed);
	if (pipe->readers || pipe->writers)
		return;
	file->place.node->pipe = NULL;
	pipe_free(pipe);
}

/* A descriptor of one end. -EMFILE, -ENOMEM. */
static int
open_end(struct node *node, unsigned flags)
{
	int fd = file_open((struct place){.node = node}, &pipe_operations, flags);
	int error = fd < 0 ? 0 : pipe_open(file_find(fd));

	if (error)
		sys_close(fd);
	return error ? error : fd;
}

static int
open_both(struct node *node, unsigned flags, int fds[2])
{
	fds[0] = open_end(node, O_RDONLY | flags);
	if (fds[0] < 0)
		return fds[0];
	fds[1] = open_end(node, O_WRONLY | flags);
	if (fds[1] < 0)
		sys_close(fds[0]);
	return fds[1] < 0 ? fds[1] : 0;
}

long
sys_pipe2(int *user, unsigned flags)
{
	int fds[2];

	if (flags & ~(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	struct node *node = node_create(&pipe_filesystem, S_IFIFO | 0600, &pipe_operations);
	if (!node)
		return -ENOMEM;
	node->uid = current->process->cred.euid;
	node->gid = current->process->cred.egid;
	int error = open_both(node, flags, fds);
	node_put(node); /* the ends hold it now, if there are any */
	if (error)
		return error;
	if (!copy_to_user(user, fds, sizeof(fds)))
		return 0;
	sys_close(fds[0]);
	sys_close(fds[1]);
	return -EFAULT;
}

long
sys_pipe(int *user)
{
	return sys_pipe2(user, 0);
}
