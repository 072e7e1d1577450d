/*
 * Expansion: what the text of a command stands for. Quotes and backslashes vanish, $NAME is
 * replaced. Blanks in the value of an unquoted variable end a word, blanks in quotes do not; and in
 * quotes * and ? are just that.
 */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sh.h"

/* How a `$` is read: in "…" as one piece, outside quotes as words, and nothing splits a value. */
enum mode { QUOTED, SPLIT, WHOLE };

/* The word that is being made: NULL before its first letter, or its quotes, have been seen. */
static char *word;

static void
begin_word(struct command *command)
{
	if (!word)
		word = command->next;
}

static void
add_char(struct command *command, char c)
{
	begin_word(command);
	if (command->next < command->text + MAX_TEXT - 1)
		*command->next++ = c;
	else
		command->too_long = true;
}

/* Returns the finished word, or NULL if there was none. */
static char *
end_word(struct command *command)
{
	char *finished = word;

	if (word)
		*command->next++ = '\0';
	if (command->next == command->text + MAX_TEXT) {
		command->next--;
		command->too_long = true;
	}
	word = NULL;
	return finished;
}

static void
keep(struct command *command, char *finished)
{
	if (command->count < MAX_WORDS)
		command->words[command->count++] = finished;
	else
		command->too_long = true;
}

static void
keep_path(void *context, const char *path)
{
	struct command *command = context;

	begin_word(command);
	while (*path)
		add_char(command, *path++);
	keep(command, end_word(command));
}

/* Where no file fits, * and ? are just that. */
static void
take_literally(char *text)
{
	for (; *text; text++) {
		if (*text == ANY_TEXT)
			*text = '*';
		else if (*text == ANY_CHAR)
			*text = '?';
	}
}

static void
keep_word(struct command *command)
{
	char *finished = end_word(command);

	if (!finished)
		return;
	if (strpbrk(finished, (const char[]){ANY_TEXT, ANY_CHAR, '\0'}) &&
		glob(finished, keep_path, command) > 0)
		return;
	take_literally(finished);
	keep(command, finished);
}

static void
add_value(struct command *command, const char *value, enum mode mode)
{
	for (; *value; value++) {
		if (mode == SPLIT && isspace((unsigned char)*value))
			keep_word(command);
		else
			add_char(command, *value);
	}
}

/* The variables that are one sign. Returns false if C is none of them. */
static bool
add_special(struct command *command, char c, enum mode mode)
{
	char number[16] = "";
	int i = 0;

	if (isdigit((unsigned char)c)) {
		while (shell.arguments[i] && i < c - '0')
			i++;
		if (shell.arguments[i])
			add_value(command, shell.arguments[i], mode);
		return true;
	}
	if (c == '?')
		snprintf(number, sizeof number, "%d", shell.status);
	else if (c == '$')
		snprintf(number, sizeof number, "%d", (int)shell.pid);
	else if (c == '!' && shell.last_behind)
		snprintf(number, sizeof number, "%d", (int)shell.last_behind);
	add_value(command, number, mode);
	return c == '?' || c == '$' || c == '!';
}

/* Adds the variable whose `$` is at TEXT and returns what follows it. A lone `$` is just that. */
static const char *
add_variable(struct command *command, const char *text, enum mode mode)
{
	const char *name = text[1] == '{' ? text + 2 : text + 1;
	int length = name_length(name);
	const char *value = length ? get_variable(name, length) : NULL;

	if (value)
		add_value(command, value, mode);
	if (!length && add_special(command, *name, mode))
		length = 1;
	if (!length) {
		add_char(command, '$');
		return text + 1;
	}
	return name + length + (text[1] == '{' && name[length] == '}');
}

/* In "…" a backslash stays unless something special follows; before a newline both vanish. */
static const char *
add_backslashed(struct command *command, const char *text, bool quoted)
{
	if (quoted && !strchr("\"\\$\n", text[1]))
		add_char(command, '\\');
	if (text[1] != '\n')
		add_char(command, text[1]);
	return text + 2;
}

/* A sign that may stand for many, where it is neither quoted nor part of an assignment. */
static char
pattern_sign(char c, char quote, enum mode mode)
{
	if (quote || mode == WHOLE)
		return c;
	if (c == '*')
		return ANY_TEXT;
	return c == '?' ? ANY_CHAR : c;
}

static void
expand_token(struct command *command, const struct token *token, enum mode mode)
{
	const char *text = token->start;
	char quote = 0;

	while (text < token->end) {
		if (*text == quote || (!quote && (*text == '\'' || *text == '"'))) {
			begin_word(command); /* "" is a word too */
			quote = quote ? 0 : *text;
			text++;
		} else if (*text == '\\' && quote != '\'') {
			text = add_backslashed(command, text, quote == '"');
		} else if (*text == '$' && quote != '\'') {
			text = add_variable(command, text, quote ? QUOTED : mode);
		} else {
			add_char(command, pattern_sign(*text++, quote, mode));
		}
	}
}

static bool
is_assignment(const struct token *token)
{
	int length = name_length(token->start);

	return length > 0 && token->start[length] == '=';
}

/* The redirection at TOKEN, and the name behind it, which is one word whatever is in it. */
static void
add_redirection(struct command *command, const struct token *token)
{
	struct redirection *redirection = &command->redirections[command->redirected];

	begin_word(command);
	expand_token(command, token + 1, WHOLE);
	if (command->redirected == MAX_REDIRECTIONS) {
		command->too_long = true;
		return;
	}
	redirection->operator = token->start;
	redirection->name = end_word(command);
	command->redirected++;
}

bool
expand_command(struct command *command, const struct token *from, const struct token *to)
{
	bool assigning = true;

	command->arguments = command->words;
	command->redirected = 0;
	command->count = 0;
	command->too_long = false;
	command->next = command->text;
	for (const struct token *token = from; token < to; token++) {
		if (token->kind == REDIRECT) {
			add_redirection(command, token++);
			continue;
		}
		assigning = assigning && is_assignment(token);
		expand_token(command, token, assigning ? WHOLE : SPLIT);
		keep_word(command);
		if (assigning)
			command->arguments = command->words + command->count;
	}
	command->words[command->count] = NULL;
	if (command->too_long)
		complain("this command is too long");
	return !command->too_long;
}
