/* Files and directories with a name that nobody had before. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 100

/* Puts letters in the place of the XXXXXX that the name ends with. */
static int
choose_name(char *name)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	size_t length = strlen(name);
	unsigned char random[6];

	if (length < sizeof(random) || getrandom(random, sizeof(random), 0) < 0) {
		errno = EINVAL;
		return 0;
	}
	for (size_t i = 0; i < sizeof(random); i++)
		name[length - sizeof(random) + i] = letters[random[i] % (sizeof(letters) - 1)];
	return 1;
}

static int
ends_in_crosses(const char *name)
{
	size_t length = strlen(name);

	if (length >= 6 && strcmp(name + length - 6, "XXXXXX") == 0)
		return 1;
	errno = EINVAL;
	return 0;
}

int
mkostemp(char *name, int flags)
{
	int descriptor = -1;

	if (!ends_in_crosses(name))
		return -1;
	errno = EEXIST;
	for (int i = 0; i < TRIES && descriptor < 0 && errno == EEXIST; i++) {
		if (!choose_name(name))
			return -1;
		descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
	}
	return descriptor;
}

int
mkstemp(char *name)
{
	return mkostemp(name, 0);
}

char *
mkdtemp(char *name)
{
	if (!ends_in_crosses(name))
		return NULL;
	for (int i = 0; i < TRIES; i++) {
		if (!choose_name(name))
			return NULL;
		if (mkdir(name, 0700) == 0)
			return name;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}

/* A file without a name, gone when it is closed. */
FILE *
tmpfile(void)
{
	char name[] = "/tmp/tmpXXXXXX";
	int descriptor = mkstemp(name);

	if (descriptor < 0)
		return NULL;
	unlink(name);
	FILE *stream = fdopen(descriptor, "w+");
	if (!stream)
		close(descriptor);
	return stream;
}
