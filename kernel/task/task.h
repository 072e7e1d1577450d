/*
 * Tasks. A task is a thread of a process (task/process.h), with a kernel stack; its struct lies at
 * the bottom of it:
 *
 *     KSTACK_SIZE  +----------------+ <- the trap frame of the entry from user mode ends here
 *                  |  stack  |      |
 *                  |         v      |
 *                  |   (canary)     |
 *               0  |  struct task   | <- arch_current()
 *                  +----------------+
 *
 *      fork, clone       scheduled           exit         somebody else runs
 *  TASK_NEW -> TASK_READY <--> running --> TASK_ENDED --> (none)
 *                   ^             | wait_sleep
 *                   '-- woken --- TASK_SLEEPING           SIGSTOP: TASK_STOPPED until SIGCONT
 */
#ifndef TASK_TASK_H
#define TASK_TASK_H

#include <lib/list.h>
#include <machine/context.h>
#include <task/process.h>
#include <task/timer.h>
#include <task/wait.h>
#include "arch/trap_frame.h"

struct space;
struct files;
struct vfork;

enum task_state {
	TASK_NEW,   /* being made: nobody wakes it */
	TASK_READY, /* on the run queue, or running */
	TASK_SLEEPING,
	TASK_STOPPED,
	TASK_ENDED, /* its stack is taken back when another task runs */
};

/* Bits of task->attention: something to do before the task goes back to user mode. */
#define ATTENTION_SCHEDULE 1u /* its time is up */
#define ATTENTION_SIGNAL 2u   /* a signal may be pending */

#define PID_MAX 32768 /* as Linux's default: pids are below it */
/* Of tasks, and of processes: each keeps up to three numbers from being a new pid. */
#define TASKS_MAX 8000
_Static_assert(TASKS_MAX * (1 + 3) < PID_MAX - 2, "a new pid is always found");
#define TASK_CANARY 0x6e6f7067u

struct task {
	unsigned attention; /* first: the ports' assembly looks at it on the way out */
	enum task_state state;

	/* who it is */
	int tid;
	struct process *process;
	struct list of_process;	       /* process->tasks */
	struct task *next_by_tid;      /* hash chain */

	/* what it has, and may share with other tasks; each holds a reference */
	struct space *space; /* NULL: a kernel thread, or one that ended */
	struct files *files;
	/* words of its program, or NULL: set to 0 and woken when it leaves the space; its locks */
	int *clear_tid;
	struct robust_list_head *robust_list;
	struct vfork *vfork; /* its parent sleeps there until it gives up the space; or NULL */

	/* scheduling */
	/* on the run queue while ready, on a wait queue while asleep */
	struct list run_link;
	enum sleep sleep_kind;	      /* while asleep */
	int wake_reason;	      /* 0, -EINTR or -ETIMEDOUT */
	struct timer wakeup;	      /* of a sleep with a deadline */
	unsigned slice;		      /* ticks left */
	unsigned long ticks, switches;

	struct task_signals signals;

	struct arch_context arch;
	unsigned canary; /* last: the stack has run over when it changes */
};

static inline struct task *
current_task(void)
{
	return arch_current();
}
#define current current_task()

/* --- task.c --- */

/*
 * A task of `process` with a kernel stack, no space, no files; the process's first has its pid for
 * a tid. NULL: no memory.
 */
struct task *task_create(struct process *process);
/* Takes back a task that never ran, or one that ended and does not run any more. */
void task_free(struct task *task);
void task_set_tid(struct task *task, int tid); /* which nobody has */
struct task *task_find(int tid); /* NULL: none. O(1) */
unsigned long task_count(void);
/* The running task has ended: its stack is taken back as soon as it is not in use any more. */
void task_bury(struct task *task);
/* Take back what was left to bury: before frames are counted. */
void task_trim(void);

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
/* Tasks that run or could. O(their number). */
unsigned long sched_ready_count(void);

/* --- fork.c, exec.c, exit.c --- */

/* All of these are called by the running task for itself. */
/* What a child shares with its parent, and what is written where: clone(2). */
struct clone_request {
	unsigned flags; /* CLONE_…: a combination that has a sense */
	vaddr_t stack;	/* the child's; 0: where the parent's is */
	int *parent_tid, *child_tid;
	vaddr_t tls; /* with CLONE_SETTLS, as the port has it */
};

/*
 * Makes a child, a process or (CLONE_THREAD) a task of this one, which returns 0 from the same
 * call. Its tid; -ENOMEM, -EAGAIN (TASKS_MAX, or RLIMIT_NPROC), -EFAULT, -EINVAL (tls), with
 * nothing left behind. Sleeps with CLONE_VFORK, and when it writes tids.
 */
long task_clone(const struct trap_frame *frame, const struct clone_request *request);
/*
 * The running task gives up its memory: who waits for its end, or for a lock of its, is woken.
 * Sleeps. (thread.c)
 */
void task_leave_memory(void);
/*
 * For exec: all other tasks of the process end, and the running one becomes its first, with its
 * number. 0; -EINTR: it is to end itself. Sleeps. (thread.c)
 */
int process_end_others(void);
/* The running task gives up its space: a parent that waits in vfork goes on. */
void vfork_done(void);
/* The running task's memory is `space` from now on; its reference is the caller's business. */
void task_use_space(struct space *space);

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
/* Puts a word before all others. 0, -E2BIG, -ENOMEM. */
int exec_words_push(struct exec_words *words, const char *word);
/* Takes away the first word; there is one. */
void exec_words_pop(struct exec_words *words);
void exec_words_free(struct exec_words *words);
/*
 * Replace the running task's program by the file at `path` (the kernel's string). 0: `frame` now
 * leaves to the new program; a script's is its interpreter, and `words` become that one's. -ENOENT,
 * -EACCES, -ENOTDIR, -ENOEXEC, -ENOMEM, -E2BIG, -ELOOP (scripts read by scripts), -EAGAIN
 * (RLIMIT_NPROC after setuid): the old program goes on.
 */
int task_exec(struct trap_frame *frame, const char *path, struct exec_words *words);

/* The end of the running task; with the last one its process ends with `status`. */
_Noreturn void task_exit(int status);

#endif
