/*
 * init: process 1. Starts one child with the console as its descriptors 0, 1 and 2: the run's own
 * program if the archive has the file /etc/run, otherwise the shell. Buries every orphan, and when
 * the child has ended makes a clean end: kills who is left, and exits with the child's status,
 * which ends the machine. Whatever goes wrong here has status 125: nothing was run.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define RUN_FILE "/etc/run"

static char *environment[] = {
	"PATH=/bin", "HOME=/", "TERM=linux", "USER=root", "LOGNAME=root", "SHELL=/bin/sh", NULL};

static void
die(const char *what)
{
	fprintf(stderr, "init: %s: %s\n", what, strerror(errno));
	exit(125);
}

static void
open_console(void)
{
	int console = open("/dev/console", O_RDWR);

	if (console < 0)
		exit(125); /* and nobody to tell it to */
	for (int i = 0; i <= 2; i++) {
		if (console != i && dup2(console, i) < 0)
			exit(125);
	}
	if (console > 2)
		close(console);
}

/* Reads all of RUN_FILE and a NUL. Returns NULL if there is no such file. */
static char *
read_run_file(size_t *size)
{
	struct stat stat;
	int file = open(RUN_FILE, O_RDONLY);

	if (file < 0)
		return NULL;
	if (fstat(file, &stat) < 0)
		die(RUN_FILE);
	char *text = malloc(stat.st_size + 1);
	if (!text || read(file, text, stat.st_size) != stat.st_size)
		die(RUN_FILE);
	close(file);
	text[stat.st_size] = '\0';
	*size = stat.st_size;
	return text;
}

/* RUN_FILE is an argument vector: strings separated by NUL. Returns NULL if there is none. */
static char **
run_arguments(void)
{
	size_t size;
	char *text = read_run_file(&size);

	if (!text)
		return NULL;
	size_t count = 1;
	for (size_t i = 0; i < size; i++)
		count += text[i] == '\0';
	char **arguments = calloc(count + 1, sizeof *arguments);
	if (!arguments)
		die(RUN_FILE);
	count = 0;
	for (char *word = text; word < text + size; word += strlen(word) + 1)
		arguments[count++] = word;
	return arguments;
}

/*
 * The program leads a process group of its own, and that is the console's foreground group: ^C is
 * for it and never for init. Both sides say so, whichever comes first.
 */
static void
put_in_front(pid_t program)
{
	setpgid(program, program);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(0, program);
	signal(SIGTTOU, SIG_DFL);
}

/*
 * The shell leads a session that has the console, too: then it may use memory that others may not.
 */
static void
give_console(void)
{
	setsid();
	ioctl(0, TIOCSCTTY, 0);
}

static pid_t
start(char **arguments, bool is_shell)
{
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (child > 0) {
		if (!is_shell)
			put_in_front(child);
		return child;
	}
	if (is_shell)
		give_console();
	else
		put_in_front(getpid());
	execve(arguments[0], arguments, environment);
	fprintf(stderr, "init: cannot run %s: %s\n", arguments[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static int
bury_until(pid_t child)
{
	int status;
	pid_t dead;

	do
		dead = wait(&status);
	while (dead != child && dead > 0);
	if (dead < 0)
		die("wait");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* False if the console is a pipe into the machine: that one edits no lines. */
static bool
somebody_is_there(void)
{
	struct termios settings;

	return tcgetattr(0, &settings) == 0 && settings.c_lflag & ICANON;
}

int
main(void)
{
	static char *shell[] = {"/bin/sh", NULL};
	char **arguments;

	open_console();
	arguments = run_arguments();
	if (!arguments) {
		arguments = shell;
		if (somebody_is_there())
			printf("\nnopage. Type help; leave with exit, poweroff or ^D.\n\n");
		fflush(stdout);
	}
	int status = bury_until(start(arguments, arguments == shell));
	kill(-1, SIGKILL);
	while (wait(NULL) > 0)
		;
	return status;
}
