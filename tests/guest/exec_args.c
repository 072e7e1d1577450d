/* What execve hands over: argv, envp, the auxiliary vector; and what stays and what goes. */
#include "_tap.h"
#include <sys/auxv.h>

extern char **environ;

/* Runs this program again, in a child, to do the check of that name. */
#define again(check, ...) \
	in_child(char *argv_[] = {program, check, ##__VA_ARGS__, 0}; execve(program, argv_, envp))

static int
second_life(int argc, char **argv)
{
	char *check = argv[1];
	if (strcmp(check, "args") == 0)
		return !(argc == 5 && !argv[5] && !strcmp(argv[2], "two words") && !*argv[3] &&
			 !strcmp(argv[4], "\xff\n"));
	if (strcmp(check, "env") == 0)
		return !(environ[0] && !strcmp(environ[0], "A=1") && environ[1] &&
			 !strcmp(environ[1], "B=two words") && !environ[2]);
	if (strcmp(check, "aux") == 0)
		return !(getauxval(AT_PAGESZ) == PAGE && getauxval(AT_PHDR) % 4 == 0 &&
			 getauxval(AT_PHENT) == 32 && getauxval(AT_PHNUM) > 0);
	if (strcmp(check, "ids") == 0)
		return getauxval(AT_UID) || getauxval(AT_EUID) || getauxval(AT_GID) ||
		       getauxval(AT_EGID);
	if (strcmp(check, "random") == 0)
		return !(getauxval(AT_RANDOM) > PAGE && getauxval(AT_RANDOM) < 0xc0000000);
	if (strcmp(check, "pid") == 0)
		return atoi(argv[2]) != getppid();
	if (strcmp(check, "files") == 0)
		return fcntl(10, F_GETFD) == 0 && fcntl(11, F_GETFD) == -1 ? 6 : 0;
	if (strcmp(check, "many") == 0)
		return !(argc == 1000 && !strcmp(argv[999], "number 999"));
	return 99;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return second_life(argc, argv);
	if (!*argv[0]) /* executed without any argument */
		return 55;
	char *program = argv[0], *envp[] = {"A=1", "B=two words", 0}, *nothing[] = {0};

	is_int(again("args", "two words", "", "\xff\n"), 0, "V05 argv: blanks, empty, any byte");
	is_int(again("env"), 0, "V05 envp, and nothing else");
	is_int(again("aux"), 0, "V05 auxv: page size, program headers");
	is_int(again("ids"), 0, "V05 auxv: user and group ids");
	is_int(again("random"), 0, "V05 auxv: AT_RANDOM points into user memory");
	char pid[16];
	snprintf(pid, sizeof(pid), "%d", getpid());
	is_int(again("pid", pid), 0, "V05 the parent stays the parent");

	must(dup2(1, 10));
	must(dup2(1, 11));
	must(fcntl(11, F_SETFD, FD_CLOEXEC));
	is_int(again("files"), 6, "V05 descriptors stay, but for those to be closed on execve");

	static char text[1000][16], *many[1001];
	for (int i = 0; i < 1000; i++) {
		snprintf(text[i], sizeof(text[i]), "number %d", i);
		many[i] = i == 1 ? "many" : text[i];
	}
	is_int(in_child(execve(program, many, envp)), 0, "V05 a thousand arguments");
	is_int(in_child(execve(program, nothing, nothing); exit(9)), 55,
		"V05 no argument at all becomes an empty one");

	static char long_text[60000];
	memset(long_text, 'x', sizeof(long_text) - 1);
	is_int(in_child(char *args[] = {program, "env", long_text, 0}; execve(program, args, envp)),
		0, "V05 an argument of 60,000 bytes");
	static char too_long[200000];
	memset(too_long, 'x', sizeof(too_long) - 1);
	char *args[] = {program, "env", too_long, 0};
	fails(execve(program, args, envp), E2BIG, "V05 one of 200,000 is too long");

	return done();
}
