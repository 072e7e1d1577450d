/*
 * Jobs: who runs behind, who has the terminal, and what became of each. A job is a pipeline; at a
 * terminal its processes have a group of their own, and ^C and ^Z go to the group in front.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sh.h"

#define MAX_JOBS 32

static struct job jobs[MAX_JOBS]; /* state NONE: the place may be taken */

#define for_each_job(each) for (struct job *each = jobs; each < jobs + MAX_JOBS; each++)

/* Signals of the terminal, which mean the job in front and not the shell. */
static void
handle_keys(void (*how)(int))
{
	signal(SIGINT, how);
	signal(SIGTSTP, how);
	signal(SIGTTOU, how); /* we take the terminal back while it is another's */
}

void
job_setup(void)
{
	shell.job_control = tcgetpgrp(0) >= 0;
	if (!shell.job_control)
		return;
	handle_keys(SIG_IGN);
	setpgid(0, 0);
	tcsetpgrp(0, getpgrp());
}

void
job_begin(struct job *job, const char *text, const char *end)
{
	memset(job, 0, sizeof *job);
	job->state = RUNNING;
	snprintf(job->text, sizeof job->text, "%.*s", (int)(end - text), text);
}

void
job_forget(void)
{
	if (shell.job_control)
		handle_keys(SIG_DFL);
	shell.job_control = shell.prompts = false; /* what a subshell starts is part of its job */
}

/* Parent and child both call this, so that it holds from the start for whoever comes first. */
static void
place(pid_t child, pid_t leader, bool behind)
{
	setpgid(child, leader);
	if (!behind)
		tcsetpgrp(0, leader);
}

pid_t
job_fork(struct job *job, bool behind)
{
	if (job->count == MAX_MEMBERS) {
		complain("more than %d commands in one pipeline", MAX_MEMBERS);
		return -1;
	}
	pid_t child = fork();
	if (child < 0) {
		complain("fork: %s", strerror(errno));
		return -1;
	}
	pid_t self = child ? child : getpid();
	if (shell.job_control)
		place(self, job->count ? job->members[0] : self, behind);
	if (child) {
		job->members[job->count++] = child;
		return child;
	}
	job_forget();
	return 0;
}

/* Notes what became of the members. `how`: WNOHANG, or 0 to wait till all ended or one stopped. */
static void
look_at(struct job *job, int how)
{
	if (job->state != RUNNING)
		return;
	while (job->waited < job->count) {
		pid_t ended =
			waitpid(job->members[job->waited], &job->status, WUNTRACED | how);
		if (ended == 0)
			return;
		if (ended > 0 && WIFSTOPPED(job->status)) {
			job->state = STOPPED;
			return;
		}
		job->waited++;
	}
	job->state = ENDED;
}

static int
exit_status(const struct job *job)
{
	int status = job->status;

	if (job->count == 0)
		return 126; /* nothing could be started */
	if (WIFSTOPPED(status))
		return 128 + WSTOPSIG(status);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/*
 * Says what a signal did to the program in front; after a ^C its line is only ended. Who wrote
 * into a pipe that nobody reads is no news.
 */
static void
explain_signal(int status)
{
	if (!WIFSIGNALED(status) || WTERMSIG(status) == SIGPIPE)
		return;
	if (WTERMSIG(status) != SIGINT)
		fprintf(stderr, "%s\n", strsignal(WTERMSIG(status)));
	else if (shell.prompts)
		fputc('\n', stderr);
}

static void
print_job(const struct job *job, FILE *stream)
{
	char state[32] = "Running";

	if (job->state == STOPPED)
		strcpy(state, "Stopped");
	else if (job->state == ENDED && WIFSIGNALED(job->status))
		snprintf(state, sizeof state, "%s", strsignal(WTERMSIG(job->status)));
	else if (job->state == ENDED && WEXITSTATUS(job->status) != 0)
		snprintf(state, sizeof state, "Exit %d", WEXITSTATUS(job->status));
	else if (job->state == ENDED)
		strcpy(state, "Done");
	fprintf(stream, "[%d] %-5d %-20s %s\n", (int)(job - jobs) + 1, (int)job->members[0], state,
		job->text);
}

/* Its place in the list; NULL: the list is full. */
static struct job *
file(const struct job *job)
{
	for_each_job(place) {
		if (place->state == NONE) {
			*place = *job;
			return place;
		}
	}
	return NULL;
}

/* A job that was stopped goes on the list, unless it stands there already. */
static void
tell_of_stop(struct job *job)
{
	bool listed = job >= jobs && job < jobs + MAX_JOBS;
	struct job *place = listed ? job : file(job);

	fputc('\n', stderr);
	if (place)
		print_job(place, stderr);
	else
		complain("%s is stopped, but the list of jobs is full", job->text);
}

int
job_wait_in_front(struct job *job)
{
	look_at(job, 0);
	if (shell.job_control)
		tcsetpgrp(0, getpgrp());
	if (job->state == STOPPED)
		tell_of_stop(job);
	else if (job->count)
		explain_signal(job->status);
	return exit_status(job);
}

void
job_put_behind(const struct job *job)
{
	struct job *place = file(job);

	shell.last_behind = job->members[job->count - 1];
	if (!place)
		complain("%s runs behind, but the list of jobs is full", job->text);
	else if (shell.prompts)
		fprintf(stderr, "[%d] %d\n", (int)(place - jobs) + 1, (int)job->members[0]);
}

static bool
has_member(const struct job *job, pid_t pid)
{
	for (int i = 0; i < job->count; i++)
		if (job->members[i] == pid)
			return true;
	return false;
}

struct job *
job_find(const char *name, const char *asker)
{
	int number = atoi(name + (*name == '%'));

	for_each_job(job) {
		bool found = *name == '%' ? job - jobs + 1 == number : has_member(job, number);
		if (job->state != NONE && found)
			return job;
	}
	complain("%s: %s is no job of this shell", asker, name);
	return NULL;
}

void
job_target(const struct job *job, char text[16])
{
	snprintf(text, 16, "%s%d", shell.job_control ? "-" : "", (int)job->members[0]);
}

int
job_continue(struct job *job, bool in_front)
{
	fprintf(stderr, "%s\n", job->text);
	if (in_front && shell.job_control)
		tcsetpgrp(0, job->members[0]);
	kill(shell.job_control ? -job->members[0] : job->members[0], SIGCONT);
	if (job->state == STOPPED)
		job->state = RUNNING;
	if (!in_front)
		return 0;
	int status = job_wait_in_front(job);
	if (job->state == ENDED)
		job->state = NONE;
	return status;
}

void
job_show(bool all)
{
	for_each_job(job) {
		bool was_running = job->state == RUNNING;
		look_at(job, WNOHANG);
		if (job->state == ENDED || (job->state == STOPPED && was_running) ||
			(job->state != NONE && all))
			print_job(job, stdout);
		if (job->state == ENDED)
			job->state = NONE;
	}
	fflush(stdout);
}

/* The terminal is its for so long: what runs behind may want to read. */
int
job_wait(struct job *job)
{
	int status = 0;

	for_each_job(each) {
		if (each->state == NONE || (job && each != job))
			continue;
		if (shell.job_control && each->state == RUNNING)
			tcsetpgrp(0, each->members[0]);
		look_at(each, 0);
		if (shell.job_control)
			tcsetpgrp(0, getpgrp());
		if (job)
			status = exit_status(each);
		if (each->state == ENDED)
			each->state = NONE;
	}
	return status;
}
