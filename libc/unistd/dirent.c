/* Reading directories: many records a system call, handed out one by one. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

struct directory {
	int descriptor;
	size_t next, end; /* in the buffer */
	char buffer[2048] __attribute__((aligned(8)));
};

DIR *
fdopendir(int descriptor)
{
	DIR *directory = malloc(sizeof(*directory));

	if (!directory)
		return NULL;
	directory->descriptor = descriptor;
	directory->next = directory->end = 0;
	return directory;
}

DIR *
opendir(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = descriptor < 0 ? NULL : fdopendir(descriptor);

	if (!directory && descriptor >= 0)
		close(descriptor);
	return directory;
}

struct dirent *
readdir(DIR *directory)
{
	struct dirent *entry;

	if (directory->next == directory->end) {
		long size = syscall(SYS_getdents64, directory->descriptor, directory->buffer,
			sizeof(directory->buffer));
		if (size <= 0)
			return NULL;
		directory->next = 0;
		directory->end = size;
	}
	entry = (struct dirent *)(directory->buffer + directory->next);
	directory->next += entry->d_reclen;
	return entry;
}

void
rewinddir(DIR *directory)
{
	lseek(directory->descriptor, 0, SEEK_SET);
	directory->next = directory->end = 0;
}

int
dirfd(DIR *directory)
{
	return directory->descriptor;
}

int
closedir(DIR *directory)
{
	int descriptor = directory->descriptor;

	free(directory);
	return close(descriptor);
}
