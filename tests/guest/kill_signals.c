/* kill and the default actions: who dies, who does not, and who cannot be found. */
#include "_tap.h"

static int
killed_by(int signal)
{
	pid_t child = spawn(for (;;) usleep(100000));
	must(kill(child, signal));
	usleep(30000);
	int died = waitpid(child, 0, WNOHANG) == child;
	if (!died) {
		kill(child, SIGKILL);
		waitpid(child, 0, 0);
	}
	return died;
}

int
main(void)
{
	static const struct {
		int number;
		const char *name;
	} deadly[] = {{SIGHUP, "SIGHUP"}, {SIGINT, "SIGINT"}, {SIGQUIT, "SIGQUIT"},
		{SIGILL, "SIGILL"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"},
		{SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"},
		{SIGUSR2, "SIGUSR2"}, {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"},
		{SIGTERM, "SIGTERM"}};
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		is_int(in_child(kill(getpid(), deadly[i].number); exit(77)), -deadly[i].number,
			"V05 %s kills", deadly[i].name);
	is_int(killed_by(SIGTERM), 1, "V13 a sleeper dies of SIGTERM");
	is_int(killed_by(SIGKILL), 1, "V13 a sleeper dies of SIGKILL");
	is_int(killed_by(SIGCHLD), 0, "V05 SIGCHLD is ignored by default");
	is_int(killed_by(SIGCONT), 0, "V05 SIGCONT too");
	is_int(killed_by(0), 0, "V05 signal 0 only looks");

	fails(kill(getpid(), -1), EINVAL, "V05 signal -1");
	fails(kill(getpid(), 65), EINVAL, "V05 signal 65");
	fails(kill(30000, SIGTERM), ESRCH, "V05 nobody has that pid");
	fails(kill(-30000, SIGTERM), ESRCH, "V05 nor that group");
	is_int(kill(1, SIGKILL), 0, "V05 SIGKILL to init answers 0");
	is_int(kill(1, 0), 0, "V05 and does nothing");

	is_int(in_child(must(syscall(SYS_setuid32, 4711)); exit(kill(-1, 0) < 0 ? errno : 0)), 0,
		"V05 everybody, and none may be meant: 0, as on Linux");
	is_int(in_child(must(syscall(SYS_setuid32, 4711)); exit(kill(-1, 65) < 0 ? errno : 0)),
		EINVAL, "V05 everybody, by no signal");

	pid_t child = spawn((void)0);
	usleep(50000);
	is_int(kill(child, SIGKILL), 0, "V05 a dead child that nobody waited for can be killed");
	is_int(reap(child), 0, "V05 and keeps its status");
	fails(kill(child, 0), ESRCH, "V05 once waited for it is nobody");

	/* Who spins, without a system call, dies too. */
	child = spawn(for (;;) peek(&child));
	usleep(20000);
	must(kill(child, SIGTERM));
	is_int(reap(child), -SIGTERM, "V13 a spinner dies of SIGTERM");
	return done();
}
