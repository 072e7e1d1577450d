/* Signals: handlers with all they are told, another stack, masks, timers, jumps out of handlers. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sigjmp_buf back;
static volatile sig_atomic_t count, last, code, on_stack, from;
static void *volatile address;
static char *other_stack;
static size_t other_size = 65536;

static void
handler(int signal, siginfo_t *info, void *context)
{
	char here;

	(void)context;
	count++;
	last = signal;
	code = info->si_code;
	from = info->si_pid;
	address = info->si_addr;
	on_stack = &here > other_stack && &here < other_stack + other_size;
}

static void
jumper(int signal, siginfo_t *info, void *context)
{
	handler(signal, info, context);
	siglongjmp(back, 1);
}

static void
catch(int signal, void (*action)(int, siginfo_t *, void *), int flags)
{
	struct sigaction new = {.sa_sigaction = action, .sa_flags = SA_SIGINFO | flags};

	sigemptyset(&new.sa_mask);
	sigaction(signal, &new, NULL);
}

static void
told(void)
{
	union sigval value = {.sival_int = 99};
	double before = 1.5, after;

	catch(SIGUSR1, handler, 0);
	kill(getpid(), SIGUSR1);
	printf("kill: %d %d from me %d, code %d\n", count, last, from == getpid(), code == SI_USER);
	raise(SIGUSR1);
	printf("raise: %d code %d\n", count, code == SI_TKILL);
	printf("sigqueue: %d", sigqueue(getpid(), SIGUSR1, value));
	printf(" %d code %d\n", count, code == SI_QUEUE);
	after = before * 2;
	kill(getpid(), SIGUSR1);
	printf("floating point stays: %g\n", after + before);
	kill(getpid(), 0);
	printf("signal 0: %d\n", count);
}

static void
faults(void)
{
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	stack_t stack = {.ss_sp = other_stack = malloc(other_size), .ss_size = other_size}, old;

	sigaltstack(&stack, NULL);
	catch(SIGSEGV, jumper, SA_ONSTACK);
	if (!sigsetjmp(back, 1))
		*(volatile char *)page = 1;
	printf("write: %d at it %d accerr %d, other stack %d\n", last, address == page,
		code == SEGV_ACCERR, on_stack);
	munmap(page, 4096);
	if (!sigsetjmp(back, 1))
		*(volatile char *)page = 1;
	printf("again: %d at it %d maperr %d, other stack %d\n", last, address == page,
		code == SEGV_MAPERR, on_stack);
	sigaltstack(NULL, &old);
	printf("sigaltstack: %d %d\n", old.ss_sp == other_stack, old.ss_flags);
	catch(SIGSEGV, jumper, 0);
	if (!sigsetjmp(back, 1))
		*(volatile char *)page = 1;
	printf("own stack: %d\n", !on_stack);
	signal(SIGSEGV, SIG_DFL);
}

static void
masks(void)
{
	sigset_t set, old, pending;
	struct timespec short_time = {.tv_nsec = 20000000};
	siginfo_t info;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, &old);
	count = 0;
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	sigpending(&pending);
	printf("blocked: %d pending %d\n", count, sigismember(&pending, SIGUSR1));
	printf("sigsuspend: %d %s, ", sigsuspend(&old), strerror(errno));
	printf("%d\n", count);
	kill(getpid(), SIGUSR1);
	printf("sigwaitinfo: %d %d\n", sigwaitinfo(&set, &info), info.si_pid == getpid());
	printf("sigtimedwait: %d %s\n", sigtimedwait(&set, &info, &short_time), strerror(errno));
	sigprocmask(SIG_SETMASK, &old, NULL);
	printf("in all: %d\n", count);
}

static void
timers(void)
{
	struct itimerval often = {{0, 20000}, {0, 20000}}, off = {{0, 0}, {0, 0}};
	struct timespec long_time = {5, 0}, left;
	int ends[2];
	char byte;

	catch(SIGALRM, handler, 0);
	count = 0;
	setitimer(ITIMER_REAL, &often, NULL);
	while (count < 3)
		pause();
	setitimer(ITIMER_REAL, &off, NULL);
	printf("three times: %d\n", last);
	setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 20000}}, NULL);
	printf("nanosleep: %d %s", nanosleep(&long_time, &left), strerror(errno));
	printf(", left %d\n", left.tv_sec == 4);
	if (pipe(ends))
		perror("pipe");
	setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 20000}}, NULL);
	printf("read: %d ", (int)read(ends[0], &byte, 1));
	printf("%s\n", strerror(errno));
	catch(SIGALRM, handler, SA_RESTART);
	if (!fork()) {
		usleep(60000);
		_exit(write(ends[1], "x", 1) != 1);
	}
	setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 20000}}, NULL);
	printf("read with SA_RESTART: %d\n", (int)read(ends[0], &byte, 1));
	wait(NULL);
}

static void
children(void)
{
	int status;

	catch(SIGCHLD, handler, SA_RESTART);
	count = 0;
	pid_t child = fork();
	if (!child)
		_exit(11);
	waitpid(child, &status, 0);
	printf("SIGCHLD: %d from it %d exited %d\n", count, from == child, code == CLD_EXITED);
	signal(SIGCHLD, SIG_IGN);
	if (!fork())
		_exit(0);
	printf("ignored: %d %s\n", wait(&status), strerror(errno));
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	int ends[2];
	if (pipe(ends) == 0)
		close(ends[0]);
	printf("broken pipe: %d %s\n", (int)write(ends[1], "x", 1), strerror(errno));
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	told();
	faults();
	masks();
	timers();
	children();
	return 0;
}
