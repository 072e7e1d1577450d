/* Finding characters and strings in strings. */
#include <string.h>

char *
strchrnul(const char *text, int c)
{
	while (*text && *text != (char)c)
		text++;
	return (char *)text;
}

char *
strchr(const char *text, int c)
{
	char *found = strchrnul(text, c);

	return *found == (char)c ? found : NULL;
}

char *
strrchr(const char *text, int c)
{
	return memrchr(text, c, strlen(text) + 1);
}

char *
index(const char *text, int c)
{
	return strchr(text, c);
}

char *
rindex(const char *text, int c)
{
	return strrchr(text, c);
}

size_t
strspn(const char *text, const char *accept)
{
	size_t length = 0;

	while (text[length] && strchr(accept, text[length]))
		length++;
	return length;
}

size_t
strcspn(const char *text, const char *reject)
{
	size_t length = 0;

	while (text[length] && !strchr(reject, text[length]))
		length++;
	return length;
}

char *
strpbrk(const char *text, const char *accept)
{
	text += strcspn(text, accept);
	return *text ? (char *)text : NULL;
}

char *
strstr(const char *text, const char *part)
{
	return memmem(text, strlen(text), part, strlen(part));
}

int
ffs(int bits)
{
	return __builtin_ffs(bits);
}
