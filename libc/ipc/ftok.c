/* A key from a file's name: the same for every program that can see the same file. */
#include <sys/ipc.h>
#include <sys/stat.h>

key_t
ftok(const char *path, int number)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return -1;
	return (number & 0xffu) << 24 | (status.st_dev & 0xff) << 16 | (status.st_ino & 0xffff);
}
