/* Becoming another program: every form of exec comes down to execve. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEFAULT_PATH "/bin:/usr/bin"
#define ARGUMENTS 255 /* in the forms that take them one by one */

int
execve(const char *path, char *const arguments[], char *const environment[])
{
	return syscall(SYS_execve, path, arguments, environment);
}

int
execv(const char *path, char *const arguments[])
{
	return execve(path, arguments, environ);
}

/* A name with a slash is a path; any other is looked for in the directories of PATH. */
int
execvp(const char *name, char *const arguments[])
{
	const char *directory = getenv("PATH"), *end;
	int error = ENOENT;
	char path[PATH_MAX];

	if (strchr(name, '/'))
		return execv(name, arguments);
	if (!directory)
		directory = DEFAULT_PATH;
	for (; *name; directory = end + 1) {
		end = strchrnul(directory, ':');
		if (snprintf(path, sizeof(path), "%.*s%s%s", (int)(end - directory), directory,
			    end > directory ? "/" : "", name) < (int)sizeof(path)) {
			execv(path, arguments);
			if (errno != ENOENT && errno != ENOTDIR)
				error = errno;
		}
		if (!*end || (error != ENOENT && error != EACCES))
			break;
	}
	errno = error;
	return -1;
}

/* The arguments up to the NULL as an array; false and E2BIG if there are too many. */
static int
collect(char *array[], const char *first, va_list rest)
{
	int count = 0;

	for (array[0] = (char *)first; array[count]; array[count] = va_arg(rest, char *))
		if (++count == ARGUMENTS) {
			errno = E2BIG;
			return 0;
		}
	return 1;
}

int
execl(const char *path, const char *argument, ...)
{
	char *array[ARGUMENTS];
	va_list rest;
	int fits;

	va_start(rest, argument);
	fits = collect(array, argument, rest);
	va_end(rest);
	return fits ? execv(path, array) : -1;
}

int
execlp(const char *name, const char *argument, ...)
{
	char *array[ARGUMENTS];
	va_list rest;
	int fits;

	va_start(rest, argument);
	fits = collect(array, argument, rest);
	va_end(rest);
	return fits ? execvp(name, array) : -1;
}
