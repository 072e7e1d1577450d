/* Handlers: what they are told, what they block meanwhile, and every flag of sigaction. */
#include "_tap.h"

static volatile int calls, last_signal, depth, deepest;
static volatile siginfo_t told;
static volatile char order[16];
static sigset_t inside;

static void
note_signal(int number)
{
	last_signal = number;
	calls++;
}

static void
note_info(int number, siginfo_t *info, void *context)
{
	ucontext_t *c = context;
	last_signal = number;
	told = *info;
	inside = c->uc_sigmask;
	calls++;
}

static void
note_order(int number)
{
	order[calls++] = number == SIGUSR1 ? '1' : number == SIGUSR2 ? '2' : 'w';
}

static void
note_mask(int number)
{
	(void)number;
	sigprocmask(SIG_BLOCK, 0, &inside);
	calls++;
}

static void
send_again(int number)
{
	depth++;
	if (depth > deepest)
		deepest = depth;
	if (calls++ < 3)
		raise(number);
	depth--;
}

static void
set(int number, void *handler, int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	must(sigaction(number, &action, 0));
	calls = last_signal = 0;
}

static void
mask(int how, int number)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, number);
	must(sigprocmask(how, &signals, 0));
}

static void
calling(void)
{
	set(SIGUSR1, note_signal, 0);
	is_int(raise(SIGUSR1), 0, "V05 raise");
	is_int(calls, 1, "V05 the handler has run when it returns");
	is_int(last_signal, SIGUSR1, "V05 it gets the number");
	raise(SIGUSR1);
	is_int(calls, 2, "V05 the handler stays");
	is_int(in_child(raise(SIGUSR1); exit(calls)), 3, "V05 a child has it too");

	set(SIGUSR1, note_info, SA_SIGINFO | SA_RESTART);
	kill(getpid(), SIGUSR1);
	is_int(told.si_signo, SIGUSR1, "V05 SA_SIGINFO: the number again");
	is_int(told.si_code, SI_USER, "V05 kill: SI_USER");
	ok(told.si_pid == getpid() && told.si_uid == getuid(), "V05 and who it was");
	is_int(told.si_errno, 0, "V05 no error number");
	raise(SIGUSR1);
	is_int(told.si_code, SI_TKILL, "V05 tgkill: SI_TKILL");
	is_int(in_child(kill(getppid(), SIGUSR1)), 0, "V05 from a child");
	ok(wait_until(calls == 3) && told.si_pid != getpid() && told.si_pid > 0,
		"V05 it is the child's pid");
	must(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 77}));
	ok(told.si_code == SI_QUEUE && told.si_value.sival_int == 77 && told.si_pid == getpid(),
		"V05 sigqueue: a number comes along");
	set(SIGALRM, note_info, SA_SIGINFO);
	alarm(1);
	pause();
	is_int(told.si_code, SI_KERNEL, "V05 alarm: from the kernel");
}

static void
masks(void)
{
	set(SIGUSR1, note_mask, 0);
	raise(SIGUSR1);
	ok(sigismember(&inside, SIGUSR1), "V05 its own signal is blocked in a handler");
	ok(!sigismember(&inside, SIGUSR2), "V05 others are not");
	sigprocmask(SIG_BLOCK, 0, &inside);
	ok(!sigismember(&inside, SIGUSR1), "V05 and unblocked behind it");
	set(SIGUSR1, note_mask, SA_NODEFER);
	raise(SIGUSR1);
	ok(!sigismember(&inside, SIGUSR1), "V05 SA_NODEFER: it is not blocked");

	struct sigaction action = {.sa_handler = note_mask};
	sigfillset(&action.sa_mask);
	must(sigaction(SIGUSR1, &action, 0));
	raise(SIGUSR1);
	ok(sigismember(&inside, SIGUSR2) && sigismember(&inside, SIGTERM) &&
		sigismember(&inside, 64), "V05 sa_mask is blocked, too");
	ok(!sigismember(&inside, SIGKILL) && !sigismember(&inside, SIGSTOP),
		"V05 but for SIGKILL and SIGSTOP");
	must(sigaction(SIGUSR1, 0, &action));
	ok(!sigismember(&action.sa_mask, SIGKILL), "V05 nor does sigaction tell of them");

	set(SIGUSR1, note_info, SA_SIGINFO);
	mask(SIG_BLOCK, SIGUSR2);
	raise(SIGUSR1);
	ok(sigismember(&inside, SIGUSR2) && !sigismember(&inside, SIGUSR1),
		"V05 uc_sigmask: what was blocked before");
	mask(SIG_UNBLOCK, SIGUSR2);

	depth = deepest = 0;
	set(SIGUSR1, send_again, 0);
	raise(SIGUSR1);
	ok(calls == 4 && deepest == 1, "V05 a signal sent in its handler comes behind it");
	depth = deepest = 0;
	set(SIGUSR1, send_again, SA_NODEFER);
	raise(SIGUSR1);
	ok(calls == 4 && deepest == 4, "V05 SA_NODEFER: inside it");
}

static void
several(void)
{
	set(SIGUSR1, note_order, 0);
	set(SIGUSR2, note_order, 0);
	set(SIGWINCH, note_order, 0);
	sigset_t all, old, waiting;
	sigfillset(&all);
	must(sigprocmask(SIG_SETMASK, &all, &old));
	raise(SIGWINCH);
	raise(SIGUSR2);
	raise(SIGUSR1);
	raise(SIGUSR1);
	must(sigpending(&waiting));
	ok(sigismember(&waiting, SIGUSR1) && sigismember(&waiting, SIGUSR2) &&
		sigismember(&waiting, SIGWINCH) && !sigismember(&waiting, SIGTERM),
		"V05 sigpending tells what waits");
	is_int(calls, 0, "V05 and it does wait");
	must(sigprocmask(SIG_SETMASK, &old, 0));
	is_int(calls, 3, "V05 one of each comes when unblocked");
	ok(strcmp((char *)order, "w21") == 0,
		"V05 the lowest first, so the frame of the highest lies on top: %s", (char *)order);
	must(sigpending(&waiting));
	ok(!sigismember(&waiting, SIGUSR1), "V05 then none waits");
}

static void
flags(void)
{
	struct sigaction action;
	set(SIGUSR1, note_signal, SA_RESETHAND);
	raise(SIGUSR1);
	is_int(calls, 1, "V05 SA_RESETHAND: the handler runs");
	must(sigaction(SIGUSR1, 0, &action));
	ok(action.sa_handler == SIG_DFL, "V05 once");
	is_int(in_child(raise(SIGUSR1)), -SIGUSR1, "V05 then the signal kills");

	struct kernel_sigaction old;
	struct kernel_sigaction raw = {.handler = note_signal, .flags = 0x00200000 | SA_NODEFER};
	must(syscall(SYS_rt_sigaction, SIGUSR1, &raw, 0, 8));
	must(syscall(SYS_rt_sigaction, SIGUSR1, 0, &old, 8));
	ok(old.handler == note_signal && old.flags == SA_NODEFER,
		"V05 unknown flags are dropped, so a program can find out");
	calls = 0;
	raise(SIGUSR1);
	is_int(calls, 1, "V05 without SA_RESTORER the kernel knows the way back");
	raw.flags = SA_SIGINFO;
	raw.handler = (sighandler_t)(void (*)(void))note_info;
	must(syscall(SYS_rt_sigaction, SIGUSR1, &raw, 0, 8));
	raise(SIGUSR1);
	ok(calls == 2 && told.si_code == SI_TKILL, "V05 with SA_SIGINFO as well");
	is_int(in_child(raise(SIGUSR1); exit(calls)), 3, "V05 in a child too");
}

static void
errors(void)
{
	struct kernel_sigaction action = {.handler = note_signal};
	fails(syscall(SYS_rt_sigaction, SIGUSR1, &action, 0, 4), EINVAL, "V05 sets of 4 bytes");
	fails(syscall(SYS_rt_sigaction, SIGUSR1, 16, 0, 8), EFAULT, "V08 an action from nowhere");
	fails(syscall(SYS_rt_sigaction, SIGUSR1, 0, 16, 8), EFAULT, "V08 an action to nowhere");
	fails(syscall(SYS_rt_sigaction, SIGKILL, &action, 0, 8), EINVAL, "V05 SIGKILL");
	fails(syscall(SYS_rt_sigaction, SIGSTOP, &action, 0, 8), EINVAL, "V05 SIGSTOP");
	is_int(syscall(SYS_rt_sigaction, SIGKILL, 0, &action, 8), 0, "V05 may be looked at");
	fails(syscall(SYS_rt_sigaction, 0, &action, 0, 8), EINVAL, "V05 signal 0");
	fails(syscall(SYS_rt_sigaction, 65, &action, 0, 8), EINVAL, "V05 signal 65");
	fails(syscall(SYS_rt_sigpending, 16, 8), EFAULT, "V08 sigpending to nowhere");
	fails(syscall(SYS_rt_sigpending, &inside, 16), EINVAL, "V05 sigpending of 16 bytes");
	fails(tgkill(getpid(), 0, SIGUSR1), EINVAL, "V05 tgkill of task 0");
	fails(tgkill(getppid(), getpid(), SIGUSR1), ESRCH, "V05 tgkill of a task elsewhere");
	fails(tgkill(getpid(), getpid(), 65), EINVAL, "V05 tgkill with signal 65");
	is_int(tgkill(getpid(), getpid(), 0), 0, "V05 signal 0 asks only");
	fails(syscall(SYS_tkill, 32000, 0), ESRCH, "V05 tkill of nobody");
	fails(syscall(SYS_restart_syscall), EINTR, "V05 restart_syscall by name");
}

/* An image inherits what is ignored and blocked; no handler, no flag. */
static void
images(char *self)
{
	set(SIGUSR1, note_signal, SA_RESTART);
	set(SIGUSR2, SIG_IGN, SA_RESTART);
	stack_t stack = {.ss_sp = malloc(SIGSTKSZ), .ss_size = SIGSTKSZ};
	must(sigaltstack(&stack, 0));
	is_int(in_child(execl(self, self, "again", (char *)0)), 7,
		"V05 of a handler a new image knows nothing");
}

static int
again(void)
{
	struct sigaction one, two;
	stack_t stack;
	must(sigaction(SIGUSR1, 0, &one));
	must(sigaction(SIGUSR2, 0, &two));
	must(sigaltstack(0, &stack));
	return (one.sa_handler == SIG_DFL && one.sa_flags == 0) +
	       (two.sa_handler == SIG_IGN && two.sa_flags == 0) * 2 +
	       (stack.ss_flags == SS_DISABLE) * 4;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return again();
	calling();
	masks();
	several();
	flags();
	errors();
	images(argv[0]);
	return done();
}
