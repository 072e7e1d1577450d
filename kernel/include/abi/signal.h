/* Signals: numbers, sets, what rt_sigaction takes, and what a handler is told. */
#ifndef ABI_SIGNAL_H
#define ABI_SIGNAL_H

#define SIGHUP	  1
#define SIGINT	  2
#define SIGQUIT	  3
#define SIGILL	  4
#define SIGTRAP	  5
#define SIGABRT	  6
#define SIGIOT	  SIGABRT
#define SIGBUS	  7
#define SIGFPE	  8
#define SIGKILL	  9
#define SIGUSR1	  10
#define SIGSEGV	  11
#define SIGUSR2	  12
#define SIGPIPE	  13
#define SIGALRM	  14
#define SIGTERM	  15
#define SIGSTKFLT 16
#define SIGCHLD	  17
#define SIGCONT	  18
#define SIGSTOP	  19
#define SIGTSTP	  20
#define SIGTTIN	  21
#define SIGTTOU	  22
#define SIGURG	  23
#define SIGXCPU	  24
#define SIGXFSZ	  25
#define SIGVTALRM 26
#define SIGPROF	  27
#define SIGWINCH  28
#define SIGIO	  29
#define SIGPOLL	  SIGIO
#define SIGPWR	  30
#define SIGSYS	  31

/* Real-time signals: each is kept, in order. C libraries take the first few for themselves. */
#define __SIGRTMIN 32
#define __SIGRTMAX 64

#define _NSIG 65 /* one more than the largest number */
#define NSIG  _NSIG

/* Signal n is bit n - 1. Its size in bytes is the last argument of the rt_ calls. */
typedef struct {
	unsigned long sig[64 / (8 * sizeof(unsigned long))];
} sigset_t;

#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

typedef void (*sighandler_t)(int);

#define SIG_ERR ((sighandler_t)-1)
#define SIG_DFL ((sighandler_t)0)
#define SIG_IGN ((sighandler_t)1)

#define SA_NOCLDSTOP 0x00000001
#define SA_NOCLDWAIT 0x00000002
#define SA_SIGINFO   0x00000004
#define SA_RESTORER  0x04000000
#define SA_ONSTACK   0x08000000
#define SA_RESTART   0x10000000
#define SA_NODEFER   0x40000000
#define SA_RESETHAND 0x80000000
#define SA_NOMASK    SA_NODEFER
#define SA_ONESHOT   SA_RESETHAND

/* What rt_sigaction gives and takes; the C library's struct sigaction has another order. */
struct kernel_sigaction {
	sighandler_t handler;
	unsigned long flags;
	void (*restorer)(void);
	sigset_t mask;
};

/* What the old sigaction gives and takes. */
struct old_sigaction {
	sighandler_t handler;
	unsigned long mask; /* signals 1 to 32 */
	unsigned long flags;
	void (*restorer)(void);
};

/* What a signal carries along with a number of sigqueue(3). */
union sigval {
	int sival_int;
	void *sival_ptr;
};

/* What a handler with SA_SIGINFO is told: 128 bytes; which fields there are si_code says. */
typedef struct siginfo {
	int si_signo, si_errno, si_code;
	union {
		int _words[29];
		struct {
			int si_pid;
			unsigned si_uid;
			union {
				union sigval si_value; /* sigqueue */
				struct { /* SIGCHLD */
					int si_status;
					long si_utime, si_stime;
				};
			};
		};
		struct { /* timer_create: glibc and musl use it inside */
			int si_timerid, si_overrun;
		};
		void *si_addr; /* SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP */
		struct { /* SIGPOLL */
			long si_band;
			int si_fd;
		};
	};
} siginfo_t;

/* si_code. Only the kernel sends what is above 0. */
#define SI_USER	  0 /* kill */
#define SI_KERNEL 0x80
#define SI_QUEUE  (-1) /* sigqueue */
#define SI_TIMER  (-2)
#define SI_MESGQ  (-3)
#define SI_ASYNCIO (-4)
#define SI_SIGIO  (-5)
#define SI_TKILL  (-6) /* tkill, tgkill */

#define ILL_ILLOPC 1 /* no such instruction */
#define ILL_ILLOPN 2
#define ILL_ILLADR 3
#define ILL_ILLTRP 4
#define ILL_PRVOPC 5
#define ILL_BADSTK 8

#define FPE_INTDIV 1 /* division of integers by zero */
#define FPE_INTOVF 2
#define FPE_FLTDIV 3
#define FPE_FLTOVF 4
#define FPE_FLTUND 5
#define FPE_FLTRES 6
#define FPE_FLTINV 7
#define FPE_FLTSUB 8

#define SEGV_MAPERR 1 /* nothing is there */
#define SEGV_ACCERR 2 /* the area's rights refuse */

#define BUS_ADRALN 1 /* not aligned */
#define BUS_ADRERR 2 /* beyond the object's end */
#define BUS_OBJERR 3

#define TRAP_BRKPT 1
#define TRAP_TRACE 2
#define TRAP_HWBKPT 4

#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_DUMPED    3
#define CLD_TRAPPED   4
#define CLD_STOPPED   5
#define CLD_CONTINUED 6

/* The alternate stack of handlers: sigaltstack(2). */
typedef struct {
	void *ss_sp;
	int ss_flags;
	unsigned long ss_size;
} stack_t;

#define MINSIGSTKSZ 2048
#define SIGSTKSZ    8192

#define SS_ONSTACK 1
#define SS_DISABLE 2
#define SS_AUTODISARM (1u << 31)

#endif
