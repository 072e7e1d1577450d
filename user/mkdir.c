/* mkdir [-p] [-m MODE] DIRECTORY…: make directories; with -p those that lead to them, too. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Makes what the path leads through, as far as it is not there; what is wrong shows at the end. */
static void
make_parents(char *path)
{
	for (char *slash = path + strspn(path, "/"); (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
}

int
main(int argc, char **argv)
{
	bool parents = false;
	mode_t mode = 0777;
	int option, status = 0;

	while ((option = getopt(argc, argv, "pm:")) != -1) {
		if (option == '?')
			return 2;
		if (option == 'p')
			parents = true;
		else
			mode = strtoul(optarg, NULL, 8);
	}
	for (int i = optind; i < argc; i++) {
		if (parents)
			make_parents(argv[i]);
		if (mkdir(argv[i], mode) == 0 || (parents && is_directory(argv[i])))
			continue;
		fprintf(stderr, "mkdir: %s: %s\n", argv[i], strerror(errno));
		status = 1;
	}
	return status;
}
