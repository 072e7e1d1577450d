/*
 * Signals. One that was sent waits, with the process or with one of its tasks, until a task that
 * does not block it is on its way to user mode; there it acts.
 *
 *    kill, ^C, a child's end ─> process->signals ─┐                  ┌─> default: end, stop …
 *    tkill ───────────────────> task->signals ────┼> return_to_user ─┤
 *    a fault of the program ──> task->fault ──────┘                  └─> handler ··· sigreturn
 *
 * So a task that sleeps is only woken (wait.c), and gives back what it was doing; whether the call
 * ends with EINTR or is made again is decided by what the signal does: deliver.c.
 */
#ifndef TASK_SIGNAL_H
#define TASK_SIGNAL_H

#include <abi/signal.h>
#include <lib/list.h>
#include <lib/types.h>

struct process;
struct task;
struct trap_frame;

/* A set of signals: bit n-1 is signal n. */
#define SIGNAL_BIT(signal) (1ull << ((signal)-1))
#define SIGNALS_UNBLOCKABLE (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP))
#define SIGNALS_STOP                                                                               \
	(SIGNAL_BIT(SIGSTOP) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU))
/* signal(7): default action Ign */
#define SIGNALS_HARMLESS                                                                           \
	(SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGCONT) | SIGNAL_BIT(SIGURG) | SIGNAL_BIT(SIGWINCH))

/* Those that wait. The kernel's own may have no entry: there is nothing to tell but SI_KERNEL. */
struct pending_signals {
	uint64_t set;
	struct list entries; /* struct signal_entry (signal.c), in the order in which they came */
};

static inline uint64_t
signals_of(const sigset_t *set)
{
	uint64_t signals = 0;

	for (unsigned i = 0; i < ARRAY_SIZE(set->sig); i++)
		signals |= (uint64_t)set->sig[i] << (i * 8 * sizeof(set->sig[0]));
	return signals;
}

static inline sigset_t
sigset_of(uint64_t signals)
{
	sigset_t set;

	for (unsigned i = 0; i < ARRAY_SIZE(set.sig); i++)
		set.sig[i] = signals >> (i * 8 * sizeof(set.sig[0]));
	return set;
}

/* What a task has of its own. */
struct task_signals {
	uint64_t blocked;
	uint64_t awaited;	/* sigtimedwait: blocked, but it wants to be woken */
	uint64_t blocked_before; /* sigsuspend: what comes back after the handler … */
	bool suspended;		/* … if this is set */
	stack_t stack;		/* for handlers with SA_ONSTACK */
	struct pending_signals pending;
	struct { /* of the program's own doing, for this task at once; 0: none */
		int signal, code;
		vaddr_t address;
	} fault;
	/*
	 * The call that a signal has interrupted: made again, or not, on the way out. `resumed`: it
	 * is being made again, and sleeps no longer than the first time.
	 */
	struct {
		bool interrupted, resumed;
		unsigned long first_word; /* syscall_first_word() */
		uint64_t deadline;
	} call;
};

/* --- signal.c: sending --- */

void signals_init(struct pending_signals *pending);
/* Send from the kernel itself, no permission asked. Never sleeps; interrupt handlers may. */
void signal_send(struct process *process, int signal);
/* To a process group. O(processes). */
void signal_send_group(int pgid, int signal);
/*
 * The same for info->si_signo, to the process, or to `task` of it alone. 0, or -EAGAIN: one of the
 * real-time signals found no room (RLIMIT_SIGPENDING, memory). Not for interrupt handlers.
 */
int signal_send_info(struct process *process, struct task *task, const siginfo_t *info);
/* All tasks of the process are to look what became of it: process->exiting, or stopped. */
void signal_alert_all(struct process *process);
/* The running task blocks these from now on, as far as they can be. */
void signal_block(uint64_t signals);
/*
 * The same while a call sleeps, which is to end with -ERESTARTNOHAND: what was blocked before is
 * again on the way out, behind a handler. Unless the call ended otherwise: then resume.
 */
void signal_suspend(uint64_t signals);
void signal_resume(void);
/* The process's parent is told by a SIGCHLD: `code` CLD_EXITED …, and its status or signal. */
void signal_parent(struct process *process, int code, int status);
/*
 * Takes out the next of `among` that waits for the running task or for its process: its number,
 * with what is told in *info; 0: none does.
 */
int signal_take(uint64_t among, siginfo_t *info);
/* Nobody will take these. */
void signal_forget(struct pending_signals *pending, uint64_t signals);
void signal_forget_everywhere(struct process *process, uint64_t signals);
/* exec: no handler survives, nor their stack; what is ignored stays so. */
void signal_forget_handlers(void);
/* It would do nothing to the process. */
bool signal_ignored(const struct process *process, int signal);
/* What waits for the task and is not blocked / will end it. */
bool signal_pending(const struct task *task);
bool signal_fatal_pending(const struct task *task);

/* --- deliver.c: acting --- */

/*
 * A door: before every return to user mode with attention != 0. May not come back (a fatal signal).
 */
void return_to_user(struct trap_frame *frame);
/*
 * A door: an exception of the running program that nothing could mend. `code` is the si_code that a
 * handler is told, with `address` (the fault's, or the pc; SI_KERNEL: none); `what` is for people:
 * if the signal will kill, the report (row V09) says it. Blocking and ignoring do not help against
 * it.
 */
void user_fault(struct trap_frame *frame, int signal, int code, vaddr_t address, const char *what);
/* A door: the same for vm_fault's `error`: -EFAULT, -ENXIO or -ENOMEM. */
void user_page_fault(struct trap_frame *frame, vaddr_t address, int error);
/* sigreturn's and rt_sigreturn's work; the result of the call that comes back. */
long signal_return(bool with_info);
/* The running task's alternate stack is in use by it. */
bool signal_on_stack(vaddr_t sp);
/* sigaltstack(2): -EPERM, -EINVAL, -ENOMEM. */
int signal_set_stack(const stack_t *stack, vaddr_t sp);

/* --- group.c --- */

/*
 * None of the group's members has a parent in another group of the session, who could make it go
 * on. O(processes).
 */
bool group_is_orphaned(int pgid);
/* Its group guards the process: it has a parent in another group of the session. */
bool group_is_guarded(const struct process *process);
/*
 * The group has lost one who could make it go on. If it was the last, and somebody has stopped:
 * SIGHUP and SIGCONT for all.
 */
void group_release(int pgid);

#endif
