/* What execve refuses, while the old image lives on with all it has. */
#include "_tap.h"

#define FILES "/tests/files/"

int
main(int argc, char **argv)
{
	(void)argc;
	char *args[] = {"x", 0}, *env[] = {0}, long_name[5000];
	int id = new_segment(PAGE);
	char *p = must(shmat(id, 0, 0));
	poke(p, 1);
	memset(long_name, 'a', sizeof(long_name));
	long_name[sizeof(long_name) - 1] = 0;

	fails(execve(FILES "absent", args, env), ENOENT, "V05 no such file");
	fails(execve("/absent/file", args, env), ENOENT, "V05 no such directory");
	fails(execve("", args, env), ENOENT, "V05 an empty name");
	fails(execve(FILES "words/x", args, env), ENOTDIR, "V05 a file taken for a directory");
	fails(execve("/tests", args, env), EACCES, "V05 a directory");
	fails(execve(FILES "digits", args, env), EACCES,
		"V05 a file without the right to execute it");
	fails(execve(FILES "not_executable", args, env), EACCES,
		"V05 a good program without that right");
	fails(execve(long_name, args, env), ENAMETOOLONG, "V05 a name too long");
	long_name[300] = 0;
	fails(execve(long_name, args, env), ENAMETOOLONG, "V05 one of 300 bytes is too long too");

	char **nowhere = (char **)private_pages(1, PROT_NONE), *bad[] = {"x", (char *)nowhere, 0};
	fails(execve(0, args, env), EFAULT, "V08 a null name");
	fails(execve((char *)nowhere, args, env), EFAULT, "V08 a bad name");
	fails(execve(argv[0], nowhere, env), EFAULT, "V08 bad arguments");
	fails(execve(argv[0], args, nowhere), EFAULT, "V08 a bad environment");
	fails(execve(argv[0], bad, env), EFAULT, "V08 a bad argument");
	fails(execve(argv[0], args, bad), EFAULT, "V08 a bad string in the environment");
	bad[1] = (char *)0xc0100000;
	fails(execve(argv[0], bad, env), EFAULT, "V08 an argument in the kernel");

	is_int(peek(p), 1, "V05 the old image still has its memory");
	is_int(nattch(id), 1, "S21 and its attach");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
