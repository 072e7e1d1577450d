/* Copying and joining strings. */
#include <stdlib.h>
#include <string.h>

char *
stpcpy(char *restrict to, const char *restrict from)
{
	size_t length = strlen(from);

	memcpy(to, from, length + 1);
	return to + length;
}

char *
strcpy(char *restrict to, const char *restrict from)
{
	stpcpy(to, from);
	return to;
}

/* Fills all of size bytes, with zeros behind the text; there is none if the text is too long. */
char *
strncpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strnlen(from, size);

	memcpy(to, from, length);
	memset(to + length, 0, size - length);
	return to;
}

char *
strcat(char *restrict to, const char *restrict from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *
strncat(char *restrict to, const char *restrict from, size_t length)
{
	char *end = to + strlen(to);

	length = strnlen(from, length);
	memcpy(end, from, length);
	end[length] = 0;
	return to;
}

/* Always ends with a zero if size is not 0; the answer is the length that was wanted. */
size_t
strlcpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strlen(from);

	if (size > 0) {
		size_t room = length < size ? length : size - 1;
		memcpy(to, from, room);
		to[room] = 0;
	}
	return length;
}

size_t
strlcat(char *restrict to, const char *restrict from, size_t size)
{
	size_t used = strnlen(to, size);

	return used + strlcpy(to + used, from, size - used);
}

char *
strndup(const char *text, size_t length)
{
	char *copy;

	length = strnlen(text, length);
	copy = malloc(length + 1);
	if (copy) {
		memcpy(copy, text, length);
		copy[length] = 0;
	}
	return copy;
}

char *
strdup(const char *text)
{
	return strndup(text, strlen(text));
}
