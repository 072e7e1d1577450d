/*
 * Tasks. One task is one process for now, with one kernel stack; its struct lies at the bottom of
 * it:
 *
 *     KSTACK_SIZE  +----------------+ <- the trap frame of the entry from user mode ends here
 *                  |  stack  |      |
 *                  |         v      |
 *                  |   (canary)     |
 *               0  |  struct task   | <- arch_current()
 *                  +----------------+
 *
 *        fork            scheduled           exit              parent waits
 *   (none) --> TASK_READY <--> running --> TASK_ZOMBIE --> (none)
 *                   ^             | wait_sleep
 *                   '-- woken --- TASK_SLEEPING           SIGSTOP: TASK_STOPPED until SIGCONT
 */
#ifndef TASK_TASK_H
#define TASK_TASK_H

#include <abi/resource.h>
#include <abi/signal.h>
#include <lib/list.h>
#include <machine/context.h>
#include <machine/trap_frame.h>
#include <task/timer.h>
#include <task/wait.h>

struct space;
struct files;

enum task_state {
	TASK_READY, /* on the run queue, or running */
	TASK_SLEEPING,
	TASK_STOPPED,
	TASK_ZOMBIE,
};

/* Bits of task->attention: something to do before the task goes back to user mode. */
#define ATTENTION_SCHEDULE 1u /* its time is up */
#define ATTENTION_SIGNAL 2u   /* a signal may be pending */

#define PID_MAX 32768 /* as Linux's default: pids are below it */
/* Each keeps up to three numbers from being a new pid: its own, its group's and its session's. */
#define TASKS_MAX 8192
_Static_assert(TASKS_MAX * 3 < PID_MAX - 2, "a new pid is always found");
#define TASK_NAME_MAX 16
#define GROUPS_MAX 32
#define TASK_CANARY 0x6e6f7067u

/* Who acts: the effective ids decide, as in credentials(7). */
struct credentials {
	unsigned uid, euid, suid;
	unsigned gid, egid, sgid;
	unsigned group_count;
	unsigned groups[GROUPS_MAX];
};

struct task {
	unsigned attention; /* first: the ports' assembly looks at it on the way out */
	enum task_state state;

	/* who it is */
	int pid;
	bool controls_terminal; /* leader of the session that has the console */

	/* the family */
	struct task *parent;
	struct list children, sibling; /* the parent's list of children */
	struct list all;	       /* every task, by age */
	struct task *next_by_pid;      /* hash chain */
	struct wait_queue child_changed; /* wait4 sleeps here */
	int exit_status;	       /* as wait4 reports it */
	bool stop_reported, continued; /* wait4's WUNTRACED and WCONTINUED */
	bool execed;		       /* setpgid of a child is refused after its exec */

	/* what it has */
	struct space *space; /* NULL: a kernel thread, or a zombie */
	struct files *files;

	/* scheduling */
	/* on the run queue while ready, on a wait queue while asleep */
	struct list run_link;
	enum sleep sleep_kind;	      /* while asleep */
	int wake_reason;	      /* 0, -EINTR or -ETIMEDOUT */
	struct timer wakeup;	      /* of a sleep with a deadline */
	unsigned slice;		      /* ticks left */
	unsigned long ticks, switches;
	uint64_t started;	      /* ns since boot */

	/* signals */
	uint64_t pending; /* bit n-1: signal n */
	struct timer alarm;
	uint64_t alarm_interval; /* ns from one ring to the next; 0: it rings once */

	/* what a child has from its parent by a plain copy, from here … */
	int pgid, sid;
	char name[TASK_NAME_MAX]; /* of the program, for messages */
	struct credentials cred;
	struct rlimit64 limits[RLIM_NLIMITS];
	unsigned umask;
	uint64_t blocked;		       /* signals: bit n-1 is signal n */
	struct kernel_sigaction actions[NSIG]; /* index n: signal n */
	/* … to here */

	struct arch_context arch;
	unsigned canary; /* last: the stack has run over when it changes */
};
#define TASK_INHERITED offsetof(struct task, pgid)
#define TASK_INHERITED_END offsetof(struct task, arch)

static inline struct task *
current_task(void)
{
	return arch_current();
}
#define current current_task()

extern struct list tasks; /* every task, by `all`, oldest first */
extern struct task *init_task; /* pid 1: inherits orphans; when it exits the machine stops */

/* --- task.c --- */

/*
 * A task with a kernel stack, no space, no files, a new pid, child of `parent` (or of none). NULL:
 * no memory.
 */
struct task *task_create(struct task *parent);
/* Takes back a task that never ran, or a zombie that was waited for. */
void task_free(struct task *task);
struct task *task_find(int pid); /* NULL: none; zombies included. O(1) */
unsigned long task_count(void);

/* --- sched.c --- */

#define HZ 100 /* ticks a second */
#define SLICE_TICKS 5

/* Turns the boot stack into the idle task. */
void sched_init(void);
void sched_ready(struct task *task);
/* Give up the CPU; the caller has set its own state. Returns when it is chosen again. */
void schedule(void);
/* A door, from the port's timer interrupt, HZ times a second; in clock.c. */
void clock_tick(void);
/* Its part here: count the running task's time, and end its slice. */
void sched_tick(void);
/* End the sleep of `task` with `reason` (0, -EINTR, -ETIMEDOUT). */
void sched_wake(struct task *task, int reason);
/*
 * Set the frame allocator's floor for the running task: at a switch, and after it became
 * privileged.
 */
void sched_set_floor(void);
/* The boot stack becomes the idle loop. */
_Noreturn void sched_idle(void);
unsigned long sched_switches(void);
unsigned long sched_idle_ticks(void);

/* --- fork.c, exec.c, exit.c --- */

/* All of these are called by the running task for itself. */
/* The child's pid; -ENOMEM, -EAGAIN (TASKS_MAX, or RLIMIT_NPROC), with nothing left behind. */
long task_fork(const struct trap_frame *frame);

/* The words that a new program starts with: argv and envp, collected one after the other. */
struct exec_words {
	char *bytes;	   /* NUL-terminated strings */
	size_t used, size; /* of the bytes; the room doubles up to EXEC_BYTES */
	unsigned argc, envc;
};
#define EXEC_BYTES (128 * 1024) /* as Linux's old ARG_MAX */
#define EXEC_BYTES_FIRST 1024
/* 0, -ENOMEM */
int exec_words_init(struct exec_words *words);
/*
 * Adds a NULL-terminated array of user strings and counts them in *count. NULL: none. 0, -E2BIG,
 * -EFAULT, -ENOMEM.
 */
int exec_words_add_user(struct exec_words *words, const void *array, unsigned *count);
/* While there is no word yet: an empty argv[0]. As on Linux, a program never finds argc to be 0. */
void exec_words_add_first(struct exec_words *words);
void exec_words_free(struct exec_words *words);
/*
 * Replace the running task's program by the file at `path` (the kernel's string). 0: `frame` now
 * leaves to the new program. -ENOENT, -EACCES, -ENOTDIR, -ENOEXEC, -ENOMEM, -E2BIG: the old program
 * goes on.
 */
int task_exec(struct trap_frame *frame, const char *path, const struct exec_words *words);

/* `status` as wait4 reports it: code << 8, or a signal number. */
_Noreturn void task_exit(int status);
/*
 * wait4: pid as there; the child's status in *status. The child's pid, 0 (WNOHANG), -ECHILD,
 * -EINTR.
 */
long task_wait(int pid, int options, int *status);

/* --- signal.c --- */

/*
 * Send: from the kernel itself, no permission asked. Never sleeps; interrupt handlers may call
 * them.
 */
void signal_send(struct task *task, int signal);
void signal_send_group(int pgid, int signal);
/* A signal is pending that is neither blocked nor ignored / that will kill. */
bool signal_pending(const struct task *task);
bool signal_fatal_pending(const struct task *task);
/* Stop the running task for its pending stop signals; returns after SIGCONT. Sleeps. */
void signal_stop(void);
/*
 * A door: before every return to user mode with attention != 0. May not come back (a fatal signal).
 */
void return_to_user(struct trap_frame *frame);
/*
 * A door: an exception of the running program that nothing could mend. `what` in words; `address`
 * is the fault's address (or the pc). Prints the report (row V09) if the signal will kill, and
 * sends it.
 */
void user_fault(struct trap_frame *frame, int signal, vaddr_t address, const char *what);

#endif
