/* ln [-s] TARGET NAME: give the file another name; with -s make a symbolic link. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	bool symbolic = argc > 1 && strcmp(argv[1], "-s") == 0;
	char **words = argv + 1 + symbolic;

	if (argc != 3 + symbolic) {
		fprintf(stderr, "usage: ln [-s] TARGET NAME\n");
		return 2;
	}
	if ((symbolic ? symlink : link)(words[0], words[1]) == 0)
		return 0;
	fprintf(stderr, "ln: %s: %s\n", words[1], strerror(errno));
	return 1;
}
