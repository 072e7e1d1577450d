/* Comparing strings, with and without regard to upper and lower case. */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

int
strncmp(const char *a, const char *b, size_t length)
{
	for (; length > 0; length--, a++, b++)
		if (*a != *b || *a == 0)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int
strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

/* The C locale collates by the characters' codes. */
int
strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int
strncasecmp(const char *a, const char *b, size_t length)
{
	for (; length > 0; length--, a++, b++) {
		int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
		if (x != y || x == 0)
			return x - y;
	}
	return 0;
}

int
strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}
