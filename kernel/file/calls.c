/* The calls that go through an open file's operations. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/poll.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <file/pipe.h>
#include <machine/page.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define LONG_MAX ((long)(~0ul >> 1))
#define TRANSFER_MOST (LONG_MAX & ~(long)PAGE_MASK) /* bytes of one call, as on Linux */

/* Apart for each call: reading and writing are known to be that when they are compiled. */
#define INLINE __attribute__((always_inline)) static inline

/* A range that cannot be the user's is refused before anything is done; one too large is cut. */
INLINE int
check_range(const void *user, size_t *size)
{
	if (*size > USER_END || (uintptr_t)user > USER_END - *size)
		return -EFAULT;
	if (*size <= TRANSFER_MOST)
		return 0;
	if (*size > LONG_MAX)
		return -EINVAL;
	*size = TRANSFER_MOST;
	return 0;
}

/* Read into, or write from, the user's memory at *position of the file, and move that on. */
INLINE long
transfer(struct file *file, bool writes, void *user, size_t size, int64_t *position)
{
	const struct file_operations *operations = file->operations;
	int error = check_range(user, &size);

	if (error)
		return error;
	if (writes && operations->write_at)
		return operations->write_at(file, user, size, position);
	if (!writes && operations->read_at)
		return operations->read_at(file, user, size, position);
	if (position != &file->position && !operations->seek)
		return -ESPIPE;
	return writes ? operations->write(file, user, size) : operations->read(file, user, size);
}

/* 0; -EBADF: not open for that; -EISDIR, -EINVAL: it is no file of which one can. */
INLINE int
check_file(const struct file *file, bool writes)
{
	if (!file || (file->flags & O_ACCMODE) == (writes ? O_RDONLY : O_WRONLY))
		return -EBADF;
	const struct file_operations *operations = file->operations;
	if (writes ? operations->write || operations->write_at
		   : operations->read || operations->read_at)
		return 0;
	return S_ISDIR(file->place.node->mode) ? -EISDIR : -EINVAL;
}

/* At the open file's own position, or, if `at` is not NULL, there. */
INLINE long
transfer_at(long fd, bool writes, void *user, size_t size, int64_t *at)
{
	if (at && *at < 0)
		return -EINVAL;
	struct file *file = file_get(fd);
	int error = check_file(file, writes);
	long result = error;
	if (!error)
		result = transfer(file, writes, user, size, at ? at : &file->position);
	file_put(file);
	return result;
}

long
sys_read(long fd, void *user, size_t size)
{
	return transfer_at(fd, false, user, size, NULL);
}

long
sys_write(long fd, const void *user, size_t size)
{
	return transfer_at(fd, true, (void *)user, size, NULL);
}

long
sys_pread64(long fd, void *user, size_t size, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	int64_t position = SYSCALL_PAIR(low, high);

	return transfer_at(fd, false, user, size, &position);
}

long
sys_pwrite64(
	long fd, const void *user, size_t size, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	int64_t position = SYSCALL_PAIR(low, high);

	return transfer_at(fd, true, (void *)user, size, &position);
}

/* --- in pieces --- */

#define FEW 8 /* pieces that have room on the stack */

/* The pieces, all that the program says of them checked. Of too many bytes the rest is cut off. */
static int
fetch_vector(struct iovec *pieces, const struct iovec *user, long count)
{
	size_t left = TRANSFER_MOST;

	if (copy_from_user(pieces, user, count * sizeof(*pieces)))
		return -EFAULT;
	for (long i = 0; i < count; i++) {
		if (pieces[i].iov_len > LONG_MAX)
			return -EINVAL;
	}
	for (struct iovec *piece = pieces; piece < &pieces[count]; piece++) {
		int error = check_range(piece->iov_base, &piece->iov_len);
		if (error)
			return error;
		if (piece->iov_len > left)
			piece->iov_len = left;
		left -= piece->iov_len;
	}
	return 0;
}

/* Reading would wait now. */
static bool
would_wait(struct file *file)
{
	return file->operations->poll && !(file->operations->poll(file, NULL) & (POLLIN | POLLHUP));
}

/* Piece by piece until one comes short, or what there was to read is read. */
static long
transfer_pieces(struct file *file, bool writes, const struct iovec *pieces, long count)
{
	long done = 0;

	if (writes && file->operations == &pipe_operations)
		return pipe_write_pieces(file, pieces, count);
	for (const struct iovec *piece = pieces; piece < &pieces[count]; piece++) {
		if (piece->iov_len == 0)
			continue;
		if (done && !writes && would_wait(file))
			break;
		long got = transfer(
			file, writes, piece->iov_base, piece->iov_len, &file->position);
		if (got < 0)
			return done ? done : got;
		done += got;
		if ((size_t)got < piece->iov_len)
			break;
	}
	return done;
}

static long
transfer_vector(struct file *file, bool writes, const struct iovec *user, long count)
{
	struct iovec few[FEW], *pieces = few;

	if (count < 0 || count > IOV_MAX)
		return -EINVAL;
	if (count > FEW)
		pieces = kmalloc(count * sizeof(*pieces));
	if (!pieces)
		return -ENOMEM;
	long result = fetch_vector(pieces, user, count);
	if (!result)
		result = transfer_pieces(file, writes, pieces, count);
	if (pieces != few)
		kfree(pieces);
	return result;
}

static long
vector_call(long fd, bool writes, const struct iovec *vector, long count)
{
	struct file *file = file_get(fd);
	int error = check_file(file, writes);
	long result = error ? error : transfer_vector(file, writes, vector, count);

	file_put(file);
	return result;
}

long
sys_readv(long fd, const struct iovec *vector, long count)
{
	return vector_call(fd, false, vector, count);
}

long
sys_writev(long fd, const struct iovec *vector, long count)
{
	return vector_call(fd, true, vector, count);
}

/* --- where an open file stands --- */

int64_t
file_seek(struct file *file, int64_t offset, int whence, int64_t end)
{
	int64_t base = whence == SEEK_CUR ? file->position : 0;

	if (whence == SEEK_END)
		base = end;
	if (base < 0)
		return -EINVAL;
	if (offset > INT64_MAX - base)
		return -EOVERFLOW;
	if (base + offset < 0)
		return -EINVAL;
	return file->position = base + offset;
}

static int64_t
seek(long fd, int64_t offset, unsigned whence)
{
	struct file *file = file_find(fd);

	if (!file)
		return -EBADF;
	if (whence > SEEK_END)
		return -EINVAL;
	return file->operations->seek ? file->operations->seek(file, offset, whence) : -ESPIPE;
}

long
sys_lseek(long fd, long offset, unsigned whence)
{
	int64_t position = seek(fd, offset, whence);

	return position > LONG_MAX ? -EOVERFLOW : (long)position;
}

long
sys__llseek(long fd, unsigned long high, unsigned long low, int64_t *result, unsigned whence)
{
	int64_t position = seek(fd, SYSCALL_PAIR(low, high), whence);

	if (position < 0)
		return position;
	return copy_to_user(result, &position, sizeof(position));
}

long
sys_ioctl(long fd, unsigned request, unsigned long argument)
{
	struct file *file = file_get(fd);

	if (!file)
		return -EBADF;
	long result = -ENOTTY;
	if (file->operations->control)
		result = file->operations->control(file, request, argument);
	file_put(file);
	return result;
}
