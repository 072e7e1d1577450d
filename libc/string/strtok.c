/* Cutting a string into pieces at separators; the string is overwritten. */
#include <string.h>

/* The next piece, which may be empty; *rest is what follows it, NULL after the last. */
char *
strsep(char **rest, const char *separators)
{
	char *piece = *rest, *end;

	if (!piece)
		return NULL;
	end = strpbrk(piece, separators);
	if (end)
		*end++ = 0;
	*rest = end;
	return piece;
}

/* The next piece that is not empty. */
char *
strtok_r(char *restrict text, const char *restrict separators, char **restrict rest)
{
	if (!text)
		text = *rest;
	if (text)
		text += strspn(text, separators);
	if (!text || !*text) {
		*rest = NULL;
		return NULL;
	}
	*rest = text;
	return strsep(rest, separators);
}

char *
strtok(char *restrict text, const char *restrict separators)
{
	static char *rest;

	return strtok_r(text, separators, &rest);
}
