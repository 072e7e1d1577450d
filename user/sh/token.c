/* Cutting a line into words and operators. Quotes stay in the words: expand.c needs to see them. */

#include <stdlib.h>
#include <string.h>

#include "sh.h"

static const struct {
	const char *text;
	enum token_kind kind;
} operators[] = {{"&&", THEN}, {"||", OR_ELSE}, {"&", AND_GO_ON}, {";", SEMICOLON}, {"<", FROM}};

#define OPERATOR_COUNT (sizeof operators / sizeof *operators)

/* Returns the index of the operator at TEXT, or -1. */
static int
find_operator(const char *text)
{
	for (size_t i = 0; i < OPERATOR_COUNT; i++) {
		if (strncmp(text, operators[i].text, strlen(operators[i].text)) == 0)
			return i;
	}
	return -1;
}

static const char *
skip_blanks_and_comment(const char *text)
{
	while (*text && strchr(" \t\n", *text))
		text++;
	return *text == '#' ? text + strcspn(text, "\n") : text;
}

/* Returns the end of the quoted part that begins at TEXT, or NULL if it does not end. */
static const char *
skip_quoted(const char *text)
{
	char quote = *text++;

	for (; *text && *text != quote; text++) {
		if (quote == '"' && *text == '\\' && text[1])
			text++;
	}
	return *text ? text + 1 : NULL;
}

/* Returns the end of the word that begins at TEXT, or NULL if the line ends inside it. */
static const char *
skip_word(const char *text)
{
	while (text && *text && !strchr(" \t\n", *text) && find_operator(text) < 0) {
		if (*text == '\'' || *text == '"')
			text = skip_quoted(text);
		else if (*text == '\\')
			text = text[1] && strcmp(text + 1, "\n") != 0 ? text + 2 : NULL;
		else
			text++;
	}
	return text;
}

/* Reads one token at *text and moves *text behind it. False if the line ends inside it. */
static bool
next_token(const char **text, struct token *token)
{
	const char *start = skip_blanks_and_comment(*text);
	int operator = find_operator(start);

	token->word = NULL;
	if (*start == '\0') {
		token->kind = END;
		*text = start;
	} else if (operator >= 0) {
		token->kind = operators[operator].kind;
		*text = start + strlen(operators[operator].text);
	} else {
		const char *end = skip_word(start);
		if (!end)
			return false;
		token->kind = WORD;
		token->word = resize(NULL, end - start + 1);
		memcpy(token->word, start, end - start);
		token->word[end - start] = '\0';
		*text = end;
	}
	return true;
}

static const char *
token_text(const struct token *token)
{
	for (size_t i = 0; i < OPERATOR_COUNT; i++) {
		if (operators[i].kind == token->kind)
			return operators[i].text;
	}
	return token->kind == WORD ? token->word : "end of the line";
}

/* Every operator needs a command, or a file name, on the side that it joins. */
static enum line_state
check_order(const struct token *token)
{
	enum token_kind before = SEMICOLON; /* a line begins as if after one */

	for (;; before = token++->kind) {
		if (token->kind == WORD || (token->kind == FROM && before != FROM))
			continue;
		if (before == WORD || (token->kind == END && before != FROM)) {
			if (token->kind == END && (before == THEN || before == OR_ELSE))
				return LINE_UNFINISHED;
			if (token->kind == END)
				return LINE_COMPLETE;
			continue;
		}
		complain("there is nothing before `%s` that it could act on", token_text(token));
		return LINE_WRONG;
	}
}

void
free_tokens(struct token *tokens)
{
	for (struct token *token = tokens; token->kind != END; token++)
		free(token->word);
	free(tokens);
}

enum line_state
tokenise(const char *text, struct token **tokens)
{
	struct token *list = NULL;
	int count = 0;
	enum line_state state;

	do {
		list = resize(list, (count + 1) * sizeof *list);
		if (!next_token(&text, &list[count])) {
			list[count].kind = END;
			free_tokens(list);
			return LINE_UNFINISHED;
		}
	} while (list[count++].kind != END);
	state = check_order(list);
	if (state == LINE_COMPLETE)
		*tokens = list;
	else
		free_tokens(list);
	return state;
}
