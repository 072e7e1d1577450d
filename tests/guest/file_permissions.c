/* Who may do what with a file: owner, group, others, search, sticky directories, umask, access. */
#include "_tap.h"
#include <grp.h>
#include <sys/stat.h>

#define OWNER  1001
#define MEMBER 1002 /* in the group */
#define OTHER  1003
#define GROUP  2001

/* The statements, as somebody: what they exit with. */
#define as(user, ...) \
	in_child(gid_t group_ = GROUP; setgroups((user) != OTHER, &group_); \
		 setresgid(3000, 3000, 3000); setresuid(user, user, user); __VA_ARGS__)

/* The errno that opening answers, 0: it works. */
static int
try_open(const char *path, int flags)
{
	int fd = open(path, flags, 0666);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? errno : 0;
}

#define error_of(call) ((call) < 0 ? errno : 0)

static struct stat
status_of(const char *path)
{
	struct stat status = {0};
	must(lstat(path, &status));
	return status;
}

static void
make(const char *path, int mode, int owner)
{
	close(must(open(path, O_WRONLY | O_CREAT | O_EXCL, 0600)));
	must(chown(path, owner, GROUP));
	must(chmod(path, mode));
}

static void
of_files(void)
{
	make("f", 0640, OWNER);
	is_int(as(OWNER, exit(try_open("f", O_RDWR))), 0, "V07 0640: its owner reads and writes");
	is_int(as(MEMBER, exit(try_open("f", O_RDONLY))), 0, "V07 0640: the group reads");
	is_int(as(MEMBER, exit(try_open("f", O_WRONLY))), EACCES, "V07 0640: and does not write");
	is_int(as(MEMBER, exit(try_open("f", O_RDONLY | O_TRUNC))), EACCES, "V07 nor empties");
	is_int(as(MEMBER, exit(error_of(truncate("f", 0)))), EACCES, "V07 nor cuts");
	is_int(as(OTHER, exit(try_open("f", O_RDONLY))), EACCES, "V07 0640: others do nothing");
	is_int(as(OTHER, exit(error_of(chown("f", -1, -1)))), 0, "V07 but change nothing");
	is_int(as(OTHER, exit(error_of(chown("f", OWNER, -1)))), EPERM,
		"V07 not even to what it is");
	must(chmod("f", 0066));
	is_int(as(OWNER, exit(try_open("f", O_RDONLY))), EACCES,
		"V07 0066: not its owner, though all others may");
	is_int(as(OTHER, exit(try_open("f", O_RDWR))), 0, "V07 0066: others");
	must(chmod("f", 0606));
	is_int(as(MEMBER, exit(try_open("f", O_RDONLY))), EACCES,
		"V07 0606: not the group, though others may");
	must(chmod("f", 0));
	is_int(try_open("f", O_RDWR), 0, "V07 0000: root reads and writes");
	is_int(as(OWNER, int fd = open("n", O_RDWR | O_CREAT, 0); exit(write(fd, "x", 1) != 1)), 1,
		"V07 a directory that is not one's own: nothing is made");
	must(unlink("f"));
}

static void
of_directories(void)
{
	must(mkdir("d", 0755));
	must(chown("d", OWNER, GROUP));
	make("d/f", 0666, OWNER);
	must(chmod("d", 0711));
	is_int(as(OTHER, exit(try_open("d", O_RDONLY))), EACCES, "V07 0711: not listed");
	is_int(as(OTHER, exit(try_open("d/f", O_RDONLY))), 0, "V07 0711: but searched");
	must(chmod("d", 0744));
	is_int(as(OTHER, exit(try_open("d", O_RDONLY))), 0, "V07 0744: listed");
	is_int(as(OTHER, exit(try_open("d/f", O_RDONLY))), EACCES, "V07 0744: but not searched");
	is_int(as(OTHER, exit(try_open("d/absent", O_RDONLY))), EACCES,
		"V07 nor for what is not there");
	is_int(as(OTHER, exit(error_of(chdir("d")))), EACCES, "V07 0744: nor entered");
	is_int(as(OTHER, struct stat s; exit(error_of(stat("d/f", &s)))), EACCES, "V07 nor stat");
	must(chmod("d", 0755));
	is_int(as(OTHER, exit(try_open("d/n", O_WRONLY | O_CREAT))), EACCES,
		"V07 0755: others make nothing");
	is_int(as(OTHER, exit(error_of(mkdir("d/n", 0777)))), EACCES, "V07 no directory");
	is_int(as(OTHER, exit(error_of(symlink("f", "d/n")))), EACCES, "V07 no link");
	is_int(as(OTHER, exit(error_of(link("d/f", "d/n")))), EACCES, "V07 no other name");
	is_int(as(OTHER, exit(error_of(unlink("d/f")))), EACCES, "V07 remove nothing");
	is_int(as(OTHER, exit(error_of(rename("d/f", "d/n")))), EACCES, "V07 and move nothing");
	is_int(as(OWNER, exit(error_of(rename("d/f", "d/n")))), 0, "V07 its owner may");
	is_int(as(OWNER, int fd = open("d/o", O_RDWR | O_CREAT, 0); exit(write(fd, "x", 1) != 1)),
		0, "V07 who makes a file may write it, whatever its mode");
	is_int(status_of("d/o").st_uid, OWNER, "V07 it is its owner's");
	is_int(status_of("d/o").st_gid, 3000, "V07 and its group's");
	must(chmod("d", 02755));
	is_int(as(OWNER, exit(error_of(mkdir("d/e", 0755)))), 0, "V07 in a set-group-id directory");
	is_int(status_of("d/e").st_gid, GROUP, "V07 the group is the directory's");
	is_int(status_of("d/e").st_mode & 07777, 02755, "V07 and so it goes on");
	must(rmdir("d/e"));
	must(unlink("d/o"));
	must(unlink("d/n"));
	must(rmdir("d"));
}

static void
of_sticky_directories(void)
{
	must(mkdir("s", 0));
	must(chmod("s", 01777));
	is_int(as(OWNER, exit(try_open("s/f", O_RDWR | O_CREAT))), 0, "V07 01777: all make files");
	is_int(as(OTHER, exit(error_of(unlink("s/f")))), EPERM,
		"V07 01777: but do not remove others'");
	is_int(as(OTHER, exit(error_of(rename("s/f", "s/g")))), EPERM, "V07 nor move them");
	is_int(as(OTHER, close(open("s/o", O_RDWR | O_CREAT, 0666));
			exit(error_of(rename("s/o", "s/f")))),
		EPERM, "V07 nor move something over them");
	is_int(as(OWNER, exit(error_of(rename("s/f", "s/g")))), 0, "V07 one's own one may");
	must(chown("s", MEMBER, GROUP));
	is_int(as(MEMBER, exit(error_of(unlink("s/g")))), 0, "V07 and the directory's owner");
	must(unlink("s/o"));
	must(rmdir("s"));
}

static void
changing_mode_and_owner(void)
{
	make("f", 0600, OWNER);
	is_int(as(OTHER, exit(error_of(chmod("f", 0666)))), EPERM, "V07 chmod: not one's own");
	is_int(as(OWNER, exit(error_of(chmod("f", 0666)))), 0, "V07 chmod: one's own");
	is_int(status_of("f").st_mode, S_IFREG | 0666, "V07 it is so");
	is_int(as(OWNER, exit(error_of(chown("f", OTHER, -1)))), EPERM,
		"V07 chown: given to nobody");
	is_int(as(OWNER, exit(error_of(chown("f", -1, 3000)))), 0,
		"V07 chown: to a group of one's own");
	is_int(as(OWNER, exit(error_of(chown("f", -1, 4000)))), EPERM,
		"V07 chown: to no other group");
	is_int(as(OWNER, exit(error_of(chown("f", OWNER, GROUP)))), 0, "V07 chown: as it is");
	is_int(as(OTHER, exit(error_of(chown("f", OTHER, -1)))), EPERM, "V07 chown: not one's own");
	must(chmod("f", 06755));
	is_int(as(OWNER, exit(error_of(chown("f", OWNER, 3000)))), 0, "V07 chown of a set-id file");
	is_int(status_of("f").st_mode, S_IFREG | 0755, "V07 takes the set-id bits away");
	is_int(as(OWNER, exit(error_of(chmod("f", 02755)))), 0,
		"V07 chmod: set-group-id of one's group");
	is_int(status_of("f").st_mode, S_IFREG | 02755, "V07 is set");
	must(chown("f", OWNER, 4000));
	is_int(as(OWNER, exit(error_of(chmod("f", 02755)))), 0, "V07 chmod: of another group");
	is_int(status_of("f").st_mode, S_IFREG | 0755, "V07 is not");
	int fd = must(open("f", O_RDONLY));
	works(fchmod(fd, 0604), "V07 fchmod");
	works(fchown(fd, OTHER, -1), "V07 fchown");
	is_int(status_of("f").st_mode & 0777, 0604, "V07 the mode");
	is_int(status_of("f").st_uid, OTHER, "V07 the owner");
	is_int(status_of("f").st_gid, 4000, "V07 and the group it had");
	must(symlink("f", "l"));
	works(lchown("l", MEMBER, GROUP), "V07 lchown: the link");
	ok(status_of("l").st_uid == MEMBER && status_of("f").st_uid == OTHER, "V07 alone");
	works(chown("l", OWNER, GROUP), "V07 chown: what it leads to");
	is_int(status_of("f").st_uid, OWNER, "V07 follows");
	fails(chmod("/bin/true", 0), EROFS, "V07 chmod: where nothing can be written");
	fails(chown("/bin/true", 1, 1), EROFS, "V07 chown: where nothing can be written");
	fails(chmod("x", 0), ENOENT, "V07 chmod: no such file");
	fails(fchmod(99, 0), EBADF, "V07 fchmod: no such descriptor");
	close(fd);
	must(unlink("l"));
	must(unlink("f"));
}

static void
masks(void)
{
	is_int(umask(027), 022, "V07 umask tells the old one");
	close(must(open("f", O_RDWR | O_CREAT, 0666)));
	must(mkdir("d", 0777));
	is_int(status_of("f").st_mode, S_IFREG | 0640, "V07 umask: a file");
	is_int(status_of("d").st_mode, S_IFDIR | 0750, "V07 umask: a directory");
	is_int(in_child(exit(umask(0))), 027, "V07 umask: a child has it");
	is_int(umask(022), 027, "V07 umask: and changes its own");
	must(unlink("f"));
	must(rmdir("d"));
}

static void
asking(void)
{
	make("f", 0640, OWNER);
	works(access("f", R_OK | W_OK), "V07 access: root");
	fails(access("f", X_OK), EACCES, "V07 access: nobody executes what has no x");
	fails(access("f", 8), EINVAL, "V07 access: no such right");
	fails(access("x", F_OK), ENOENT, "V07 access: no such file");
	fails(access("/bin/true", W_OK), EROFS, "V07 access: where nothing can be written");
	works(access("/bin/true", X_OK), "V07 access: a program");
	works(access("/dev/null", W_OK), "V07 access: a device");
	is_int(as(MEMBER, exit(error_of(access("f", R_OK)))), 0, "V07 access: the group");
	is_int(as(OTHER, exit(error_of(access("f", R_OK)))), EACCES, "V07 access: others");
	/* The real ids count, but for AT_EACCESS. */
	is_int(in_child(setresuid(OTHER, 0, 0); exit(error_of(access("f", R_OK)))), EACCES,
		"V07 access: who acts for another is asked as that one");
	is_int(in_child(setresuid(OTHER, 0, 0); exit(try_open("f", O_RDONLY))), 0,
		"V07 though it could open it");
	is_int(in_child(setresuid(OTHER, 0, 0);
			exit(error_of(faccessat(AT_FDCWD, "f", R_OK, AT_EACCESS)))),
		0, "V07 faccessat: AT_EACCESS");
	must(unlink("f"));

	must(mkdir("d", 0700));
	make("d/f", 0666, OWNER);
	is_int(in_child(setresuid(OTHER, 0, 0); exit(error_of(access("d/f", R_OK)))), EACCES,
		"V07 access: on the way, too");
	is_int(in_child(setresuid(OTHER, 0, 0);
			exit(error_of(faccessat(AT_FDCWD, "d/f", R_OK, AT_EACCESS)))),
		0, "V07 faccessat: AT_EACCESS on the way");
	is_int(in_child(setresuid(0, OTHER, 0); exit(error_of(access("d/f", R_OK)))), 0,
		"V07 access: who is really root gets through");
	is_int(in_child(setresuid(0, OTHER, 0); exit(try_open("d/f", O_RDONLY))), EACCES,
		"V07 and cannot open it");
	must(unlink("d/f"));
	must(rmdir("d"));
}

static void
executing(void)
{
	char *words[] = {"x", 0};
	is_int(as(OTHER, execv("/tests/files/not_executable", words); exit(errno)), EACCES,
		"V07 exec: no x bit");
	is_int(in_child(execv("/tests/files/not_executable", words); exit(errno)), EACCES,
		"V07 exec: not even root");
	is_int(as(OTHER, execv("/bin/true", words); exit(errno)), 0, "V07 exec: all may");
	make("f", 0777, 0);
	is_int(in_child(execv("f", words); exit(errno)), EACCES,
		"V07 exec: nothing where nothing is executed");
	must(unlink("f"));
}

int
main(void)
{
	char home[] = "/tmp/rightsXXXXXX";

	must(mkdtemp(home) ? 0 : -1);
	must(chmod(home, 0755));
	must(chdir(home));
	umask(022);
	of_files();
	of_directories();
	of_sticky_directories();
	changing_mode_and_owner();
	masks();
	asking();
	executing();
	works(rmdir(home), "V07 nothing is left");
	return done();
}
