/*
 * Jobs: who runs behind, who has the terminal, and what became of each. A job is one process (there
 * are no pipes) in a group of its own, and ^C goes to the group that has the terminal.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sh.h"

#define MAX_JOBS 32

static struct job {
	enum { TOLD, RUNNING, ENDED } state; /* TOLD: ended, and shown; the place may be taken */
	pid_t pid;
	int status; /* as from wait */
	char text[60];
} jobs[MAX_JOBS];

#define for_each_job(job) for (struct job *job = jobs; job < jobs + MAX_JOBS; job++)

void
job_setup(void)
{
	shell.job_control = tcgetpgrp(0) >= 0;
	if (!shell.job_control)
		return;
	signal(SIGINT, SIG_IGN);
	signal(SIGTTOU, SIG_IGN); /* we take the terminal back while it is another's */
	setpgid(0, 0);
	tcsetpgrp(0, getpgrp());
}

/* Parent and child both call this, so that it holds from the start for whoever comes first. */
static void
place_child(pid_t child, bool behind)
{
	setpgid(child, child);
	if (!behind)
		tcsetpgrp(0, child);
}

void
job_enter_child(bool behind)
{
	if (!shell.job_control)
		return;
	place_child(getpid(), behind);
	signal(SIGINT, SIG_DFL);
	signal(SIGTTOU, SIG_DFL);
	shell.job_control = shell.prompts = false; /* what a subshell starts is part of its job */
}

static int
exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void
note_end(pid_t pid, int status)
{
	for_each_job(job)
	{
		if (job->pid == pid && job->state == RUNNING) {
			job->state = ENDED;
			job->status = status;
		}
	}
}

/* Says what a signal did to the program in front; after a ^C its line is only ended. */
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

/* Returns the status as from wait. Jobs that end meanwhile, CHILD too if it is one, are noted. */
static int
wait_with_terminal(pid_t child)
{
	int status = 0;
	pid_t ended;

	if (shell.job_control)
		place_child(child, false);
	do {
		ended = waitpid(-1, &status, 0);
		note_end(ended, status);
	} while (ended != child && ended > 0);
	if (shell.job_control)
		tcsetpgrp(0, getpgrp());
	return status;
}

int
job_wait_in_front(pid_t child)
{
	int status = wait_with_terminal(child);

	explain_signal(status);
	return exit_status(status);
}

void
job_add(pid_t child, const char *start, const char *end)
{
	shell.last_behind = child;
	if (shell.job_control)
		place_child(child, true);
	for_each_job(job)
	{
		if (job->state != TOLD)
			continue;
		job->state = RUNNING;
		job->pid = child;
		snprintf(job->text, sizeof job->text, "%.*s", (int)(end - start), start);
		if (shell.prompts)
			fprintf(stderr, "[%d] %d\n", (int)(job - jobs) + 1, (int)child);
		return;
	}
	complain("process %d runs behind, but the list of jobs is full", (int)child);
}

static void
print_job(const struct job *job)
{
	char state[32] = "Running";

	if (job->state == ENDED && WIFSIGNALED(job->status))
		snprintf(state, sizeof state, "%s", strsignal(WTERMSIG(job->status)));
	else if (job->state == ENDED && WEXITSTATUS(job->status) != 0)
		snprintf(state, sizeof state, "Exit %d", WEXITSTATUS(job->status));
	else if (job->state == ENDED)
		strcpy(state, "Done");
	printf("[%d] %-5d %-20s %s\n", (int)(job - jobs) + 1, (int)job->pid, state, job->text);
}

void
job_show(bool all)
{
	int status;
	pid_t ended;

	while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
		note_end(ended, status);
	for_each_job(job)
	{
		if (job->state == ENDED || (all && job->state == RUNNING))
			print_job(job);
		if (job->state == ENDED)
			job->state = TOLD;
	}
	fflush(stdout);
}

int
job_wait(pid_t pid)
{
	int status = pid ? 127 : 0;

	for_each_job(job)
	{
		if (job->pid == 0 || (pid && job->pid != pid))
			continue;
		if (job->state == RUNNING)
			wait_with_terminal(job->pid);
		job->state = TOLD;
		if (pid)
			status = exit_status(job->status);
	}
	return status;
}
