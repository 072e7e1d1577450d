/* fork, exec, wait, pipes; what popen, system and posix_spawn make of them. */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void
pipeline(void)
{
	int numbers[2], sums[2], status, value;
	long sum = 0;

	if (pipe(numbers) || pipe(sums))
		perror("pipe");
	if (!fork()) {
		close(numbers[0]);
		close(sums[0]);
		close(sums[1]);
		for (value = 1; value <= 10000; value++)
			if (write(numbers[1], &value, sizeof(value)) != sizeof(value))
				_exit(1);
		_exit(0);
	}
	if (!fork()) {
		close(numbers[1]);
		close(sums[0]);
		while (read(numbers[0], &value, sizeof(value)) == sizeof(value))
			sum += value;
		_exit(write(sums[1], &sum, sizeof(sum)) != sizeof(sum));
	}
	close(numbers[0]);
	close(numbers[1]);
	close(sums[1]);
	printf("read %d: ", (int)read(sums[0], &sum, sizeof(sum)));
	printf("%ld, then %d\n", sum, (int)read(sums[0], &sum, sizeof(sum)));
	close(sums[0]);
	while (wait(&status) > 0)
		printf("a child: %d\n", status);
	printf("no more: %s\n", strerror(errno));
}

static void
endings(void)
{
	int status;

	if (!fork())
		_exit(77);
	wait(&status);
	printf("exited %d %d\n", WIFEXITED(status), WEXITSTATUS(status));
	if (!fork())
		abort();
	wait(&status);
	printf("killed %d %d\n", WIFSIGNALED(status), WTERMSIG(status));
	pid_t child = fork();
	if (!child)
		for (;;)
			pause();
	printf("not yet %d\n", waitpid(child, &status, WNOHANG));
	kill(child, SIGTERM);
	printf("%d ", waitpid(child, &status, 0) == child);
	printf("ended by %d\n", WTERMSIG(status));
	if (!fork()) {
		execl("/no/such/program", "x", (char *)NULL);
		_exit(errno);
	}
	wait(&status);
	printf("exec: %s\n", strerror(WEXITSTATUS(status)));
}

static void
libraries(char *self)
{
	char line[100], *words[] = {self, "child", "two words", NULL};
	FILE *stream = popen("echo from a shell; exit 3", "r");
	pid_t child;
	int status;

	while (stream && fgets(line, sizeof(line), stream))
		printf("popen: %s", line);
	printf("pclose: %d\n", stream ? WEXITSTATUS(pclose(stream)) : -1);
	fflush(stdout);
	printf("system: %d\n", WEXITSTATUS(system("exit 5")));
	fflush(stdout);
	int error = posix_spawn(&child, self, NULL, NULL, words, environ);
	waitpid(child, &status, 0);
	printf("spawn: %d, its status: %d\n", error, WEXITSTATUS(status));
	error = posix_spawn(&child, "/none", NULL, NULL, words, environ);
	printf("spawn of nothing: %s\n", strerror(error));
	child = vfork();
	if (!child)
		_exit(9);
	waitpid(child, &status, 0);
	printf("vfork: %d\n", WEXITSTATUS(status));
}

static void
about(void)
{
	struct utsname name;
	struct rusage usage;
	struct rlimit limit;

	printf("uname %d %d\n", uname(&name), name.machine[0] != 0);
	printf("getrusage %d\n", getrusage(RUSAGE_SELF, &usage));
	printf("getrlimit %d %d\n", getrlimit(RLIMIT_STACK, &limit), limit.rlim_cur >= 1 << 20);
	printf("group %d session %d parent %d\n", getpgrp() == getpgid(0), getsid(0) >= 0,
		getppid() > 0);
	printf("nice %d umask %o\n", getpriority(PRIO_PROCESS, 0), umask(022));
}

int
main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "child")) {
		printf("child: %s\n", argv[2]);
		return 6;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	pipeline();
	endings();
	libraries(argv[0]);
	about();
	return 0;
}
