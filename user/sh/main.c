/*
 * sh                 reads commands from standard input; prompts if that is a terminal
 * sh FILE [WORD]…    reads them from FILE
 * sh -c TEXT [WORD]… takes them from TEXT; the words are $0 $1 …
 *
 * Leaves with the status of the last command.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

struct shell shell;

void
complain(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("sh: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

void *
resize(void *old, size_t size)
{
	void *new = realloc(old, size);

	if (!new) {
		complain("out of memory");
		exit(125);
	}
	return new;
}

/*
 * Appends a line with its newline to *line (a string, or NULL). Returns false at the end of the
 * input. It reads byte by byte: what follows the line is for the program that the line starts.
 */
static bool
read_line(int file, char **line)
{
	size_t length = *line ? strlen(*line) : 0;
	char c = 0;

	while (c != '\n' && read(file, &c, 1) == 1) {
		*line = resize(*line, length + 2);
		(*line)[length++] = c;
		(*line)[length] = '\0';
	}
	return c != 0;
}

static void
prompt(const char *text)
{
	if (shell.prompts) {
		job_report();
		fputs(text, stderr);
	}
}

/* Runs all commands of the file; a command may need more than one line. */
static void
run_file(int file)
{
	enum line_state state = LINE_COMPLETE;
	struct token *tokens;
	char *text = NULL;

	prompt("$ ");
	while (read_line(file, &text)) {
		state = tokenise(text, &tokens);
		if (state == LINE_COMPLETE) {
			run_tokens(tokens);
			free_tokens(tokens);
		} else if (state == LINE_WRONG) {
			shell.status = 2;
		}
		if (state != LINE_UNFINISHED) {
			free(text);
			text = NULL;
		}
		prompt(state == LINE_UNFINISHED ? "> " : "$ ");
	}
	if (state == LINE_UNFINISHED) {
		complain("the input ends in the middle of a command");
		shell.status = 2;
	}
	if (shell.prompts)
		fputc('\n', stderr);
	free(text);
}

static void
run_text(const char *text)
{
	struct token *tokens;
	enum line_state state = tokenise(text, &tokens);

	if (state == LINE_UNFINISHED)
		complain("the text ends in the middle of a command");
	if (state != LINE_COMPLETE) {
		shell.status = 2;
		return;
	}
	run_tokens(tokens);
	free_tokens(tokens);
}

static int
open_script(const char *name)
{
	int file = open(name, O_RDONLY);

	if (file < 0) {
		complain("%s: %s", name, strerror(errno));
		exit(127);
	}
	return file;
}

int
main(int argc, char **argv, char **environment)
{
	var_import(environment);
	if (!var_get("PATH"))
		var_set("PATH", "/bin");
	shell.pid = getpid();
	shell.arguments = argv;

	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		if (argv[3])
			shell.arguments = argv + 3;
		run_text(argv[2]);
	} else if (argc > 1) {
		shell.arguments = argv + 1;
		run_file(open_script(argv[1]));
	} else {
		shell.prompts = isatty(0);
		job_setup();
		run_file(0);
	}
	return shell.status;
}
