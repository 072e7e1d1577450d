/* rm [-r] [-f] FILE…: remove files; -r: directories and all in them; -f: absent ones are fine. */

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool recursively, quietly;
static int status;

static void remove_all(const char *path);

static void
complain(const char *path)
{
	if (quietly && errno == ENOENT)
		return;
	fprintf(stderr, "rm: %s: %s\n", path, strerror(errno));
	status = 1;
}

static void
empty(const char *path)
{
	char below[512];
	DIR *directory = opendir(path);
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
		remove_all(below);
	}
	if (directory)
		closedir(directory);
}

static void
remove_all(const char *path)
{
	struct stat is;

	if (recursively && lstat(path, &is) == 0 && S_ISDIR(is.st_mode)) {
		empty(path);
		if (rmdir(path) < 0)
			complain(path);
	} else if (unlink(path) < 0) {
		complain(path);
	}
}

int
main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "rRf")) != -1) {
		if (option == '?')
			return 2;
		if (option == 'f')
			quietly = true;
		else
			recursively = true;
	}
	for (int i = optind; i < argc; i++)
		remove_all(argv[i]);
	return status;
}
