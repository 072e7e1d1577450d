/* The environment: a list of NAME=value, at first the one that lies above the stack. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The entry of a name, which ends at a zero or an =; NULL if there is none. */
static char **
find(const char *name)
{
	size_t length = strcspn(name, "=");

	for (char **entry = environ; *entry; entry++)
		if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
			return entry;
	return NULL;
}

char *
getenv(const char *name)
{
	char **entry = find(name);

	return entry ? *entry + strlen(name) + 1 : NULL;
}

/* The string itself becomes an entry. The list moves to the heap when it first has to grow. */
int
putenv(char *assignment)
{
	static char **own;
	char **list, **entry = find(assignment);
	size_t count = 0;

	if (entry) {
		*entry = assignment;
		return 0;
	}
	while (environ[count])
		count++;
	list = realloc(environ == own ? own : NULL, (count + 2) * sizeof(*list));
	if (!list)
		return -1;
	if (environ != own)
		memcpy(list, environ, count * sizeof(*list));
	list[count] = assignment;
	list[count + 1] = NULL;
	environ = own = list;
	return 0;
}

static int
check_name(const char *name)
{
	if (*name && !strchr(name, '='))
		return 0;
	errno = EINVAL;
	return -1;
}

int
setenv(const char *name, const char *value, int overwrite)
{
	char *assignment;

	if (check_name(name) < 0)
		return -1;
	if (!overwrite && getenv(name))
		return 0;
	assignment = malloc(strlen(name) + strlen(value) + 2);
	if (!assignment)
		return -1;
	stpcpy(stpcpy(stpcpy(assignment, name), "="), value);
	return putenv(assignment);
}

int
unsetenv(const char *name)
{
	char **entry;

	if (check_name(name) < 0)
		return -1;
	while ((entry = find(name)))
		for (; *entry; entry++)
			entry[0] = entry[1];
	return 0;
}
