/*
 * Jobs: which children there are, who has the terminal, and what became of each. Each job is one
 * process (there are no pipes) in a group of its own; ^C goes to the group that has the terminal.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sh.h"

struct job {
	struct job *next; /* sorted by number */
	int number;
	pid_t pid;
	bool done;
	int status;
	char *text;
};

static struct job *jobs;

void
job_setup(void)
{
	shell.job_control = tcgetpgrp(0) >= 0;
	if (!shell.job_control)
		return;
	signal(SIGINT, SIG_IGN);
	signal(SIGTTOU, SIG_IGN); /* we take the terminal back from behind */
	setpgid(0, 0);
	tcsetpgrp(0, getpgrp());
}

void
job_enter_child(bool behind)
{
	if (!shell.job_control)
		return;
	setpgid(0, 0);
	if (!behind)
		tcsetpgrp(0, getpid());
	signal(SIGINT, SIG_DFL);
	signal(SIGTTOU, SIG_DFL);
	shell.job_control = shell.prompts = false; /* a subshell is part of its job */
}

static int
exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* A child has ended: notes it if it is a job. */
static void
note_end(pid_t pid, int status)
{
	for (struct job *job = jobs; job; job = job->next) {
		if (job->pid == pid && !job->done) {
			job->done = true;
			job->status = status;
		}
	}
}

/* Says what a signal did to the job in front; ^C has been seen by whoever typed it. */
static void
explain_signal(int status)
{
	if (!WIFSIGNALED(status))
		return;
	if (WTERMSIG(status) != SIGINT)
		fprintf(stderr, "%s\n", strsignal(WTERMSIG(status)));
	else if (shell.prompts)
		fputc('\n', stderr);
}

int
job_wait_in_front(pid_t child)
{
	int status = 0;
	pid_t ended;

	if (shell.job_control) {
		setpgid(child, child); /* the child does both too: whoever comes first */
		tcsetpgrp(0, child);
	}
	while ((ended = waitpid(-1, &status, 0)) != child && ended > 0)
		note_end(ended, status);
	if (shell.job_control)
		tcsetpgrp(0, getpgrp());
	explain_signal(status);
	return exit_status(status);
}

/* The words as they were typed, with a blank between them. */
static char *
command_text(const struct token *tokens, int count)
{
	static const char *const text[] = {
		[THEN] = "&&", [OR_ELSE] = "||", [FROM] = "<", [END] = ""};
	size_t size = 1;
	char *result = resize(NULL, size);

	result[0] = '\0';
	for (int i = 0; i < count; i++) {
		const char *word = tokens[i].word ? tokens[i].word : text[tokens[i].kind];
		size += strlen(word) + 1;
		result = resize(result, size);
		strcat(strcat(result, i > 0 ? " " : ""), word);
	}
	return result;
}

void
job_add(pid_t child, const struct token *tokens, int count)
{
	struct job **end = &jobs, *job = resize(NULL, sizeof *job);
	int number = 1;

	for (; *end; end = &(*end)->next)
		number = (*end)->number + 1;
	*job = (struct job){.number = number, .pid = child, .text = command_text(tokens, count)};
	*end = job;
	if (shell.job_control)
		setpgid(child, child);
	shell.last_behind = child;
	if (shell.prompts)
		fprintf(stderr, "[%d] %d\n", number, (int)child);
}

static void
print_job(FILE *file, const struct job *job)
{
	char state[32] = "Running";

	if (job->done && WIFSIGNALED(job->status))
		snprintf(state, sizeof state, "%s", strsignal(WTERMSIG(job->status)));
	else if (job->done && WEXITSTATUS(job->status) != 0)
		snprintf(state, sizeof state, "Exit %d", WEXITSTATUS(job->status));
	else if (job->done)
		strcpy(state, "Done");
	fprintf(file, "[%d] %-5d %-20s %s\n", job->number, (int)job->pid, state, job->text);
}

static void
forget(struct job **place)
{
	struct job *job = *place;

	*place = job->next;
	free(job->text);
	free(job);
}

/* Collects who has ended, shows the jobs (all, or those that are done) and forgets the done ones. */
static void
show(FILE *file, bool running_too)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		note_end(pid, status);
	for (struct job **place = &jobs; *place;) {
		if (running_too || (*place)->done)
			print_job(file, *place);
		if ((*place)->done)
			forget(place);
		else
			place = &(*place)->next;
	}
}

void
job_report(void)
{
	show(stderr, false);
}

void
job_list(void)
{
	show(stdout, true);
}

static struct job **
find(pid_t pid)
{
	struct job **place = &jobs;

	while (*place && pid != 0 && (*place)->pid != pid)
		place = &(*place)->next;
	return place;
}

int
job_wait_for(pid_t pid)
{
	int status, result = pid ? 127 : 0;
	struct job **place;

	while (*(place = find(pid))) {
		while (!(*place)->done) {
			pid_t ended = waitpid(-1, &status, 0);
			note_end(ended > 0 ? ended : (*place)->pid, ended > 0 ? status : 0);
		}
		if (pid)
			result = exit_status((*place)->status);
		forget(place);
	}
	return result;
}
