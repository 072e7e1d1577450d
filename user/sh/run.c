/* Running a line: commands between ; and &, joined by && and ||, each a program or a builtin. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

static void
assign(const struct command *command, void (*how)(const char *assignment))
{
	for (char *const *word = command->words; word < command->arguments; word++)
		how(*word);
}

/* Makes the named file descriptor 0. */
static void
redirect(const char *input)
{
	int file = open(input, O_RDONLY);

	if (file < 0) {
		complain("%s: %s", input, strerror(errno));
		_exit(1);
	}
	dup2(file, 0);
	close(file);
}

/* Becomes the program, or says why not and ends with 127 (not found) or 126. */
static void
execute(char **arguments)
{
	const char *name = arguments[0];

	execvp(name, arguments);
	if (errno == ENOENT)
		complain("%s: not found (`ls /bin` shows the programs; `help` what else there is)",
			name);
	else if (errno == ENOEXEC)
		complain("%s: not a program for this machine (for a script: sh %s)", name, name);
	else
		complain("%s: %s", name, strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* Runs the command in this process, which is a child, and ends it. */
static void
become(struct command *command)
{
	int status = 0;

	if (command->input)
		redirect(command->input);
	assign(command, export_variable);
	if (*command->arguments && !run_builtin(command->arguments, &status))
		execute(command->arguments);
	exit(status);
}

static int
fork_and_wait(struct command *command)
{
	pid_t child = fork();

	if (child == 0) {
		job_enter_child(false);
		become(command);
	}
	if (child > 0)
		return job_wait_in_front(child);
	complain("fork: %s", strerror(errno));
	return 126;
}

/* Builtins are done here; but one with `<` gets a child, or the file would stay descriptor 0. */
static int
run_command(const struct token *from, const struct token *to)
{
	static struct command command;
	int status = 0;

	if (!expand_command(&command, from, to))
		return 2;
	if (!*command.arguments)
		assign(&command, set_variable);
	if (!command.input && (!*command.arguments || run_builtin(command.arguments, &status)))
		return status;
	return fork_and_wait(&command);
}

static const struct token *
end_of_command(const struct token *token)
{
	while (token->kind == WORD || token->kind == FROM)
		token++;
	return token;
}

static const struct token *
end_of_list(const struct token *token)
{
	while (token->kind != NEXT && token->kind != BEHIND && token->kind != END)
		token++;
	return token;
}

/* a && b || c: each runs, or does not, by the status of the last one that ran. */
static void
run_list(const struct token *from, const struct token *to)
{
	enum token_kind joint = NEXT;

	while (from < to) {
		const struct token *end = end_of_command(from);
		if (joint == NEXT || (joint == AND_THEN) == (shell.status == 0))
			shell.status = run_command(from, end);
		joint = end->kind;
		from = end + 1;
	}
}

/* A lone command becomes the child itself, so that `kill $!` meets it and not a shell around it. */
static void
run_in_child(const struct token *from, const struct token *to)
{
	static struct command command;

	job_enter_child(true);
	if (end_of_command(from) == to)
		expand_command(&command, from, to) ? become(&command) : exit(2);
	run_list(from, to);
	exit(shell.status);
}

static void
run_behind(const struct token *from, const struct token *to)
{
	pid_t child = fork();

	if (child == 0)
		run_in_child(from, to);
	if (child > 0)
		job_add(child, from->start, to[-1].end);
	else
		complain("fork: %s", strerror(errno));
	shell.status = child > 0 ? 0 : 126;
}

void
run_line(const struct token *token)
{
	while (token->kind != END) {
		const struct token *end = end_of_list(token);
		if (end->kind == BEHIND)
			run_behind(token, end);
		else
			run_list(token, end);
		token = end->kind == END ? end : end + 1;
	}
}
