/*
 * shm_explain PROGRAM [WORD]…: runs the program, and tells which check of the kernel's refused its
 * last call of System V IPC, and what it compared. Ends with the program's status.
 *
 * The kernel keeps that in the process, dead or not, until somebody has waited for it: so we look
 * before we wait.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
note_end(int number)
{
	(void)number; /* that it came is enough: it ends sigsuspend */
}

static pid_t
start(char **words, const sigset_t *mask)
{
	pid_t child = fork();

	if (child < 0) {
		perror("shm_explain: fork");
		exit(125);
	}
	if (child > 0)
		return child;
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(words[0], words);
	fprintf(stderr, "shm_explain: %s: %s\n", words[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* What its file says: a number, and the words. */
static void
explain(pid_t child)
{
	char path[40], words[192];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/ipc_error", (int)child);
	file = fopen(path, "r");
	if (!file)
		fprintf(stderr, "shm_explain: %s: %s\n", path, strerror(errno));
	else if (fscanf(file, "%*d %191[^\n]", words) == 1)
		fprintf(stderr, "shm_explain: %s\n", words);
	else
		fprintf(stderr, "shm_explain: no call was refused\n");
	if (file)
		fclose(file);
}

int
main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = note_end, .sa_flags = SA_NOCLDSTOP};
	sigset_t ends, before;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: shm_explain PROGRAM [WORD]…\n");
		return 2;
	}
	/* Blocked until we wait for it, the signal cannot come too early. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, &before);
	sigaction(SIGCHLD, &action, NULL);
	pid_t child = start(argv + 1, &before);
	sigdelset(&before, SIGCHLD);
	sigsuspend(&before);
	explain(child);
	if (waitpid(child, &status, 0) < 0)
		return 125;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
