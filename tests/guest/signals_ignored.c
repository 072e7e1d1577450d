/* SIG_IGN: what is ignored does nothing, in children and new images too; SIGKILL cannot be. */
#include "_tap.h"

int
main(int argc, char **argv)
{
	if (argc > 1) /* the new image of the child below */
		return kill(getpid(), atoi(argv[1])), 3;

	ok(signal(SIGTERM, SIG_IGN) == SIG_DFL, "V05 signal answers what was before");
	is_int(kill(getpid(), SIGTERM), 0, "V05 an ignored signal");
	is_int(in_child(kill(getpid(), SIGTERM); exit(3)), 3, "V05 is ignored in children");
	char term[8], interrupt[8];
	snprintf(term, sizeof(term), "%d", SIGTERM);
	snprintf(interrupt, sizeof(interrupt), "%d", SIGINT);
	is_int(in_child(execl(argv[0], argv[0], term, (char *)0)), 3, "V05 and in new images");
	is_int(in_child(execl(argv[0], argv[0], interrupt, (char *)0)), -SIGINT,
		"V05 others are not");
	is_int(in_child(signal(SIGTERM, SIG_DFL); kill(getpid(), SIGTERM)), -SIGTERM,
		"V05 a child may undo it");
	ok(signal(SIGTERM, SIG_DFL) == SIG_IGN, "V05 the parent's was not touched by that");
	is_int(in_child(kill(getpid(), SIGTERM)), -SIGTERM, "V05 undone");

	ok(signal(SIGKILL, SIG_IGN) == SIG_ERR && errno == EINVAL, "V05 SIGKILL cannot be ignored");
	ok(signal(SIGSTOP, SIG_IGN) == SIG_ERR && errno == EINVAL, "V05 nor SIGSTOP");
	ok(signal(65, SIG_IGN) == SIG_ERR && errno == EINVAL, "V05 signal 65");
	ok(signal(0, SIG_IGN) == SIG_ERR && errno == EINVAL, "V05 signal 0");
	ok(signal(-1, SIG_IGN) == SIG_ERR && errno == EINVAL, "V05 signal -1");

	/* A fault cannot be ignored: the instruction could not go on. */
	is_int(in_child(signal(SIGSEGV, SIG_IGN); poke(8, 1)), -SIGSEGV,
		"V05 an ignored fault kills all the same");
	is_int(in_child(signal(SIGSEGV, SIG_IGN); kill(getpid(), SIGSEGV); exit(4)), 4,
		"V05 a sent one does not");

	/* A sleep is not cut short by what is ignored. */
	pid_t child = spawn(signal(SIGUSR1, SIG_IGN); exit(usleep(200000)));
	usleep(50000);
	must(kill(child, SIGUSR1));
	is_int(reap(child), 0, "V05 an ignored signal cuts no sleep short");
	return done();
}
