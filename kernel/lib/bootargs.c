/* The boot arguments: looked for in the command line each time, there are few of both. */
#include <lib/bootargs.h>
#include <lib/string.h>

static const char *command_line = "";

void
bootargs_init(const char *line)
{
	command_line = line;
}

/* The length of the piece at `s`, which a blank, `stop` or the end ends. */
static size_t
piece(const char *s, char stop)
{
	size_t length = 0;

	while (s[length] && s[length] != ' ' && s[length] != '\t' && s[length] != stop)
		length++;
	return length;
}

/* Where the value of `key` begins, and its length; NULL when the key is not there. */
static const char *
find_value(const char *key, size_t *length)
{
	for (const char *s = command_line; *s; s += piece(s, ' ')) {
		while (*s == ' ' || *s == '\t')
			s++;
		size_t name = piece(s, '=');
		if (name == 0 || name != strlen(key) || strncmp(s, key, name) != 0)
			continue;
		if (s[name] != '=') {
			*length = 1;
			return "1";
		}
		*length = piece(s + name + 1, ' ');
		return s + name + 1;
	}
	return NULL;
}

bool
bootarg_string(const char *key, char *value, size_t size)
{
	size_t length;
	const char *found = find_value(key, &length);

	if (!found)
		return false;
	if (length > size - 1)
		length = size - 1;
	memcpy(value, found, length);
	value[length] = '\0';
	return true;
}

unsigned long
bootarg_number(const char *key, unsigned long otherwise)
{
	size_t length;
	const char *found = find_value(key, &length);

	return found ? parse_number(found, NULL) : otherwise;
}

bool
bootarg_has(const char *key, const char *word)
{
	size_t length;
	const char *s = find_value(key, &length);

	if (!s)
		return false;
	for (const char *end = s + length; s < end;) {
		size_t size = piece(s, ',');
		if (size == strlen(word) && strncmp(s, word, size) == 0)
			return true;
		s += size + 1;
	}
	return false;
}
