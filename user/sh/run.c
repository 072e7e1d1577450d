/* Running a line: commands between ; and &, joined by && and ||, each a program or a builtin. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

/* One command, expanded: NAME=value…, then the words, then where its input comes from. */
struct command {
	struct words assignments, words;
	char *input; /* NULL: the shell's own */
};

static bool
is_assignment(const char *raw)
{
	const char *equals = strchr(raw, '=');

	return equals && var_is_name(raw, equals - raw);
}

static void
expand_command(struct command *command, const struct token *tokens, int count)
{
	*command = (struct command){0};
	for (int i = 0; i < count; i++) {
		if (tokens[i].kind == FROM) {
			free(command->input);
			command->input = expand_to_one(tokens[++i].word);
		} else if (command->words.count == 0 && is_assignment(tokens[i].word)) {
			char *text = expand_to_one(tokens[i].word);
			struct words *list = &command->assignments;
			list->word = resize(list->word, (list->count + 1) * sizeof *list->word);
			list->word[list->count++] = text;
		} else {
			expand(&command->words, tokens[i].word);
		}
	}
}

static void
free_command(struct command *command)
{
	free_words(&command->assignments);
	free_words(&command->words);
	free(command->input);
}

static void
assign(struct words *assignments, bool export)
{
	for (int i = 0; i < assignments->count; i++) {
		char *name = assignments->word[i], *equals = strchr(name, '=');
		*equals = '\0';
		var_set(name, equals + 1);
		if (export)
			var_export(name);
		*equals = '=';
	}
}

/* Makes the named file descriptor 0. */
static bool
redirect(const char *input)
{
	int file = open(input, O_RDONLY);

	if (file < 0) {
		complain("%s: %s", input, strerror(errno));
		return false;
	}
	if (file != 0) {
		dup2(file, 0);
		close(file);
	}
	return true;
}

/* Tries NAME in each directory of PATH. Comes back, errno set, only if none could be run. */
static void
execute_by_path(char **arguments)
{
	const char *path = var_get("PATH");
	char full[512];
	int reason = ENOENT;

	for (path = path ? path : "/bin"; *path; path += *path == ':') {
		size_t length = strcspn(path, ":");
		snprintf(full, sizeof full, "%.*s/%s", (int)length, path, arguments[0]);
		execve(full, arguments, var_environment());
		if (errno != ENOENT && errno != ENOTDIR)
			reason = errno;
		path += length;
	}
	errno = reason;
}

/* The end of a child: becomes the program, or says why not and ends with 127 or 126. */
static void
execute(char **arguments)
{
	const char *name = arguments[0];

	if (strchr(name, '/'))
		execve(name, arguments, var_environment());
	else
		execute_by_path(arguments);
	if (errno == ENOENT)
		complain("%s: not found (ls /bin shows what there is, help what the shell knows)",
			name);
	else if (errno == ENOEXEC)
		complain("%s: not a program for this machine (for a script: sh %s)", name, name);
	else
		complain("%s: %s", name, strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* Runs the command in this process, which is a child. Does not come back. */
static void
become(struct command *command)
{
	int status = 0;

	if (command->input && !redirect(command->input))
		_exit(1);
	assign(&command->assignments, true);
	if (command->words.count > 0 && !run_builtin(command->words.word, &status))
		execute(command->words.word);
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

/* `cd` has to be done here; with `< file` a builtin gets a child like everybody, or 0 would stay. */
static int
run_command(struct command *command)
{
	int status = 0;

	if (command->words.count == 0)
		assign(&command->assignments, false);
	if (command->input)
		return fork_and_wait(command);
	if (command->words.count == 0 || run_builtin(command->words.word, &status))
		return status;
	return fork_and_wait(command);
}

static int
find_end(const struct token *tokens, int from, bool whole_list)
{
	int i = from;

	while (tokens[i].kind == WORD || tokens[i].kind == FROM ||
		(whole_list && (tokens[i].kind == THEN || tokens[i].kind == OR_ELSE)))
		i++;
	return i;
}

/* a && b || c: each runs or not by the status of the last one that did. */
static void
run_list(const struct token *tokens, int count)
{
	struct command command;
	int end;

	for (int start = 0; start < count; start = end + 1) {
		bool skipped = start > 0 &&
			(tokens[start - 1].kind == THEN) != (shell.status == 0);
		end = find_end(tokens, start, false);
		if (skipped)
			continue;
		expand_command(&command, tokens + start, end - start);
		shell.status = run_command(&command);
		free_command(&command);
	}
}

/* A lone command becomes the child itself, so that `kill $!` meets it and not a shell around it. */
static void
run_in_child(const struct token *tokens, int count)
{
	struct command command;

	job_enter_child(true);
	if (find_end(tokens, 0, false) == count) {
		expand_command(&command, tokens, count);
		become(&command);
	}
	run_list(tokens, count);
	exit(shell.status);
}

static void
run_behind(const struct token *tokens, int count)
{
	pid_t child = fork();

	if (child == 0)
		run_in_child(tokens, count);
	if (child < 0) {
		complain("fork: %s", strerror(errno));
		shell.status = 126;
		return;
	}
	job_add(child, tokens, count);
	shell.status = 0;
}

void
run_tokens(struct token *tokens)
{
	int start = 0;

	while (tokens[start].kind != END) {
		int end = find_end(tokens, start, true);
		if (tokens[end].kind == AND_GO_ON)
			run_behind(tokens + start, end - start);
		else
			run_list(tokens + start, end - start);
		start = tokens[end].kind == END ? end : end + 1;
	}
}
