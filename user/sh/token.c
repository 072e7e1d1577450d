/* Cutting a line into words and operators. Quotes stay in the words: expand.c needs to see them. */

#include <ctype.h>
#include <string.h>

#include "sh.h"

#define BLANKS " \t"

/* The longer ones first. */
static const struct {
	const char *text;
	enum token_kind kind;
} operators[] = {{"&&", AND_THEN}, {"||", OR_ELSE}, {">>", REDIRECT}, {">&", REDIRECT},
	{">", REDIRECT}, {"<", REDIRECT}, {"|", PIPE}, {"&", BEHIND}, {";", NEXT}, {"\n", NEXT}};

/* Returns the length of the operator that TEXT begins with, and its kind; 0 if it is none. */
static int
match_operator(const char *text, enum token_kind *kind)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		int length = strlen(operators[i].text);
		*kind = operators[i].kind;
		if (strncmp(text, operators[i].text, length) == 0)
			return length;
	}
	return 0;
}

/* The same where a token begins: there a digit may belong to a redirection. */
static int
match_first(const char *text, enum token_kind *kind)
{
	int digit = isdigit((unsigned char)*text) && (text[1] == '<' || text[1] == '>');
	int length = match_operator(text + digit, kind);

	return length ? digit + length : 0;
}

static const char *
skip_blanks_and_comment(const char *text)
{
	text += strspn(text, BLANKS);
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
	enum token_kind kind;

	while (text && *text && !strchr(BLANKS, *text) && !match_operator(text, &kind)) {
		if (*text == '\'' || *text == '"')
			text = skip_quoted(text);
		else if (*text != '\\')
			text++;
		else if (text[1] == '\0' || strcmp(text + 1, "\n") == 0)
			return NULL;
		else
			text += 2;
	}
	return text;
}

/* A redirection needs a word behind it, the other operators one before them. */
static bool
may_follow(enum token_kind before, enum token_kind kind)
{
	switch (kind) {
	case WORD:
		return true;
	case REDIRECT:
	case END:
		return before != REDIRECT;
	default:
		return before == WORD;
	}
}

static enum line_state
check_order(const struct token *token)
{
	enum token_kind before = NEXT; /* a line begins as if after `;` */

	for (; may_follow(before, token->kind); token++) {
		if (token->kind == END)
			return before == PIPE || before == AND_THEN || before == OR_ELSE
				       ? LINE_UNFINISHED
				       : LINE_COMPLETE;
		before = token->kind;
	}
	if (token->kind == END || *token->start == '\n')
		complain("a word is missing at the end");
	else
		complain("a word is missing before `%.*s`", (int)(token->end - token->start),
			token->start);
	return LINE_WRONG;
}

/* A newline ends a command; where there is none to end it is just a blank. */
static bool
is_idle_newline(const struct token *token, const struct token *first)
{
	return *token->start == '\n' &&
	       (token == first || (token[-1].kind != WORD && token[-1].kind != REDIRECT));
}

enum line_state
tokenise(const char *line, struct token *tokens)
{
	struct token *token = tokens;

	for (;;) {
		token->start = skip_blanks_and_comment(line);
		line = token->start + match_first(token->start, &token->kind);
		if (line == token->start) {
			token->kind = *line ? WORD : END;
			line = skip_word(line);
			if (!line)
				return LINE_UNFINISHED;
		}
		token->end = line;
		if (token->kind == END)
			return check_order(tokens);
		if (!is_idle_newline(token, tokens))
			token++;
	}
}
