/* What the shell does itself, because a child could not do it for it. Each returns its status. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static int
builtin_wait(char **arguments)
{
	int status = arguments[1] ? 0 : job_wait(0);

	for (int i = 1; arguments[i]; i++) {
		int pid = atoi(arguments[i]);
		status = pid > 0 ? job_wait(pid) : 127;
		if (status == 127)
			complain("wait: %s is no job of this shell", arguments[i]);
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
	       "  ipcs -m -a                the shared segments, and who has them where\n"
	       "  ps; free; uptime          processes, memory, time\n"
	       "  cat /proc/$$/maps         the memory areas of this shell\n"
	       "The shell itself knows:\n"
	       "  cd [DIR]  exit [STATUS]  export [NAME[=VALUE]]…  help  jobs  wait [PID]…\n"
	       "  NAME=value  $NAME $? $$ $! $1  'as is'  \"with $NAME\"  \\c  # comment\n"
	       "  a; b   a & b   a && b   a || b   a < file     (no pipes, no >)\n"
	       "^C ends the program in front. To leave: exit, poweroff or ^D.\n");
	return 0;
}

static const struct {
	const char *name;
	int (*run)(char **arguments);
} builtins[] = {
	{"cd", builtin_cd},
	{"exit", builtin_exit},
	{"export", builtin_export},
	{"help", builtin_help},
	{"jobs", builtin_jobs},
	{"wait", builtin_wait},
};

bool
run_builtin(char **arguments, int *status)
{
	for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
		if (strcmp(arguments[0], builtins[i].name) == 0) {
			*status = builtins[i].run(arguments);
			fflush(stdout);
			return true;
		}
	}
	return false;
}
