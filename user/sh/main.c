/*
 * sh                 reads commands from standard input; prompts if that is a terminal
 * sh FILE [WORD]…    reads them from FILE; the words are $1 $2 …
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
#include <termios.h>
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

/* Runs TEXT unless it is the beginning of something longer; then it returns false. */
static bool
run_text(const char *text)
{
	static struct token tokens[MAX_LINE + 1];
	enum line_state state = LINE_WRONG;

	if (strlen(text) < MAX_LINE)
		state = tokenise(text, tokens);
	else
		complain("more than %d characters at once", MAX_LINE);
	if (state == LINE_COMPLETE)
		run_line(tokens);
	if (state == LINE_WRONG)
		shell.status = 2;
	return state != LINE_UNFINISHED;
}

/*
 * Appends a line, its newline with it, to LINE; what is too much of it is cut off. Returns false at
 * the end of the input. It reads byte by byte: what follows is for the program that the line
 * starts.
 */
static bool
read_line(int file, char line[MAX_LINE + 1])
{
	size_t length = strlen(line);
	char c = 0;

	while (c != '\n' && read(file, &c, 1) == 1) {
		if (length < MAX_LINE)
			line[length++] = c;
	}
	line[length] = '\0';
	return c != 0;
}

/* The sign that a new command may be typed; root's is another, as a warning. */
static const char *
prompt_sign(void)
{
	return geteuid() == 0 ? "# " : "$ ";
}

static void
prompt(const char *text)
{
	if (shell.prompts) {
		job_show(false);
		fputs(text, stderr);
	}
}

static void
complain_of_end(void)
{
	complain("the text ends in the middle of a command");
	shell.status = 2;
}

/* Runs all commands of the file; one command may need several lines. */
static void
run_file(int file)
{
	static char line[MAX_LINE + 1];

	prompt(prompt_sign());
	while (read_line(file, line)) {
		bool complete = run_text(line);
		if (complete)
			line[0] = '\0';
		prompt(complete ? prompt_sign() : "> ");
	}
	if (line[0])
		complain_of_end();
	else if (shell.prompts)
		fputc('\n', stderr);
}

static int
open_script(const char *name)
{
	int file = open(name, O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		complain("%s: %s", name, strerror(errno));
		exit(127);
	}
	return file;
}

/* Somebody types there: it edits lines. A pipe into the machine's console does not. */
static bool
is_interactive(int descriptor)
{
	struct termios settings;

	return tcgetattr(descriptor, &settings) == 0 && settings.c_lflag & ICANON;
}

int
main(int argc, char **argv)
{
	shell.pid = getpid();
	shell.arguments = argv;
	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		if (argc > 3)
			shell.arguments = argv + 3;
		if (!run_text(argv[2]))
			complain_of_end();
	} else if (argc > 1) {
		shell.arguments = argv + 1;
		run_file(open_script(argv[1]));
	} else {
		shell.prompts = is_interactive(0);
		job_setup();
		run_file(0);
	}
	return shell.status;
}
