/* POSIX's shared memory: names for files that are nothing but memory. (shm_overview(7)) */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define DIRECTORY "/dev/shm/"
#define NAME_LONGEST 255

/* The path for a name, which may begin with slashes and has no other; false and EINVAL: it has. */
static int
make_path(char *path, size_t size, const char *name)
{
	name += strspn(name, "/");
	if (!*name || strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		errno = EINVAL;
		return 0;
	}
	if (strlen(name) > NAME_LONGEST) {
		errno = ENAMETOOLONG;
		return 0;
	}
	snprintf(path, size, DIRECTORY "%s", name);
	return 1;
}

int
shm_open(const char *name, int flags, mode_t mode)
{
	char path[sizeof(DIRECTORY) + NAME_LONGEST];

	if (!make_path(path, sizeof(path), name))
		return -1;
	return open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode);
}

int
shm_unlink(const char *name)
{
	char path[sizeof(DIRECTORY) + NAME_LONGEST];

	return make_path(path, sizeof(path), name) ? unlink(path) : -1;
}
