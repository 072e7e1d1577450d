/* The calls that go through an open file's operations. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define LONG_MAX ((long)(~0ul >> 1))

/* A range that cannot be the user's is refused before anything is done, as on Linux. */
static bool
user_range(const void *user, size_t size)
{
	return size <= USER_END && (uintptr_t)user <= USER_END - size;
}

/* The ways of bytes: each of these reads or writes at *position, which it moves on. */
typedef long way(struct file *file, void *user, size_t size, int64_t *position);

static long
read_file(struct file *file, void *user, size_t size, int64_t *position)
{
	const struct file_operations *operations = file->operations;

	if ((long)size < 0)
		return -EINVAL;
	if (!user_range(user, size))
		return -EFAULT;
	if (operations->read_at)
		return operations->read_at(file, user, size, position);
	return position == &file->position ? operations->read(file, user, size) : -ESPIPE;
}

static long
write_file(struct file *file, void *user, size_t size, int64_t *position)
{
	const struct file_operations *operations = file->operations;

	if ((long)size < 0)
		return -EINVAL;
	if (!user_range(user, size))
		return -EFAULT;
	if (operations->write_at)
		return operations->write_at(file, user, size, position);
	return position == &file->position ? operations->write(file, user, size) : -ESPIPE;
}

static int
check_read(const struct file *file)
{
	if (!file || (file->flags & O_ACCMODE) == O_WRONLY)
		return -EBADF;
	if (!file->operations->read && !file->operations->read_at)
		return S_ISDIR(file->place.node->mode) ? -EISDIR : -EINVAL;
	return 0;
}

static int
check_write(const struct file *file)
{
	if (!file || (file->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	return file->operations->write || file->operations->write_at ? 0 : -EINVAL;
}

long
sys_read(long fd, void *user, size_t size)
{
	struct file *file = file_get(fd);
	int error = check_read(file);
	long result = error ? error : read_file(file, user, size, &file->position);

	file_put(file);
	return result;
}

long
sys_write(long fd, const void *user, size_t size)
{
	struct file *file = file_get(fd);
	int error = check_write(file);
	long result = error ? error : write_file(file, (void *)user, size, &file->position);

	file_put(file);
	return result;
}

long
sys_pread64(long fd, void *user, size_t size, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	int64_t position = SYSCALL_PAIR(low, high);

	if (position < 0)
		return -EINVAL;
	struct file *file = file_get(fd);
	int error = check_read(file);
	long result = error ? error : read_file(file, user, size, &position);
	file_put(file);
	return result;
}

long
sys_pwrite64(
	long fd, const void *user, size_t size, SYSCALL_ALIGN unsigned long low, unsigned long high)
{
	int64_t position = SYSCALL_PAIR(low, high);

	if (position < 0)
		return -EINVAL;
	struct file *file = file_get(fd);
	int error = check_write(file);
	long result = error ? error : write_file(file, (void *)user, size, &position);
	file_put(file);
	return result;
}

/* --- in pieces --- */

/* The pieces' sizes must be sizes, and so must their sum. */
static int
check_vector(const struct iovec *vector, long count)
{
	struct iovec piece;
	size_t sum = 0;

	if (count < 0 || count > IOV_MAX)
		return -EINVAL;
	for (long i = 0; i < count; i++) {
		if (copy_from_user(&piece, &vector[i], sizeof(piece)))
			return -EFAULT;
		if (piece.iov_len > (size_t)LONG_MAX - sum)
			return -EINVAL;
		sum += piece.iov_len;
	}
	return 0;
}

/*
 * Piece by piece until one comes short. The vector is fetched again, and so checked again: the
 * program may have changed it.
 */
static long
transfer_vector(struct file *file, const struct iovec *vector, long count, way *transfer)
{
	struct iovec piece;
	long done = 0;
	int error = check_vector(vector, count);

	if (error)
		return error;
	for (long i = 0; i < count; i++) {
		if (copy_from_user(&piece, &vector[i], sizeof(piece)))
			return done ? done : -EFAULT;
		if (piece.iov_len == 0)
			continue;
		long got = transfer(file, piece.iov_base, piece.iov_len, &file->position);
		if (got < 0)
			return done ? done : got;
		done += got;
		if ((size_t)got < piece.iov_len)
			break;
	}
	return done;
}

long
sys_readv(long fd, const struct iovec *vector, long count)
{
	struct file *file = file_get(fd);
	int error = check_read(file);
	long result = error ? error : transfer_vector(file, vector, count, read_file);

	file_put(file);
	return result;
}

long
sys_writev(long fd, const struct iovec *vector, long count)
{
	struct file *file = file_get(fd);
	int error = check_write(file);
	long result = error ? error : transfer_vector(file, vector, count, write_file);

	file_put(file);
	return result;
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
