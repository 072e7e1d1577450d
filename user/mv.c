/* mv FROM… TO: give a file another name, or put files into the directory TO. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int
move(const char *from, const char *to)
{
	char inside[512];
	const char *slash = strrchr(from, '/');

	if (is_directory(to)) {
		snprintf(inside, sizeof inside, "%s/%s", to, slash ? slash + 1 : from);
		to = inside;
	}
	if (rename(from, to) == 0)
		return 0;
	fprintf(stderr, "mv: %s to %s: %s\n", from, to, strerror(errno));
	return 1;
}

int
main(int argc, char **argv)
{
	int status = 0;

	if (argc < 3 || (argc > 3 && !is_directory(argv[argc - 1]))) {
		fprintf(stderr, "usage: mv FROM… TO (of several, TO is a directory)\n");
		return 2;
	}
	for (int i = 1; i < argc - 1; i++)
		status |= move(argv[i], argv[argc - 1]);
	return status;
}
