/* Signals. */
#ifndef LIBC_SIGNAL_H
#define LIBC_SIGNAL_H

#include <abi/signal.h>
#include <sys/types.h>

typedef int sig_atomic_t;

typedef struct {
	int si_signo, si_errno, si_code;
	pid_t si_pid;
	uid_t si_uid;
	int si_status;
	void *si_addr;
} siginfo_t;

struct sigaction {
	union {
		sighandler_t sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *);
	};
	sigset_t sa_mask;
	int sa_flags;
	void (*sa_restorer)(void);
};

int kill(pid_t process, int number);
int killpg(pid_t group, int number);
int raise(int number);
sighandler_t signal(int number, sighandler_t handler);
int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old);
int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigdelset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);
void psignal(int number, const char *text);

#endif
