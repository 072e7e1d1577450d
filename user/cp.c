/* cp FROM… TO: copy files, or put copies into the directory TO. The mode is copied, too. */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
complain(const char *what)
{
	fprintf(stderr, "cp: %s: %s\n", what, strerror(errno));
	return 1;
}

static bool
is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int
copy_bytes(int from, const char *from_name, int to, const char *to_name)
{
	static char buffer[16384];
	ssize_t count;

	while ((count = read(from, buffer, sizeof buffer)) > 0) {
		ssize_t done = 0, written;
		for (; done < count; done += written) {
			written = write(to, buffer + done, count - done);
			if (written < 0)
				return complain(to_name);
		}
	}
	return count < 0 ? complain(from_name) : 0;
}

static int
copy(const char *from_name, const char *to_name)
{
	char inside[512];
	const char *slash = strrchr(from_name, '/');
	struct stat status;
	int from = open(from_name, O_RDONLY), to = -1, failed;

	if (is_directory(to_name)) {
		snprintf(inside, sizeof inside, "%s/%s", to_name, slash ? slash + 1 : from_name);
		to_name = inside;
	}
	if (from < 0 || fstat(from, &status) < 0)
		failed = complain(from_name);
	else if ((to = open(to_name, O_WRONLY | O_CREAT | O_TRUNC, status.st_mode & 0777)) < 0)
		failed = complain(to_name);
	else
		failed = copy_bytes(from, from_name, to, to_name);
	close(from);
	close(to);
	return failed;
}

int
main(int argc, char **argv)
{
	int status = 0;

	if (argc < 3 || (argc > 3 && !is_directory(argv[argc - 1]))) {
		fprintf(stderr, "usage: cp FROM… TO (of several, TO is a directory)\n");
		return 2;
	}
	for (int i = 1; i < argc - 1; i++)
		status |= copy(argv[i], argv[argc - 1]);
	return status;
}
