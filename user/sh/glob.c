/*
 * Names that fit a pattern: * is any text and ? any one character, neither a slash, nor a dot at
 * the beginning. A pattern is looked at directory by directory: what stands before the first
 * name with a * or ? is taken as it is, and what fits there is put in its place.
 */

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

#define SIGNS ((const char[]){ANY_TEXT, ANY_CHAR, '\0'})

static bool
fits(const char *name, const char *pattern, const char *end)
{
	for (; pattern < end; pattern++, name++) {
		if (*pattern == ANY_TEXT) {
			bool found = fits(name, pattern + 1, end);
			while (!found && *name)
				found = fits(++name, pattern + 1, end);
			return found;
		}
		if (!*name || (*pattern != ANY_CHAR && *pattern != *name))
			return false;
	}
	return !*name;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in the directory that fit, sorted; the caller owns the vector and its strings. */
static char **
list(const char *directory, const char *pattern, const char *end, int *count)
{
	DIR *stream = opendir(*directory ? directory : ".");
	struct dirent *entry;
	char **names = NULL;

	*count = 0;
	while (stream && (entry = readdir(stream))) {
		if (entry->d_name[0] == '.' && *pattern != '.')
			continue;
		if (!fits(entry->d_name, pattern, end))
			continue;
		char **more = realloc(names, (*count + 1) * sizeof *names);
		if (!more || !(more[*count] = strdup(entry->d_name)))
			break;
		names = more;
		++*count;
	}
	if (stream)
		closedir(stream);
	if (*count)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

int
glob(const char *pattern, void (*keep)(void *context, const char *path), void *context)
{
	const char *sign = strpbrk(pattern, SIGNS), *name = pattern;
	char path[PATH_MAX];
	int count, found = 0;

	if (!sign) {
		if (access(pattern, F_OK) < 0)
			return 0;
		keep(context, pattern);
		return 1;
	}
	for (const char *c = pattern; c < sign; c++)
		if (*c == '/')
			name = c + 1;
	const char *end = sign + strcspn(sign, "/");
	int length = name - pattern;
	if (length >= (int)sizeof path)
		return 0;
	memcpy(path, pattern, length);
	path[length] = '\0';
	char **names = list(path, name, end, &count);
	for (int i = 0; i < count; i++) {
		int size = snprintf(path + length, sizeof path - length, "%s%s", names[i], end);
		if (size < (int)sizeof path - length)
			found += glob(path, keep, context);
		free(names[i]);
	}
	free(names);
	return found;
}
