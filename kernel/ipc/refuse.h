/*
 * Why a call of System V IPC was refused: an errno has a name and no numbers. So the check that
 * refuses says in words what it compared:
 *
 *	if (size > segment->shm_segsz)
 *		return ipc_refuse(EINVAL, "the segment has %lu bytes, %lu asked", …);
 *
 * which is -EINVAL, and remembers the words and the numbers in the process. They are put together
 * when somebody reads /proc/PID/ipc_error (shm_explain(1), ipc_explain(3)), or at once with
 * trace=ipc. A call that is granted does nothing for all this, so it does not forget either: what
 * is remembered is the last refusal.
 */
#ifndef IPC_REFUSE_H
#define IPC_REFUSE_H

#include <abi/errno.h>
#include <task/process.h>

/* Of a function that is called when something is refused: it costs nothing where nothing is. */
#define REFUSES __attribute__((cold, noinline))

struct ipc_ids;
struct ipc_perm;
struct text;

/*
 * ipc_refuse(EINVAL, "words with %lu", number, …): -EINVAL. Up to four numbers, which become
 * unsigned long; one of them may be a static string, for %s.
 */
#define ipc_refuse(error, words, ...) \
	ipc_refuse_as(error, #error ": " words, REFUSAL_FOUR(0, ##__VA_ARGS__, 0, 0, 0, 0))
#define REFUSAL_FOUR(first, a, b, c, d, ...) \
	(unsigned long)(a), (unsigned long)(b), (unsigned long)(c), (unsigned long)(d)
int ipc_refuse_as(int error, const char *words, unsigned long a, unsigned long b, unsigned long c,
	unsigned long d) REFUSES;

/* The checks that many calls make. */

/* -EINVAL: there is no object with that id, or not any more. */
int ipc_refuse_id(const struct ipc_ids *ids, int id) REFUSES;
/* -EACCES: the mode does not grant what `flags` ask for. */
int ipc_refuse_access(const struct ipc_perm *perm, unsigned flags) REFUSES;
/* -EPERM: the caller is neither owner nor creator. */
int ipc_refuse_owner(const struct ipc_perm *perm) REFUSES;
/* -EINVAL: no such command of semctl … */
int ipc_refuse_command(const struct ipc_ids *ids, int id, int command) REFUSES;

/* /proc/PID/ipc_error: the number and the words, or nothing. */
void ipc_refusal_text(struct text *text, struct process *process);

#endif
