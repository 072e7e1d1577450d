/* What the shell does itself, because a child could not do it for it. Each returns its status. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sh.h"

extern char **environ;

static int
builtin_cd(char **arguments)
{
	const char *where = arguments[1] ? arguments[1] : "/";

	if (chdir(where) == 0)
		return 0;
	complain("cd: %s: %s", where, strerror(errno));
	return 1;
}

static int
builtin_exit(char **arguments)
{
	exit(arguments[1] ? atoi(arguments[1]) & 0xff : shell.status);
}

/* The program takes the shell's place; the redirections stay. */
static int
builtin_exec(char **arguments)
{
	if (!arguments[1])
		return 0;
	job_forget();
	execute(arguments + 1);
}

static int
builtin_umask(char **arguments)
{
	mode_t before = umask(0);
	char *end;

	umask(before);
	if (!arguments[1]) {
		printf("%04o\n", (unsigned)before);
		return 0;
	}
	unsigned long mask = strtoul(arguments[1], &end, 8);
	if (*end || end == arguments[1]) {
		complain("umask: %s is no octal number", arguments[1]);
		return 1;
	}
	umask(mask & 0777);
	return 0;
}

static int
builtin_wait(char **arguments)
{
	int status = arguments[1] ? 0 : job_wait(NULL);

	for (int i = 1; arguments[i]; i++) {
		struct job *job = job_find(arguments[i], "wait");
		status = job ? job_wait(job) : 127;
	}
	return status;
}

static int
builtin_jobs(char **arguments)
{
	(void)arguments;
	job_show(true);
	return 0;
}

/* fg and bg: the job that is named, or %1. */
static int
go_on(char **arguments, bool in_front)
{
	struct job *job = job_find(arguments[1] ? arguments[1] : "%1", arguments[0]);

	return job ? job_continue(job, in_front) : 1;
}

static int
builtin_fg(char **arguments)
{
	return go_on(arguments, true);
}

static int
builtin_bg(char **arguments)
{
	return go_on(arguments, false);
}

/* The program kill, told which processes a %N means. (-33 alone would look like a signal.) */
static int
builtin_kill(char **arguments)
{
	static char targets[MAX_WORDS][16];
	char *words[MAX_WORDS + 2] = {"kill"};
	int count = 1;

	if (arguments[1] && arguments[1][0] != '-')
		words[count++] = "-TERM";
	for (int i = 1; arguments[i]; i++) {
		words[count] = arguments[i];
		if (arguments[i][0] == '%') {
			struct job *job = job_find(arguments[i], "kill");
			if (!job)
				return 1;
			job_target(job, targets[i]);
			words[count] = targets[i];
		}
		count++;
	}
	return run_program(words);
}

static int
builtin_export(char **arguments)
{
	for (char **variable = environ; *variable && !arguments[1]; variable++)
		printf("export %s\n", *variable);
	for (int i = 1; arguments[i]; i++) {
		if (!name_length(arguments[i])) {
			complain("export: %s: a name is made of letters, digits and _",
				arguments[i]);
			return 1;
		}
		export_variable(arguments[i]);
	}
	return 0;
}

static int
builtin_help(char **arguments)
{
	(void)arguments;
	printf("Programs lie in /bin (ls /bin). Try:\n"
	       "  shm_server & shm_client   two processes that talk through a shared page\n"
	       "  ipcs -m --attaches        the shared segments, and who has them where\n"
	       "  ps; free; uptime          processes, memory, time\n"
	       "  cat /proc/$$/maps         the memory areas of this shell\n"
	       "  su student                a shell as another user; id tells who you are\n"
	       "The shell itself knows:\n"
	       "  cd [DIR]  exec PROGRAM  exit [STATUS]  export [NAME[=VALUE]]…  help"
	       "  umask [MODE]\n"
	       "  jobs  fg [%%N]  bg [%%N]  wait [PID|%%N]…  kill [-SIGNAL] PID|%%N…\n"
	       "  NAME=value  $NAME $? $$ $! $1  'as is'  \"with $NAME\"  \\c  # comment\n"
	       "  a; b   a & b   a && b   a || b   a | b   *.c  file?\n"
	       "  a < file   a > file   a >> file   a 2> file   a > file 2>&1\n"
	       "^C ends the program in front, ^Z stops it. To leave: exit, poweroff or ^D.\n");
	return 0;
}

static const struct {
	const char *name;
	builtin *run;
} builtins[] = {
	{"bg", builtin_bg},
	{"cd", builtin_cd},
	{"exec", builtin_exec},
	{"exit", builtin_exit},
	{"export", builtin_export},
	{"fg", builtin_fg},
	{"help", builtin_help},
	{"jobs", builtin_jobs},
	{"kill", builtin_kill},
	{"umask", builtin_umask},
	{"wait", builtin_wait},
};

builtin *
find_builtin(const char *name)
{
	for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
		if (strcmp(name, builtins[i].name) == 0)
			return builtins[i].run;
	}
	return NULL;
}
