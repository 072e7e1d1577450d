/*
 * System V semaphores. A set has several; one call does an array of operations on them, all or
 * none. Who cannot go on sleeps until all of its operations can be done at once, and whoever makes
 * that possible does them for it, so that nobody comes in between.
 *
 *     struct sem_set                                   struct sem_sleeper (on the sleeper's stack)
 *    +--------------------+                           +-------------------------+
 *    | sem_perm, times    |   several operations      | ops, undo, task, status |
 *    | alter, zero ───────+── that sleep ───────────> +-------------------------+ <─> …
 *    | undos ─────────────+───> struct sem_undo <─> … (one a process that uses SEM_UNDO here)
 *    +--------------------+   one operation
 *    | value pid alter    |── that waits for more ──> +-------------------------+
 *    |           zero ────+── that waits for 0 ─┐     | …                       |
 *    +--------------------+                     └───> +-------------------------+
 *    | value pid …        |
 *    +--------------------+
 *
 * A list holds its sleepers in the order in which they came, and they are tried in that order. One
 * that would change a value is in an alter list, one that only waits for zeros in a zero list. As
 * long as a sleeper with several operations is there, all who would change a value lie in the
 * set's own alter list, so that their order is known (`several` counts such sleepers). That is
 * Linux's order, too.
 *
 * SEM_UNDO: what a process did with that flag is taken back when the process ends. A struct
 * sem_undo has, for one process and one set, a number for each semaphore that the end will add.
 *
 *     struct process ──undo──> struct sem_undo_list ──> sem_undo <─> sem_undo <─> …
 *                                                          ^ undos      ^ undos
 *                                                       a sem_set    another
 *
 * Laws (check=1): 0 <= value <= SEMVMX; no sleeper lies where its operations could be done; a
 * sleeper of one operation lies at its semaphore if and only if `several` is 0; an undo is on the
 * lists of its process and of its set, with as many numbers as the set has semaphores;
 * sem_used = semaphores of all sets <= sem_mns when they were made.
 *
 * One file a task: sem.c makes and finds, sem_op.c operates, sem_undo.c takes back, sem_ctl.c tells
 * and sets.
 */
#ifndef IPC_SEM_H
#define IPC_SEM_H

#include <abi/sem.h>
#include <abi/time.h>
#include <ipc/ipc.h>

struct process;
struct task;

struct semaphore {
	int value; /* 0 … SEMVMX */
	int pid;   /* who changed it last, or found it 0 */
	/* sleepers with one operation, on this one */
	struct list alter, zero;
};

struct sem_set {
	struct ipc_perm sem_perm; /* first: ipc.c sees only this */
	unsigned long sem_otime, sem_ctime; /* seconds since 1970; otime 0: no operation yet */
	unsigned sem_nsems;
	unsigned sleepers;
	unsigned several;	 /* of them those with several operations */
	struct list alter, zero; /* these, and of those with one operation see above */
	struct list undos;
	struct semaphore sems[];
};

struct sem_undo {
	struct list of_process, of_set;
	int semid;
	int16_t adjust[]; /* for each semaphore what the end of the process adds to it */
};

struct sem_undo_list {
	struct list undos; /* by of_process, the newest first */
};

/* Who cannot go on. Its status is all that its owner looks at after the sleep. */
struct sem_sleeper {
	struct list link;
	struct sem_set *set; /* valid while it is asleep: removal ends that */
	struct sembuf *ops;
	unsigned count;
	bool alters; /* one of the operations is not a wait for 0 */
	/* the first that cannot be done: GETNCNT and GETZCNT count it */
	const struct sembuf *blocking;
	struct sem_undo *undo;	       /* of the task's process, if an operation wants it */
	struct task *task;
	int status; /* SEM_ASLEEP; or 0: done, or an error: and it is off the list */
};
#define SEM_ASLEEP 1

extern struct ipc_ids sem_ids;

/*
 * The limits, as in /proc/sys/kernel/sem; the fourth, semmni, is sem_ids.limit. Linux's defaults.
 */
extern int sem_msl; /* semaphores of a set */
extern int sem_mns; /* of all sets */
extern int sem_opm; /* operations of a call */
extern int sem_used; /* semaphores of all sets now */

/* The calls. The running task is the caller. */

/* The id, or -EINVAL -ENOENT -EEXIST -EACCES -ENOSPC -ENOMEM; order: docs/man/semget.2 */
long sem_get(int key, int count, unsigned flags);
/*
 * semop and semtimedop; timeout NULL: none. 0 when all operations were done, or -E2BIG -EINVAL
 * -ENOMEM -EFAULT -EFBIG -EACCES -ERANGE, -EAGAIN, -EIDRM, -EINTR, and then none was; order:
 * docs/man/semop.2. Sleeps.
 */
long sem_operate(int id, const struct sembuf *user, unsigned count,
	const struct timespec64 *timeout);
/*
 * semctl; `argument` is a number or a pointer, as the command wants it; `old`: the structures are
 * the old ones. Errors: docs/man/semctl.2
 */
long sem_control(int id, int number, int command, unsigned long argument, bool old);

/* --- between the files --- */

static inline struct sem_set *
sem_find(int id)
{
	return (struct sem_set *)ipc_find(&sem_ids, id);
}

/* The set that begins with this. */
static inline struct sem_set *
sem_of(const struct ipc_perm *perm)
{
	return container_of(perm, struct sem_set, sem_perm);
}

extern const struct ipc_kind sem_kind; /* in sem_ctl.c */
long sem_create(int key, size_t count, unsigned flags);
int sem_suits(const struct ipc_perm *perm, size_t count);
void sem_remove(struct ipc_perm *perm);

/* sem_op.c */

/*
 * Values have been set, all that may be: do for the sleepers what can be done now. `completed`: an
 * operation was among the changes, sem_otime moves in any case.
 */
void sem_update_all(struct sem_set *set, bool completed);
/* The set goes: every sleeper's call ends with -EIDRM. */
void sem_send_home(struct sem_set *set);
/* Sleepers whose first blocking operation is on that semaphore, waiting for 0 or for more. */
unsigned sem_count_sleepers(const struct sem_set *set, unsigned number, bool for_zero);
void sem_check_sleepers(const struct sem_set *set); /* check=1. Panics. */

/* sem_undo.c */

/* The running process's undo for that set, made if need be. NULL: no memory. */
struct sem_undo *sem_undo_get(struct sem_set *set);
/* What that semaphore (-1: all of the set) has to take back is forgotten, for every process. */
void sem_undo_clear(struct sem_set *set, int number);
/* The set goes: there is nothing to take back any more. */
void sem_undo_drop(struct sem_set *set);
/* The process has ended: take back what it did with SEM_UNDO. Does not sleep. */
void sem_process_ended(struct process *process);
unsigned long sem_undo_count(void); /* for /proc/nopage */
void sem_undo_check(const struct sem_set *set); /* check=1. Panics. */

void sem_check(void); /* check=1: the laws for all sets. Panics. */

#endif
