/*
 * Processes. A process is what its threads (struct task) have in common; it outlives the last of
 * them as a zombie, until its parent has waited for it:
 *
 *     struct process                        struct task (a thread, at the bottom of its stack)
 *    +------------------+    tasks         +----------------+      +----------------+
 *    | pid, family      | <--------------> | tid            | <--> | tid            |
 *    | actions, pending |                  | process, space |      | process, space |
 *    | cred, limits     |                  | files, arch    |      | files, arch    |
 *    +------------------+                  +----------------+      +----------------+
 *
 *     process_create ──> living ── its last task ends ──> zombie ── waited for ──> (none)
 *
 * Law: `tasks` is empty if and only if the process is a zombie (or not yet begun).
 */
#ifndef TASK_PROCESS_H
#define TASK_PROCESS_H

#include <abi/resource.h>
#include <abi/signal.h>
#include <abi/unistd.h>
#include <lib/list.h>
#include <lib/types.h>
#include <task/signal.h>
#include <task/timer.h>
#include <task/wait.h>

struct sem_undo_list;
struct space;
struct task;

#define TASK_NAME_MAX 16

/* Who acts: the effective ids decide, as in credentials(7). */
struct credentials {
	unsigned uid, euid, suid;
	unsigned gid, egid, sgid;
	unsigned group_count;
	unsigned groups[NGROUPS_MAX]; /* sorted */
};

static inline bool
is_in_group(const struct credentials *cred, unsigned gid)
{
	bool found = cred->egid == gid;

	for (unsigned i = 0; !found && i < cred->group_count; i++)
		found = cred->groups[i] == gid;
	return found;
}

/* What running has cost. */
struct usage {
	unsigned long ticks;	     /* of the clock, in user mode: it never ticks in the kernel */
	unsigned long faults;	     /* mended */
	unsigned long most_resident; /* pages that were there at once */
};

/* Why its last refused call of System V IPC was refused; see ipc/refuse.h. */
#define REFUSAL_NUMBERS 4
struct refusal {
	int error;	   /* positive; 0: nothing was refused yet */
	const char *words; /* a format for the numbers */
	unsigned long numbers[REFUSAL_NUMBERS];
};

struct process {
	int pid; /* that of its first task */
	struct list tasks;
	struct usage used;	    /* by tasks that have ended, and in spaces that were left */
	struct usage children_used; /* by those that were waited for, and by theirs */
	uint64_t started;	    /* ns since boot */
	bool controls_terminal;	    /* leader of the session that has the console */
	bool exiting;		    /* every task of it is to end; exit_status stands */
	struct task *heir;	    /* every other is to end: this one executes; or NULL */
	struct wait_queue task_ended; /* the heir sleeps here */

	/* the family */
	struct process *parent;
	struct list children, sibling;	 /* the parent's list of children */
	struct list all;		 /* every process, by age */
	struct process *next_by_pid;	 /* hash chain */
	struct wait_queue child_changed; /* wait4 sleeps here */
	int exit_signal;		 /* that its end sends to the parent; 0: none */
	int exit_status;		 /* as wait4 reports it; of a stop, too */
	bool stopped;			 /* by a signal, until SIGCONT */
	bool stop_reported, continued;	 /* wait4's WUNTRACED and WCONTINUED */
	bool crowded; /* it became a user who has too many processes: no exec, see fork.c */
	bool execed;			 /* setpgid of a child is refused after its exec */

	/* signals to the process: whichever task does not block them takes them */
	struct pending_signals signals;
	unsigned signals_queued; /* entries, of its tasks too: against RLIMIT_SIGPENDING */
	struct timer alarm;
	uint64_t alarm_interval; /* ns from one ring to the next; 0: it rings once */

	int death_signal; /* that it gets when its parent ends; 0: none */
	struct refusal refusal;
	struct sem_undo_list *undo; /* what its end takes back (ipc/sem.h); NULL: nothing */

	/* what a child has from its parent by a plain copy, from here … */
	int pgid, sid;
	char name[TASK_NAME_MAX]; /* of the program, for messages */
	struct credentials cred;
	struct rlimit64 limits[RLIM_NLIMITS];
	unsigned umask;
	bool not_dumpable;  /* prctl: kept, and told; nobody is ever dumped */
	bool no_new_rights; /* prctl: the same; no program gives its caller rights */
	int nice; /* -20 … 19, as setpriority left it; all run in turn, whatever it is */
	struct kernel_sigaction actions[NSIG]; /* index n: signal n */
	/* … to the end */
};
#define PROCESS_INHERITED offsetof(struct process, pgid)

extern struct list processes;	     /* all but the kernel's, by `all`, oldest first */
extern struct process *init_process; /* pid 1: has orphans; when it ends the machine stops */
extern struct process kernel_process; /* pid 0: of the idle task, and init's parent */

/* A child of `parent` without tasks. NULL: no memory. */
struct process *process_create(struct process *parent);
/* Takes back one that never had a task, or a zombie that was waited for. */
void process_free(struct process *process);
/* A number that no process, thread, group or session has. */
int pid_new(void);
struct process *process_find(int pid); /* NULL: none; zombies included. O(1) */
unsigned long process_count(void);
unsigned long process_created(void); /* since the boot */
int pid_last(void); /* that was given out */
/*
 * With `more` processes more, the real user of `process` would have more than its RLIMIT_NPROC.
 * Never root. (fork.c)
 */
bool process_limit_passed(const struct process *process, int more);

static inline bool
process_is_zombie(const struct process *process)
{
	return list_empty(&process->tasks);
}

/* The oldest of its tasks; NULL: it is a zombie. */
struct task *process_first_task(const struct process *process);
struct space *process_space(const struct process *process); /* NULL: a zombie */
unsigned long process_ticks(const struct process *process); /* that its tasks have run */
struct usage process_usage(const struct process *process);
void usage_add(struct usage *sum, const struct usage *other);
/* The process gives up this space, in which its tasks have run: remember what that has cost. */
void process_leaves_space(struct process *process, const struct space *space);

/*
 * Called when the last task of a process has ended, by that task, before its parent is told. A room
 * above registers it (ipc/sem.c: SEM_UNDO). NULL: nothing to do. Must not sleep.
 */
extern void (*process_ended)(struct process *process);

/* --- exit.c --- */

/*
 * The end of the running task's process, all tasks of it; `status` as wait4 reports it: code << 8,
 * or a signal number. The first to call it decides the status.
 */
_Noreturn void process_exit(int status);
/* What waiting tells of a child. */
struct wait_report {
	int pid;
	unsigned uid;
	int status; /* as wait4 reports it */
	struct usage usage; /* its own and that of its children */
};
/*
 * wait4 and waitid: pid as in wait4, options as in waitid (WEXITED is not implied). The child's pid
 * with *report set, 0 (WNOHANG), -ECHILD, or what ended the sleep.
 */
long process_wait(int pid, int options, struct wait_report *report);

#endif
