/*
 * Pipes (pipe(7)): the bytes. They go in at one end and come out of the other in the same order,
 * and whoever finds none, or no room, sleeps until there are.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/ioctl.h>
#include <abi/poll.h>
#include <abi/unistd.h>
#include <file/node.h>
#include <file/pipe.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/reclaim.h>
#include <mm/uaccess.h>
#include <task/task.h>

static struct cache pipes = CACHE("pipe", struct pipe);

/* --- pages --- */

static char *
new_page(void)
{
	pfn_t frame = frame_alloc(FRAME_KERNEL, NULL, 0);

	if (!frame) {
		reclaim();
		frame = frame_alloc(FRAME_KERNEL, NULL, 0);
	}
	return frame ? arch_frame_address(frame) : NULL;
}

static void
free_page(char *page)
{
	if (page)
		frame_put(arch_frame_of(page));
}

static char **
slot_of(struct pipe *pipe, unsigned at)
{
	return &pipe->slots[at / PAGE_SIZE & (pipe->slot_count - 1)];
}

/* The page for the byte at `at`, made if it is not there; NULL: no memory. */
static char *
page_at(struct pipe *pipe, unsigned at)
{
	char **slot = slot_of(pipe, at);

	if (!*slot) {
		*slot = pipe->spare ? pipe->spare : new_page();
		pipe->spare = NULL;
	}
	return *slot;
}

static void
give_page_back(struct pipe *pipe, unsigned at)
{
	char **slot = slot_of(pipe, at);

	if (pipe->spare)
		free_page(*slot);
	else
		pipe->spare = *slot;
	*slot = NULL;
}

/* --- bytes; the caller has its turn --- */

static bool
is_empty(const struct pipe *pipe)
{
	return pipe->head == pipe->tail;
}

/* Bytes that can still be written. A page that was read in part is not room yet, as on Linux. */
static unsigned
room(const struct pipe *pipe)
{
	return pipe->slot_count * PAGE_SIZE - (pipe->tail - (pipe->head & ~PAGE_MASK));
}

/* The bytes of [at, end) that lie in one page with the first. */
static unsigned
piece_of(unsigned at, unsigned end)
{
	unsigned rest = PAGE_SIZE - (at & PAGE_MASK);

	return end - at < rest ? end - at : rest;
}

/* Bytes between head and `at` have been read. */
static void
move_head(struct pipe *pipe, unsigned at)
{
	unsigned last = at - 1;

	pipe->head = at;
	if (!is_empty(pipe) && at & PAGE_MASK)
		return;
	give_page_back(pipe, last);
	if (is_empty(pipe))
		pipe->head = pipe->tail = 0;
	poll_wake(&pipe->changed); /* there is room */
}

/* Hands out what is there: bytes copied, or -EFAULT. A byte that could not be copied stays. */
static long
take(struct pipe *pipe, char *user, size_t size)
{
	size_t done = 0;

	while (done < size && !is_empty(pipe)) {
		unsigned at = pipe->head, piece = piece_of(at, pipe->tail);
		if (piece > size - done)
			piece = size - done;
		if (copy_to_user(user + done, *slot_of(pipe, at) + (at & PAGE_MASK), piece))
			return done ? (long)done : -EFAULT;
		done += piece;
		move_head(pipe, at + piece);
	}
	return done;
}

/* Pages from `at` on that were made for bytes which did not come. */
static void
drop_pages(struct pipe *pipe, unsigned end)
{
	unsigned at = (pipe->tail + PAGE_MASK) & ~PAGE_MASK; /* the tail's own page begins before */

	for (; (int)(end - at) > 0; at += PAGE_SIZE) {
		if (*slot_of(pipe, at))
			give_page_back(pipe, at);
	}
}

/* Where written bytes come from: user memory, and then the next pieces of it. */
struct source {
	const char *user;
	size_t left;
	const struct iovec *next;
};

/* The next `size` bytes; there are so many. 0, -EFAULT. */
static inline int
fetch(struct source *source, char *bytes, size_t size)
{
	for (;;) {
		size_t count = size < source->left ? size : source->left;
		if (copy_from_user(bytes, source->user, count))
			return -EFAULT;
		source->user += count;
		source->left -= count;
		bytes += count;
		size -= count;
		if (!size)
			return 0;
		source->user = source->next->iov_base;
		source->left = source->next++->iov_len;
	}
}

/* Puts all of the bytes behind the tail, where there is room, or none: -EFAULT, -ENOMEM. */
static int
put(struct pipe *pipe, struct source *source, unsigned size)
{
	unsigned at = pipe->tail, end = at + size;
	bool was_empty = is_empty(pipe);

	while (at != end) {
		unsigned piece = piece_of(at, end);
		char *page = page_at(pipe, at);
		int error = page ? 0 : -ENOMEM;
		if (!error)
			error = fetch(source, page + (at & PAGE_MASK), piece);
		if (error) {
			drop_pages(pipe, end);
			return error;
		}
		at += piece;
	}
	pipe->tail = end;
	if (was_empty)
		poll_wake(&pipe->changed);
	return 0;
}

/* --- taking turns --- */

/* 0, or what ended the sleep. */
static int
take_turn(struct pipe *pipe)
{
	while (pipe->busy) {
		int error = wait_sleep(&pipe->turn, SLEEP_KILLABLE);
		if (error)
			return error;
		/* slept: another one may have been faster */
	}
	pipe->busy = true;
	return 0;
}

static void
end_turn(struct pipe *pipe)
{
	pipe->busy = false;
	wait_wake_one(&pipe->turn);
}

/* Lets others have their turn until something has changed. With an error the turn is not ours. */
static int
wait_for_change(struct pipe *pipe)
{
	end_turn(pipe);
	int error = wait_sleep(&pipe->changed.sleepers, SLEEP_INTERRUPTIBLE);
	return error ? error : take_turn(pipe); /* slept: look again */
}

/* --- the ends --- */

static long
pipe_read(struct file *file, void *user, size_t size)
{
	struct pipe *pipe = file->pipe;
	long result;

	if (size == 0)
		return 0;
	int error = take_turn(pipe);
	if (error)
		return error;
	while (is_empty(pipe) && pipe->writers) {
		if (file->flags & O_NONBLOCK) {
			end_turn(pipe);
			return -EAGAIN;
		}
		error = wait_for_change(pipe);
		if (error)
			return error;
	}
	result = take(pipe, user, size); /* 0: the end of the file */
	end_turn(pipe);
	return result;
}

/* How much of `rest` goes in at once: up to PIPE_BUF all of a write, else what fits a page. */
static unsigned
next_piece(const struct pipe *pipe, size_t size, size_t rest)
{
	return size <= PIPE_BUF ? size : piece_of(pipe->tail, pipe->tail + rest);
}

/*
 * 0 with the turn kept when there is room for the next piece. With an error the turn is not ours.
 */
static int
wait_for_room(struct file *file, size_t size, size_t rest)
{
	struct pipe *pipe = file->pipe;

	while (pipe->readers && room(pipe) < next_piece(pipe, size, rest)) {
		if (file->flags & O_NONBLOCK) {
			end_turn(pipe);
			return -EAGAIN;
		}
		int error = wait_for_change(pipe);
		if (error)
			return error;
	}
	if (pipe->readers)
		return 0;
	end_turn(pipe);
	signal_send(current->process, SIGPIPE);
	return -EPIPE;
}

/* All of it, `size` bytes. */
static long
write_from(struct file *file, struct source *source, size_t size)
{
	struct pipe *pipe = file->pipe;
	size_t done = 0;
	int error = size ? take_turn(pipe) : 0;

	while (!error && done < size) {
		error = wait_for_room(file, size, size - done);
		if (error)
			break;
		unsigned piece = next_piece(pipe, size, size - done);
		error = put(pipe, source, piece);
		if (!error)
			done += piece;
		if (error || done == size)
			end_turn(pipe);
	}
	return done ? (long)done : error;
}

static long
pipe_write(struct file *file, const void *user, size_t size)
{
	struct source source = {user, size, NULL};

	return write_from(file, &source, size);
}

long
pipe_write_pieces(struct file *file, const struct iovec *pieces, unsigned count)
{
	struct source source = {NULL, 0, pieces};
	size_t size = 0;

	for (unsigned i = 0; i < count; i++)
		size += pieces[i].iov_len;
	return write_from(file, &source, size);
}

/* Without a writer it has come to its end, but not before there was one. */
static unsigned
read_events(const struct file *file)
{
	const struct pipe *pipe = file->pipe;
	bool ended = !pipe->writers && pipe->writers_ever != (unsigned)file->position;

	return (is_empty(pipe) ? 0 : POLLIN | POLLRDNORM) | (ended ? POLLHUP : 0);
}

static unsigned
write_events(const struct pipe *pipe)
{
	return (room(pipe) < PIPE_BUF ? 0 : POLLOUT | POLLWRNORM) | (pipe->readers ? 0 : POLLERR);
}

static unsigned
pipe_poll(struct file *file, struct watcher *watcher)
{
	unsigned access = file->flags & O_ACCMODE;

	poll_watch(&file->pipe->changed, watcher);
	return (access == O_WRONLY ? 0 : read_events(file)) |
	       (access == O_RDONLY ? 0 : write_events(file->pipe));
}

static long
pipe_control(struct file *file, unsigned request, unsigned long argument)
{
	int count = file->pipe->tail - file->pipe->head;

	if (request != FIONREAD)
		return -ENOTTY;
	return copy_to_user((void *)argument, &count, sizeof(count));
}

const struct file_operations pipe_operations = {
	.name = "pipe",
	.open = pipe_open,
	.read = pipe_read,
	.write = pipe_write,
	.control = pipe_control,
	.poll = pipe_poll,
	.release = pipe_release,
};

/* --- coming and going --- */

struct pipe *
pipe_create(void)
{
	struct pipe *pipe = cache_alloc(&pipes);

	if (!pipe)
		return NULL;
	*pipe = (struct pipe){
		.slot_count = PIPE_SLOTS,
		.slots = kzalloc(PIPE_SLOTS * sizeof(*pipe->slots)),
	};
	wait_queue_init(&pipe->turn);
	poll_queue_init(&pipe->changed);
	if (pipe->slots)
		return pipe;
	cache_free(&pipes, pipe);
	return NULL;
}

void
pipe_free(struct pipe *pipe)
{
	for (unsigned i = 0; i < pipe->slot_count; i++)
		free_page(pipe->slots[i]);
	free_page(pipe->spare);
	kfree(pipe->slots);
	cache_free(&pipes, pipe);
}

/* --- its size --- */

static struct pipe *
pipe_of(const struct file *file)
{
	return file->operations == &pipe_operations ? file->pipe : NULL;
}

long
pipe_get_size(const struct file *file)
{
	const struct pipe *pipe = pipe_of(file);

	return pipe ? (long)(pipe->slot_count * PAGE_SIZE) : -EBADF;
}

/* Moves the pages with bytes to the beginning of `slots`. */
static void
move_to(struct pipe *pipe, char **slots, unsigned slot_count)
{
	unsigned begin = pipe->head & ~PAGE_MASK;

	for (unsigned at = begin; (int)(pipe->tail - at) > 0; at += PAGE_SIZE)
		slots[(at - begin) / PAGE_SIZE] = *slot_of(pipe, at);
	kfree(pipe->slots);
	pipe->slots = slots;
	pipe->slot_count = slot_count;
	pipe->head -= begin;
	pipe->tail -= begin;
}

static unsigned
slots_for(unsigned long size)
{
	unsigned slots = 1;

	while (slots * PAGE_SIZE < size)
		slots *= 2;
	return slots;
}

long
pipe_set_size(struct file *file, unsigned long size)
{
	struct pipe *pipe = pipe_of(file);

	if (!pipe)
		return -EBADF;
	if (size > INT32_MAX)
		return -EINVAL;
	unsigned slot_count = slots_for(size);
	if (slot_count > pipe->slot_count && slot_count > PIPE_SLOTS_USER &&
		current->process->cred.euid)
		return -EPERM;
	char **slots = slot_count > PIPE_SLOTS_MOST ? NULL : kzalloc(slot_count * sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	file->references++; /* it may sleep, and another thread close it */
	int error = take_turn(pipe);
	if (error) {
		kfree(slots);
		file_put(file);
		return error;
	}
	if (pipe->tail - (pipe->head & ~PAGE_MASK) > slot_count * PAGE_SIZE) {
		kfree(slots);
		error = -EBUSY;
	} else {
		move_to(pipe, slots, slot_count);
		poll_wake(&pipe->changed);
	}
	end_turn(pipe);
	file_put(file);
	return error ? error : (long)(slot_count * PAGE_SIZE);
}
