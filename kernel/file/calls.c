/* The calls that go through an open file's operations, and those that only look at a name. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define LONG_MAX ((long)(~0ul >> 1))

/* --- names --- */

/* Copies a path from the user and finds it; `directory` is a descriptor or AT_FDCWD. */
static long
find_user_path(long directory, const char *user, struct place *place)
{
	char path[PATH_SIZE];
	const struct place *from = NULL;
	long length = copy_string_from_user(path, user, sizeof(path));

	if (length < 0)
		return length;
	if (directory != AT_FDCWD && path[0] != '/') {
		const struct file *file = file_find(directory);
		if (!file)
			return -EBADF;
		from = &file->place;
	}
	return path_find(from, path, place);
}

/* Only devices can be written; everything else stands on a tree that is read-only. */
static bool
may_write(const struct node *node)
{
	return node->operations->write;
}

static int
check_open(const struct node *node, unsigned flags)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC;

	if (flags & O_CREAT && flags & O_EXCL)
		return -EEXIST;
	if (S_ISDIR(node->mode) && (writes || flags & O_CREAT))
		return -EISDIR;
	if (flags & O_DIRECTORY && !S_ISDIR(node->mode))
		return -ENOTDIR;
	return writes && !may_write(node) ? -EROFS : 0;
}

long
sys_openat(long directory, const char *path, unsigned flags, unsigned mode)
{
	struct place place;
	long error = find_user_path(directory, path, &place);

	(void)mode; /* nothing is ever created */
	if (error == -ENOENT && flags & O_CREAT && place.node)
		return -EROFS;
	if (!error)
		error = check_open(place.node, flags);
	if (error)
		return error;
	return file_open(place, place.node->operations, flags);
}

long
sys_open(const char *path, unsigned flags, unsigned mode)
{
	return sys_openat(AT_FDCWD, path, flags, mode);
}

static long
give_stat(struct place place, struct stat64 *user)
{
	struct stat64 stat;

	place_stat(place, &stat);
	return copy_to_user(user, &stat, sizeof(stat));
}

long
sys_stat64(const char *path, struct stat64 *user)
{
	struct place place;
	long error = find_user_path(AT_FDCWD, path, &place);

	return error ? error : give_stat(place, user);
}

/* There are no symbolic links. */
long
sys_lstat64(const char *path, struct stat64 *user)
{
	return sys_stat64(path, user);
}

long
sys_access(const char *path, unsigned mode)
{
	struct place place;

	if (mode & ~(R_OK | W_OK | X_OK))
		return -EINVAL;
	long error = find_user_path(AT_FDCWD, path, &place);
	if (error)
		return error;
	if (mode & W_OK && !may_write(place.node))
		return -EROFS;
	/* Root may do all but execute what nobody may. */
	return mode & X_OK && !(place.node->mode & 0111) ? -EACCES : 0;
}

/* --- open files --- */

long
sys_fstat64(long fd, struct stat64 *user)
{
	const struct file *file = file_find(fd);

	return file ? give_stat(file->place, user) : -EBADF;
}

/* A range that cannot be the user's is refused before anything is done, as on Linux. */
static bool
user_range(const void *user, size_t size)
{
	return size <= USER_END && (uintptr_t)user <= USER_END - size;
}

/* What read, write and each piece of readv and writev do. */
static long
read_file(struct file *file, void *user, size_t size)
{
	if ((long)size < 0)
		return -EINVAL;
	if (!user_range(user, size))
		return -EFAULT;
	return file->operations->read(file, user, size);
}

static long
write_file(struct file *file, void *user, size_t size)
{
	if ((long)size < 0)
		return -EINVAL;
	if (!user_range(user, size))
		return -EFAULT;
	return file->operations->write(file, user, size);
}

static int
check_read(const struct file *file)
{
	if (!file || (file->flags & O_ACCMODE) == O_WRONLY)
		return -EBADF;
	if (!file->operations->read)
		return S_ISDIR(file->place.node->mode) ? -EISDIR : -EINVAL;
	return 0;
}

static int
check_write(const struct file *file)
{
	if (!file || (file->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	return file->operations->write ? 0 : -EINVAL;
}

long
sys_read(long fd, void *user, size_t size)
{
	struct file *file = file_get(fd);
	int error = check_read(file);
	long result = error ? error : read_file(file, user, size);

	file_put(file);
	return result;
}

long
sys_write(long fd, const void *user, size_t size)
{
	struct file *file = file_get(fd);
	int error = check_write(file);
	long result = error ? error : write_file(file, (void *)user, size);

	file_put(file);
	return result;
}

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
transfer_vector(struct file *file, const struct iovec *vector, long count,
	long (*transfer)(struct file *, void *, size_t))
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
		long got = transfer(file, piece.iov_base, piece.iov_len);
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
sys_getdents64(long fd, void *user, size_t size)
{
	struct file *file = file_get(fd);

	if (!file)
		return -EBADF;
	long result = -ENOTDIR;
	if (file->operations->list)
		result = file->operations->list(file, user, size);
	file_put(file);
	return result;
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
