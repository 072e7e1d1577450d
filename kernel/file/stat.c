/* What is known of a file: stat in its forms, statfs; and setting its times. */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/statfs.h>
#include <abi/statx.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <machine/page.h>
#include <mm/frame.h>
#include <mm/shm_object.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define BLOCK 512 /* what st_blocks counts */

/* What all forms of stat tell. */
struct facts {
	const struct node *node;
	uint64_t inode;
	unsigned uid, gid;
	uint64_t blocks;
};

static void
find_facts(struct place place, struct facts *facts)
{
	const struct node *node = place.node;

	facts->node = node;
	facts->inode = place_inode(place);
	place_owner(place, &facts->uid, &facts->gid);
	facts->blocks = (node->size + BLOCK - 1) / BLOCK;
	if (node->object)
		facts->blocks = node->object->present * (PAGE_SIZE / BLOCK);
}

void
place_stat(struct place place, struct stat64 *stat)
{
	const struct node *node = place.node;
	struct facts facts;

	find_facts(place, &facts);
	*stat = (struct stat64){
		.st_dev = node->filesystem->device,
		.st_ino_low = facts.inode,
		.st_ino = facts.inode,
		.st_mode = node->mode,
		.st_nlink = node->links,
		.st_uid = facts.uid,
		.st_gid = facts.gid,
		.st_rdev = node->device,
		.st_size = node->size,
		.st_blksize = PAGE_SIZE,
		.st_blocks = facts.blocks,
		.st_atime = node->accessed.tv_sec,
		.st_atime_nsec = node->accessed.tv_nsec,
		.st_mtime = node->modified.tv_sec,
		.st_mtime_nsec = node->modified.tv_nsec,
		.st_ctime = node->changed.tv_sec,
		.st_ctime_nsec = node->changed.tv_nsec,
	};
}

/*
 * The place that a path, or with AT_EMPTY_PATH and an empty path a descriptor, means. It holds only
 * until the next sleep.
 */
static int
find_place(long directory, const char *user, unsigned flags, struct place *place)
{
	struct path path;
	unsigned how = flags & AT_SYMLINK_NOFOLLOW ? PATH_NO_FOLLOW : 0;
	int error = path_find(&path, directory, user, how);

	*place = path.place;
	if (error != -ENOENT || !(flags & AT_EMPTY_PATH) || path.text[0])
		return error;
	const struct file *file = file_find(directory);
	if (!file && directory != AT_FDCWD)
		return -EBADF;
	*place = file ? file->place : *current_directory();
	return 0;
}

static long
give_stat(struct place place, struct stat64 *user)
{
	struct stat64 stat;

	place_stat(place, &stat);
	return copy_to_user(user, &stat, sizeof(stat));
}

long
sys_fstatat64(long directory, const char *path, struct stat64 *user, unsigned flags)
{
	struct place place;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT))
		return -EINVAL;
	int error = find_place(directory, path, flags, &place);
	return error ? error : give_stat(place, user);
}

long
sys_stat64(const char *path, struct stat64 *user)
{
	return sys_fstatat64(AT_FDCWD, path, user, 0);
}

long
sys_lstat64(const char *path, struct stat64 *user)
{
	return sys_fstatat64(AT_FDCWD, path, user, AT_SYMLINK_NOFOLLOW);
}

long
sys_fstat64(long fd, struct stat64 *user)
{
	const struct file *file = file_find(fd);

	return file ? give_stat(file->place, user) : -EBADF;
}

static struct statx_timestamp
timestamp(struct timespec64 time)
{
	return (struct statx_timestamp){.tv_sec = time.tv_sec, .tv_nsec = time.tv_nsec};
}

/* statx(2): everything that is known is told, asked for or not. */
long
sys_statx(long directory, const char *path, unsigned flags, unsigned mask, struct statx *user)
{
	struct place place;
	struct facts facts;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT | AT_STATX_SYNC_TYPE) ||
		mask & STATX__RESERVED)
		return -EINVAL;
	int error = find_place(directory, path, flags, &place);
	if (error)
		return error;
	find_facts(place, &facts);
	const struct node *node = facts.node;
	struct statx statx = {
		.stx_mask = STATX_BASIC_STATS,
		.stx_blksize = PAGE_SIZE,
		.stx_nlink = node->links,
		.stx_uid = facts.uid,
		.stx_gid = facts.gid,
		.stx_mode = node->mode,
		.stx_ino = facts.inode,
		.stx_size = node->size,
		.stx_blocks = facts.blocks,
		.stx_atime = timestamp(node->accessed),
		.stx_ctime = timestamp(node->changed),
		.stx_mtime = timestamp(node->modified),
		.stx_rdev_major = node->device >> 8,
		.stx_rdev_minor = node->device & 0xff,
		.stx_dev_minor = node->filesystem->device,
	};
	return copy_to_user(user, &statx, sizeof(statx));
}

/* --- the file system --- */

/* `size` is that of the caller's structure. Blocks are pages, and all memory is there for files. */
static long
give_statfs(const struct node *node, size_t size, struct statfs64 *user)
{
	const struct filesystem *filesystem = node->filesystem;

	/* ARM's programs of old pad the structure to a multiple of 8. */
	if (size != sizeof(struct statfs64) && size != STATFS64_PADDED)
		return -EINVAL;
	struct statfs64 statfs = {
		.f_type = filesystem->magic,
		.f_bsize = PAGE_SIZE,
		.f_namelen = PATH_SIZE - 1,
		.f_frsize = PAGE_SIZE,
		.f_flags = ST_VALID | (filesystem->read_only ? ST_RDONLY : 0),
	};
	if (filesystem->create) {
		statfs.f_blocks = frame_total();
		statfs.f_bfree = statfs.f_bavail = frame_free_count();
	}
	return copy_to_user(user, &statfs, sizeof(statfs));
}

long
sys_statfs64(const char *user_path, size_t size, struct statfs64 *user)
{
	struct path path;
	int error = path_find(&path, AT_FDCWD, user_path, 0);

	return error ? error : give_statfs(path.place.node, size, user);
}

long
sys_fstatfs64(long fd, size_t size, struct statfs64 *user)
{
	const struct file *file = file_find(fd);

	return file ? give_statfs(file->place.node, size, user) : -EBADF;
}

/* --- times --- */

static bool
is_good_time(const struct timespec64 *time)
{
	return time->tv_nsec == UTIME_NOW || time->tv_nsec == UTIME_OMIT ||
	       (time->tv_nsec >= 0 && time->tv_nsec < 1000000000);
}

/* Everybody who may write the file may set both times to now, its owner to any time. */
static int
may_set_times(struct place place, const struct timespec64 times[2])
{
	bool now = times[0].tv_nsec == UTIME_NOW && times[1].tv_nsec == UTIME_NOW;

	if (place.node->filesystem->read_only)
		return -EROFS;
	if (place_owned(place))
		return 0;
	return now ? place_permitted(place, W_OK) : -EPERM;
}

static void
set_time(struct timespec64 *time, const struct timespec64 *new, const struct timespec64 *now)
{
	if (new->tv_nsec != UTIME_OMIT)
		*time = new->tv_nsec == UTIME_NOW ? *now : *new;
}

static int
set_times(struct place place, const struct timespec64 times[2])
{
	struct node *node = place.node;

	if (times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
		return 0;
	int error = may_set_times(place, times);
	if (error)
		return error;
	node_changed(node);
	set_time(&node->accessed, &times[0], &node->changed);
	set_time(&node->modified, &times[1], &node->changed);
	return 0;
}

/* A path of NULL means the descriptor itself. */
static long
set_times_at(long directory, const char *path, const struct timespec64 times[2], unsigned flags)
{
	struct place place;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (!is_good_time(&times[0]) || !is_good_time(&times[1]))
		return -EINVAL;
	if (path) {
		int error = find_place(directory, path, flags, &place);
		return error ? error : set_times(place, times);
	}
	const struct file *file = file_find(directory);
	return file ? set_times(file->place, times) : -EBADF;
}

static const struct timespec64 both_now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};

long
sys_utimensat(long directory, const char *path, const struct timespec *user, unsigned flags)
{
	struct timespec times[2];

	if (!user)
		return set_times_at(directory, path, both_now, flags);
	if (copy_from_user(times, user, sizeof(times)))
		return -EFAULT;
	const struct timespec64 large[2] = {
		{times[0].tv_sec, times[0].tv_nsec},
		{times[1].tv_sec, times[1].tv_nsec},
	};
	return set_times_at(directory, path, large, flags);
}

long
sys_utimensat64(long directory, const char *path, const struct timespec64 *user, unsigned flags)
{
	struct timespec64 times[2];

	if (!user)
		return set_times_at(directory, path, both_now, flags);
	if (copy_from_user(times, user, sizeof(times)))
		return -EFAULT;
	return set_times_at(directory, path, times, flags);
}
