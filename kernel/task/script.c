/* Scripts: the first line, read as Linux reads it (binfmt_script, execve(2)). */
#include <abi/errno.h>
#include <file/file.h>
#include <lib/string.h>
#include <task/script.h>
#include <task/task.h>

#define LINE_SIZE 256 /* bytes that are looked at */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static char *
skip_blanks(char *at)
{
	while (is_blank(*at))
		at++;
	return at;
}

static char *
skip_word(char *at)
{
	while (*at && !is_blank(*at))
		at++;
	return at;
}

/*
 * Cut the line (LINE_SIZE bytes, and a NUL) behind #! into two words; *argument is NULL when there
 * is one only. -ENOEXEC: none, or one that may go on behind the line.
 */
static int
cut(char *line, char **interpreter, char **argument)
{
	char *end = strchr(line, '\n');
	bool goes_on = !end && strlen(line) == LINE_SIZE;

	if (goes_on && !*skip_word(skip_blanks(line)))
		return -ENOEXEC;
	if (!end)
		end = goes_on ? line + LINE_SIZE - 1 : line + strlen(line);
	while (end > line && is_blank(end[-1]))
		end--;
	*end = '\0';
	*interpreter = skip_blanks(line);
	end = skip_word(*interpreter);
	*argument = *end ? skip_blanks(end) : NULL;
	*end = '\0';
	return **interpreter ? 0 : -ENOEXEC;
}

int
script_words(const char *bytes, size_t size, char *name, struct exec_words *words)
{
	char line[LINE_SIZE + 1] = "", *interpreter, *argument;

	memcpy(line, bytes, size < LINE_SIZE ? size : LINE_SIZE);
	memset(line, ' ', 2); /* the #! */
	int error = cut(line, &interpreter, &argument);
	if (error)
		return error;
	exec_words_pop(words);
	error = exec_words_push(words, name);
	if (!error && argument)
		error = exec_words_push(words, argument);
	if (!error)
		error = exec_words_push(words, interpreter);
	strlcpy(name, interpreter, PATH_SIZE);
	return error;
}
