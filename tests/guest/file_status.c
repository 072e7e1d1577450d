/* What is known of a file: stat in its forms, statfs, and times. */
#include "_tap.h"
#include <sys/stat.h>
#include <sys/statfs.h>

#define MADE_UP 1000000000l

static struct stat
status_of(const char *path)
{
	struct stat status = {0};
	must(lstat(path, &status));
	return status;
}

#define near(time) ((time) > started - 5 && (time) < started + 60)

static long
ns(long seconds, long nanoseconds)
{
	return seconds % 1000 * 1000000 + nanoseconds / 1000;
}

#define mtime_of(path) ns(status_of(path).st_mtime, status_of(path).st_mtime_nsec)
#define ctime_of(path) ns(status_of(path).st_ctime, status_of(path).st_ctime_nsec)

static void
times_of_changes(long started)
{
	int fd = must(open("f", O_RDWR | O_CREAT, 0600));
	struct stat status = status_of("f");
	ok(near(status.st_atime) && near(status.st_mtime) && near(status.st_ctime),
		"V05 a new file's times are now");
	long before = mtime_of("f"), changed = ctime_of("f"), above = mtime_of(".");
	usleep(30000);
	must(write(fd, "x", 1));
	ok(mtime_of("f") > before && ctime_of("f") > changed, "V05 write sets mtime and ctime");
	is_int(mtime_of("."), above, "V05 not the directory's");
	before = mtime_of("f"), changed = ctime_of("f");
	usleep(30000);
	must(fchmod(fd, 0644));
	ok(mtime_of("f") == before && ctime_of("f") > changed, "V05 chmod sets ctime alone");
	usleep(30000);
	must(ftruncate(fd, 0));
	ok(mtime_of("f") > before, "V05 ftruncate sets mtime");
	changed = ctime_of("f");
	usleep(30000);
	must(link("f", "g"));
	ok(ctime_of("f") > changed && mtime_of(".") > above,
		"V05 link: ctime, and the directory's mtime");
	above = mtime_of(".");
	usleep(30000);
	must(unlink("g"));
	ok(mtime_of(".") > above, "V05 unlink: the directory's mtime");
	close(fd);
}

static void
setting_times(long started)
{
	struct timespec times[2] = {{MADE_UP, 5}, {MADE_UP + 1, 999999999}};
	works(utimensat(AT_FDCWD, "f", times, 0), "V05 utimensat");
	struct stat status = status_of("f");
	ok(status.st_atime == MADE_UP && status.st_atime_nsec == 5, "V05 atime to the nanosecond");
	ok(status.st_mtime == MADE_UP + 1 && status.st_mtime_nsec == 999999999, "V05 mtime");
	ok(near(status.st_ctime), "V05 ctime is now");
	times[0].tv_nsec = UTIME_OMIT;
	times[1].tv_nsec = UTIME_NOW;
	works(utimensat(AT_FDCWD, "f", times, 0), "V05 utimensat: UTIME_OMIT, UTIME_NOW");
	status = status_of("f");
	ok(status.st_atime == MADE_UP && near(status.st_mtime), "V05 one stays, one is now");
	int fd = must(open("f", O_RDONLY));
	works(futimens(fd, 0), "V05 futimens: now");
	ok(near(status_of("f").st_atime), "V05 both");
	must(symlink("f", "l"));
	times[0].tv_nsec = times[1].tv_nsec = 0;
	works(utimensat(AT_FDCWD, "l", times, AT_SYMLINK_NOFOLLOW), "V05 utimensat of a link");
	ok(status_of("l").st_mtime == MADE_UP + 1 && near(status_of("f").st_mtime), "V05 alone");
	times[0].tv_nsec = 1000000000;
	fails(utimensat(AT_FDCWD, "f", times, 0), EINVAL, "V05 utimensat: no nanoseconds");
	times[0].tv_nsec = 0;
	fails(utimensat(AT_FDCWD, "x", times, 0), ENOENT, "V05 utimensat: no such file");
	fails(utimensat(AT_FDCWD, "/bin/true", times, 0), EROFS,
		"V05 utimensat: where nothing can be written");
	must(chmod("f", 0666));
	is_int(in_child(setuid(1234); exit(utimensat(AT_FDCWD, "f", times, 0) < 0 ? errno : 0)),
		EPERM, "V07 times: others do not set them");
	is_int(in_child(setuid(1234); exit(utimensat(AT_FDCWD, "f", 0, 0) < 0 ? errno : 0)), 0,
		"V07 times: but to now, who may write");
	must(chmod("f", 0644));
	is_int(in_child(setuid(1234); exit(utimensat(AT_FDCWD, "f", 0, 0) < 0 ? errno : 0)), EACCES,
		"V07 times: and not who may not");
	must(unlink("l"));
	close(fd);
}

static void
forms(void)
{
	struct stat a = status_of("f"), b;
	struct statx x;
	int dir = must(open(".", O_RDONLY)), fd = must(open("f", O_RDWR));
	must(write(fd, "0123456789", 10));
	a = status_of("f");
	works(fstatat(dir, "f", &b, 0), "V05 fstatat");
	is_int(memcmp(&a, &b, sizeof(a)), 0, "V05 says the same");
	works(fstatat(fd, "", &b, AT_EMPTY_PATH), "V05 fstatat: AT_EMPTY_PATH");
	is_int(memcmp(&a, &b, sizeof(a)), 0, "V05 says the same of the descriptor");
	fails(fstatat(fd, "", &b, 0), ENOENT, "V05 fstatat: an empty path");
	fails(fstatat(dir, "f", &b, 1), EINVAL, "V05 fstatat: no such flag");
	works(statx(dir, "f", 0, STATX_BASIC_STATS, &x), "V05 statx");
	is_int(x.stx_mask & STATX_BASIC_STATS, STATX_BASIC_STATS, "V05 statx knows it all");
	ok(x.stx_size == 10 && x.stx_mode == a.st_mode && x.stx_ino == a.st_ino &&
			x.stx_nlink == a.st_nlink && x.stx_uid == a.st_uid &&
			x.stx_blocks == a.st_blocks && x.stx_mtime.tv_sec == a.st_mtime &&
			x.stx_mtime.tv_nsec == a.st_mtime_nsec,
		"V05 and says the same");
	fails(statx(dir, "x", 0, 0, &x), ENOENT, "V05 statx: no such file");
	fails(statx(dir, "f", 0, ~0u, &x), EINVAL, "V05 statx: a reserved bit");
	must(stat("/dev/null", &b));
	ok(S_ISCHR(b.st_mode) && b.st_rdev == 0x103, "V05 stat: a device's number");
	ok(a.st_dev != b.st_dev, "V05 stat: another device");
	is_int(a.st_blksize, 4096, "V05 stat: st_blksize");
	is_int(a.st_blocks, 8, "V05 stat: st_blocks");
	fails(stat("f", (void *)4), EFAULT, "V08 stat: no memory");
	fails(fsync(99), EBADF, "V05 fsync: no such descriptor");
	works(fsync(fd), "V05 fsync");
	works(fdatasync(fd), "V05 fdatasync");
	close(dir);
	close(fd);
}

static void
file_systems(void)
{
	struct statfs fs, other;
	int fd = must(open("f", O_RDONLY));
	works(statfs("f", &fs), "V05 statfs");
	is_int(fs.f_type, TMPFS_MAGIC, "V05 a tmpfs");
	is_int(fs.f_bsize, 4096, "V05 of pages");
	is_int(fs.f_namelen, 255, "V05 with names of 255 bytes");
	ok(fs.f_bfree > 0 && fs.f_bfree <= fs.f_blocks, "V05 some are free");
	works(fstatfs(fd, &other), "V05 fstatfs");
	is_int(other.f_type, fs.f_type, "V05 says the same");
	works(statfs("/proc", &other), "V05 statfs /proc");
	is_int(other.f_type, PROC_SUPER_MAGIC, "V05 another kind");
	works(statfs("/bin", &other), "V05 statfs /bin");
	is_int(other.f_flags & ST_RDONLY, ST_RDONLY, "V05 read-only");
	fails(statfs("x", &fs), ENOENT, "V05 statfs: no such file");
	fails(fstatfs(99, &fs), EBADF, "V05 fstatfs: no such descriptor");
	fails(syscall(SYS_statfs64, "f", 1, &fs), EINVAL, "V05 statfs64: no such size");
	close(fd);
}

int
main(void)
{
	char home[] = "/tmp/statusXXXXXX";
	long started = time(0);

	must(mkdtemp(home) ? 0 : -1);
	must(chmod(home, 0755));
	must(chdir(home));
	umask(022);
	times_of_changes(started);
	setting_times(started);
	forms();
	file_systems();
	must(unlink("f"));
	works(rmdir(home), "V05 nothing is left");
	return done();
}
