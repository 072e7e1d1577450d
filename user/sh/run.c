/*
 * Running a line: pipelines between ; and &, joined by && and ||. A pipeline is commands between |,
 * each a program or a builtin.
 */

#include <errno.h>
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

void
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
become(const struct token *from, const struct token *to)
{
	static struct command command;

	if (!expand_command(&command, from, to))
		exit(2);
	if (!redirect(command.redirections, command.redirected, NULL))
		exit(1);
	assign(&command, export_variable);
	if (!*command.arguments)
		exit(0);
	builtin *run = find_builtin(*command.arguments);
	if (run)
		exit(run(command.arguments));
	execute(command.arguments);
}

/*
 * What the shell must do itself: builtins, and assignments without a program. Returns false if the
 * command needs a child.
 */
static bool
run_here(const struct token *from, const struct token *to, int *status)
{
	static struct command command;
	struct saved saved = {0};

	*status = 2;
	if (!expand_command(&command, from, to))
		return true;
	builtin *run = *command.arguments ? find_builtin(*command.arguments) : NULL;
	if (*command.arguments && !run)
		return false;
	*status = 1;
	if (redirect(command.redirections, command.redirected, &saved)) {
		assign(&command, set_variable);
		*status = run ? run(command.arguments) : 0;
		fflush(stdout);
	}
	restore(&saved);
	return true;
}

static const struct token *
end_of_command(const struct token *token)
{
	while (token->kind == WORD || token->kind == REDIRECT)
		token++;
	return token;
}

static const struct token *
end_of_pipeline(const struct token *token)
{
	while (token->kind == WORD || token->kind == REDIRECT || token->kind == PIPE)
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

static void
move(int from, int to)
{
	if (from == to)
		return;
	dup2(from, to);
	close(from);
}

/*
 * Starts the command that stands in [from, to) with what the one before it writes, `input`, and its
 * own output in a new pipe unless it is the last. Returns what the next one reads; -1 after the
 * last one, or a complaint.
 */
static int
start_member(struct job *job, const struct token *from, const struct token *to, int input)
{
	bool last = to->kind != PIPE;
	int ends[2] = {-1, 1};

	if (!last && pipe(ends) < 0) {
		complain("pipe: %s", strerror(errno));
		return -1;
	}
	pid_t child = job_fork(job, false);
	if (child == 0) {
		if (!last)
			close(ends[0]);
		move(input, 0);
		move(ends[1], 1);
		become(from, to);
	}
	if (input != 0)
		close(input);
	if (!last)
		close(ends[1]);
	if (child < 0 && !last)
		close(ends[0]);
	return child < 0 ? -1 : ends[0];
}

static int
run_pipeline(const struct token *from, const struct token *to)
{
	struct job job;
	int status, input = 0, commands = 0;

	if (end_of_command(from) == to && run_here(from, to, &status))
		return status;
	job_begin(&job, from->start, to[-1].end);
	do {
		const struct token *end = end_of_command(from);
		input = start_member(&job, from, end, input);
		from = end + 1;
		commands++;
	} while (input >= 0);
	status = job_wait_in_front(&job);
	return job.count == commands ? status : 126;
}

int
run_program(char **arguments)
{
	struct job job;

	job_begin(&job, arguments[0], arguments[0] + strlen(arguments[0]));
	if (job_fork(&job, false) == 0)
		execute(arguments);
	return job_wait_in_front(&job);
}

/* a && b || c: each runs, or does not, by the status of the last one that ran. */
static void
run_list(const struct token *from, const struct token *to)
{
	enum token_kind joint = NEXT;

	while (from < to) {
		const struct token *end = end_of_pipeline(from);
		if (joint == NEXT || (joint == AND_THEN) == (shell.status == 0))
			shell.status = run_pipeline(from, end);
		joint = end->kind;
		from = end + 1;
	}
}

/* A lone command becomes the child itself, so that `kill $!` meets it and not a shell around it. */
static void
run_behind(const struct token *from, const struct token *to)
{
	struct job job;

	job_begin(&job, from->start, to[-1].end);
	pid_t child = job_fork(&job, true);
	if (child == 0) {
		if (end_of_command(from) == to)
			become(from, to);
		run_list(from, to);
		exit(shell.status);
	}
	if (child > 0)
		job_put_behind(&job);
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
