/*
 * System calls: sendfile. What is sent is a mapping of the file in the caller's own memory that
 * nobody else knows of, written to the other file like any memory, and then taken away: so what can
 * be sent is what can be mapped, as on Linux.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/shm_object.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <sys/syscall.h>
#include <task/task.h>

#define AT_ONCE (16 * PAGE_SIZE) /* mapped and written */

/* Sends up to `size` bytes that begin at `position`: bytes sent, 0 at the end, or an errno. */
static long
send_piece(long to, struct file *from, int64_t position, size_t size)
{
	struct space *space = current->space;
	int64_t rest = from->place.node->size - position;
	size_t offset = position & PAGE_MASK;
	struct vm_area like = {.offset = position / PAGE_SIZE, .rights = VM_READ,
		.max_rights = VM_READ};
	vaddr_t address = 0;

	if (rest <= 0)
		return 0;
	if (size > AT_ONCE - offset)
		size = AT_ONCE - offset;
	if ((int64_t)size > rest)
		size = rest;
	size_t length = (offset + size + PAGE_MASK) & ~PAGE_MASK;
	int error = from->operations->map(from, &like);
	if (error)
		return error;
	error = space_map(space, &address, length, false, &like);
	shm_object_put(like.object); /* the area holds it now, if there is one */
	if (error)
		return error;
	long result = sys_write(to, (const void *)(address + offset), size);
	/* slept: a thread that meanwhile put something of its own there has harmed itself alone */
	space_unmap(space, address, address + length); /* all of an area: cannot fail */
	return result;
}

static long
send(long to, struct file *from, int64_t *position, size_t size)
{
	size_t done = 0;

	while (done < size) {
		long sent = send_piece(to, from, *position, size - done);
		if (sent <= 0)
			return done ? (long)done : sent;
		done += sent;
		*position += sent;
		if (signal_pending(current))
			break;
	}
	return done;
}

/* 0, -EBADF, -EINVAL. */
static int
check_files(const struct file *to, const struct file *from)
{
	if (!to || !from || (from->flags & O_ACCMODE) == O_WRONLY ||
		(to->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	return !from->operations->map || to->flags & O_APPEND ? -EINVAL : 0;
}

/* Without a place for the offset the file's own position is used, and moved on. */
long
sys_sendfile64(long to, long from_fd, int64_t *user, size_t size)
{
	struct file *from = file_get(from_fd);
	int64_t position = from ? from->position : 0;
	int error = check_files(file_find(to), from);
	long result = error;

	if (!error && user && copy_from_user(&position, user, sizeof(position)))
		result = -EFAULT;
	else if (!error && ((long)size < 0 || position < 0))
		result = -EINVAL;
	else if (!error)
		result = send(to, from, &position, size);
	if (result >= 0 && user && copy_to_user(user, &position, sizeof(position)))
		result = -EFAULT;
	else if (result >= 0 && !user)
		from->position = position;
	file_put(from);
	return result;
}
