/* Signals. */
#ifndef LIBC_SIGNAL_H
#define LIBC_SIGNAL_H

#include <abi/signal.h>
#include <sys/types.h>
#include <ucontext.h>

typedef int sig_atomic_t;

#define SIGRTMIN 34 /* those before it belong to other C libraries */
#define SIGRTMAX __SIGRTMAX

struct sigaction {
	union {
		sighandler_t sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *); /* with SA_SIGINFO */
	};
	sigset_t sa_mask;
	int sa_flags;
	void (*sa_restorer)(void);
};

struct timespec;

int kill(pid_t process, int number);
int killpg(pid_t group, int number);
int tgkill(pid_t process, pid_t task, int number);
int raise(int number);
int sigqueue(pid_t process, int number, union sigval value);

/* A handler set by it stays, blocks its own signal, and interrupted calls are made again. */
sighandler_t signal(int number, sighandler_t handler);
int siginterrupt(int number, int flag);
int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old);
int sigaltstack(const stack_t *restrict stack, stack_t *restrict old);

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old);
int sigpending(sigset_t *set);
int sigsuspend(const sigset_t *set);
int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
	const struct timespec *restrict timeout);
int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info);
int sigwait(const sigset_t *restrict set, int *restrict number);

int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigdelset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);

void psignal(int number, const char *text);

#endif
