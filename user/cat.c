/* cat [FILE]…: copy the files, or standard input, to standard output. `-` is standard input. */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool
complain(const char *what)
{
	fprintf(stderr, "cat: %s: %s\n", what, strerror(errno));
	return false;
}

static bool
write_all(const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(1, bytes, count);
		if (written < 0)
			return complain("standard output");
		bytes += written;
		count -= written;
	}
	return true;
}

static bool
copy(int file, const char *name)
{
	static char buffer[4096];
	ssize_t count;

	while ((count = read(file, buffer, sizeof buffer)) > 0) {
		if (!write_all(buffer, count))
			return false;
	}
	return count == 0 || complain(name);
}

static bool
copy_named(const char *name)
{
	if (strcmp(name, "-") == 0)
		return copy(0, "standard input");

	int file = open(name, O_RDONLY);
	if (file < 0)
		return complain(name);
	bool fine = copy(file, name);
	close(file);
	return fine;
}

int
main(int argc, char **argv)
{
	bool fine = true;

	if (argc == 1)
		return copy_named("-") ? 0 : 1;
	for (int i = 1; i < argc; i++)
		fine &= copy_named(argv[i]);
	return fine ? 0 : 1;
}
