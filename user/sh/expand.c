/*
 * Expansion: what the text of a word stands for. One reader goes through it; quotes and backslashes
 * vanish and $NAME is replaced. Blanks in the value of an unquoted variable end words, blanks in
 * quotes do not.
 */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

struct expansion {
	struct words *words; /* NULL: everything goes into one word */
	char *text;	     /* the word so far */
	size_t length;
	bool begun; /* "" is a word although it has no letter */
};

static void
add_char(struct expansion *out, char c)
{
	out->text = resize(out->text, out->length + 2);
	out->text[out->length++] = c;
	out->text[out->length] = '\0';
	out->begun = true;
}

static void
end_word(struct expansion *out)
{
	if (!out->begun)
		return;
	struct words *words = out->words;
	words->word = resize(words->word, (words->count + 2) * sizeof *words->word);
	words->word[words->count++] = out->text ? out->text : strdup("");
	words->word[words->count] = NULL;
	*out = (struct expansion){.words = words};
}

static void
add_value(struct expansion *out, const char *value, bool quoted)
{
	for (; *value; value++) {
		if (!quoted && out->words && strchr(" \t\n", *value))
			end_word(out);
		else
			add_char(out, *value);
	}
}

static void
add_number(struct expansion *out, long number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%ld", number);
	add_value(out, digits, true);
}

static int
argument_count(void)
{
	int count = 0;

	while (shell.arguments[count])
		count++;
	return count;
}

static void
add_arguments(struct expansion *out, bool quoted)
{
	for (int i = 1; i < argument_count(); i++) {
		if (i > 1)
			add_value(out, " ", quoted);
		add_value(out, shell.arguments[i], quoted);
	}
}

/* The variables with one character. Returns false if C names none. */
static bool
add_special(struct expansion *out, char c, bool quoted)
{
	if (c == '?')
		add_number(out, shell.status);
	else if (c == '$')
		add_number(out, shell.pid);
	else if (c == '!' && shell.last_behind)
		add_number(out, shell.last_behind);
	else if (c == '#')
		add_number(out, argument_count() - 1);
	else if (c == '@' || c == '*')
		add_arguments(out, quoted);
	else if (isdigit((unsigned char)c) && c - '0' < argument_count())
		add_value(out, shell.arguments[c - '0'], quoted);
	else
		return c == '!' || isdigit((unsigned char)c);
	return true;
}

static size_t
name_length(const char *text)
{
	size_t length = 0;

	while (var_is_name(text, length + 1))
		length++;
	return length;
}

/* Adds the variable behind the `$` at TEXT. Returns what follows it. A lone `$` is a `$`. */
static const char *
add_variable(struct expansion *out, const char *text, bool quoted)
{
	bool braces = text[1] == '{';
	const char *start = text + 1 + braces;
	size_t length = name_length(start);

	if (length == 0 && *start && add_special(out, *start, quoted)) {
		length = 1;
	} else if (length > 0) {
		char *name = strndup(start, length);
		const char *value = var_get(name);
		add_value(out, value ? value : "", quoted);
		free(name);
	} else {
		add_char(out, '$');
		return text + 1;
	}
	start += length;
	return braces && *start == '}' ? start + 1 : start;
}

/* In "…" a backslash keeps its place unless something special follows. */
static const char *
add_backslashed(struct expansion *out, const char *text, bool quoted)
{
	if (quoted && !strchr("\"\\$`\n", text[1]))
		add_char(out, '\\');
	if (text[1] != '\n')
		add_char(out, text[1]);
	return text + 2;
}

static void
read_raw(struct expansion *out, const char *text)
{
	char quote = 0;

	while (*text) {
		if (*text == quote || (!quote && (*text == '\'' || *text == '"'))) {
			quote = quote ? 0 : *text;
			out->begun = true;
			text++;
		} else if (*text == '\\' && quote != '\'') {
			text = add_backslashed(out, text, quote == '"');
		} else if (*text == '$' && quote != '\'') {
			text = add_variable(out, text, quote == '"');
		} else {
			add_char(out, *text++);
		}
	}
}

void
expand(struct words *words, const char *raw)
{
	struct expansion out = {.words = words};

	read_raw(&out, raw);
	end_word(&out);
}

char *
expand_to_one(const char *raw)
{
	struct expansion out = {0};

	read_raw(&out, raw);
	return out.text ? out.text : strdup("");
}

void
free_words(struct words *words)
{
	for (int i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
}
