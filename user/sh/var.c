/* The variables: a list of NAME=value strings. The exported ones are what programs are started with. */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

struct variable {
	struct variable *next;
	char *text; /* "NAME=value" */
	bool exported;
};

static struct variable *variables;

bool
var_is_name(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '_' && !isalpha((unsigned char)text[i]) &&
			!(i > 0 && isdigit((unsigned char)text[i])))
			return false;
	}
	return length > 0;
}

static struct variable *
find(const char *name)
{
	size_t length = strlen(name);

	for (struct variable *var = variables; var; var = var->next) {
		if (strncmp(var->text, name, length) == 0 && var->text[length] == '=')
			return var;
	}
	return NULL;
}

const char *
var_get(const char *name)
{
	struct variable *var = find(name);

	return var ? strchr(var->text, '=') + 1 : NULL;
}

static struct variable *
find_or_add(const char *name)
{
	struct variable *var = find(name);

	if (!var) {
		var = resize(NULL, sizeof *var);
		*var = (struct variable){.next = variables};
		variables = var;
	}
	return var;
}

void
var_set(const char *name, const char *value)
{
	struct variable *var = find_or_add(name);
	size_t size = strlen(name) + strlen(value) + 2;
	char *text = resize(NULL, size);

	snprintf(text, size, "%s=%s", name, value);
	free(var->text);
	var->text = text;
}

void
var_export(const char *name)
{
	if (!find(name))
		var_set(name, "");
	find(name)->exported = true;
}

char **
var_environment(void)
{
	static char **environment;
	int count = 0;

	for (struct variable *var = variables; var; var = var->next)
		count++;
	environment = resize(environment, (count + 1) * sizeof *environment);
	count = 0;
	for (struct variable *var = variables; var; var = var->next) {
		if (var->exported)
			environment[count++] = var->text;
	}
	environment[count] = NULL;
	return environment;
}

void
var_print_exported(void)
{
	for (struct variable *var = variables; var; var = var->next) {
		if (var->exported)
			printf("export %s\n", var->text);
	}
}

void
var_import(char **environment)
{
	for (; *environment; environment++) {
		size_t length = strcspn(*environment, "=");
		if ((*environment)[length] == '\0' || !var_is_name(*environment, length))
			continue;
		char *name = strndup(*environment, length);
		var_set(name, *environment + length + 1);
		var_export(name);
		free(name);
	}
}
