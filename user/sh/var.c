/* The variables: strings NAME=value, in the environment if they are exported, else in `own`. */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

#define MAX_OWN 64

extern char **environ;
static char *own[MAX_OWN + 1];

int
name_length(const char *text)
{
	int length = 0;

	while (text[length] == '_' || isalpha((unsigned char)text[length]) ||
		(length > 0 && isdigit((unsigned char)text[length])))
		length++;
	return length;
}

/* Returns the variable's place in LIST, or the place of the NULL at its end. */
static char **
find(char **list, const char *name, int length)
{
	while (*list && (strncmp(*list, name, length) != 0 || (*list)[length] != '='))
		list++;
	return list;
}

const char *
get_variable(const char *name, int length)
{
	char **place = find(own, name, length);

	if (!*place)
		place = find(environ, name, length);
	return *place ? *place + length + 1 : NULL;
}

void
set_variable(const char *assignment)
{
	int length = name_length(assignment);
	char **place = find(own, assignment, length), *text = strdup(assignment);

	if (!text) {
		complain("no memory for a variable");
	} else if (*find(environ, assignment, length)) {
		putenv(text);
	} else if (place == own + MAX_OWN) {
		complain("too many variables; exported ones are not counted");
		free(text);
	} else {
		free(*place);
		*place = text;
	}
}

void
export_variable(const char *text)
{
	int length = name_length(text);
	char **place;

	if (text[length] == '=')
		set_variable(text);
	place = find(own, text, length);
	if (!*place)
		return; /* it is already, or there is no such variable */
	putenv(*place);
	for (; *place; place++)
		place[0] = place[1];
}
