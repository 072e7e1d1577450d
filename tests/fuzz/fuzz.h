/*
 * A differential fuzzer of System V IPC: seeded random programs of calls, made by several
 * processes, whose log has to be the same on nopage and on Linux.
 *
 *     conductor                                  workers (processes)
 *    +-----------------------+   struct board   +----+ +----+ +----+ +----+
 *    | chooses the next call | <--------------> | w0 | | w1 | | w2 | | w3 |
 *    | names ids, pids; logs |  (shared page)   +----+ +----+ +----+ +----+
 *    +-----------------------+
 *
 * One worker at a time gets a call, and the next step begins when it has answered, or sleeps in the
 * kernel (/proc/PID/stat tells), and everybody whom it woke has answered too: so what happens does
 * not depend on the scheduler. What a step does depends on the seed, its number and what is there,
 * and not on how many random numbers other steps took: a failing program is made shorter by leaving
 * steps out.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/types.h>

#define WORKERS 4
#define MESSAGE_MAX 128
#define OPERATIONS_MAX 5 /* one more than the limit */
#define SEMAPHORES_MAX 8

enum kind {
	SHM,
	SEM,
	MSG,
	KINDS,
};

enum request {
	/* xxxget: key, size or number of semaphores, flags */
	GET_SHM,
	GET_SEM,
	GET_MSG,
	/* xxxctl: id, command, and for IPC_SET uid, gid, mode; for semctl which semaphore, value */
	CONTROL_SHM,
	CONTROL_SEM,
	CONTROL_MSG,
	ATTACH,	 /* id, address, flags */
	DETACH,	 /* address */
	LOAD,	 /* address: the byte there */
	STORE,	 /* address, byte */
	PROTECT, /* address, length, rights */
	UNMAP,	 /* address, length */
	OPERATE, /* id, count: semop with `operations`; a timeout of 0 when `third` is set */
	SEND,	 /* id, type, length, flags */
	RECEIVE, /* id, size, type, flags */
	BECOME,	 /* euid, egid */
	FORK,	 /* the worker's number that the child takes */
	EXIT,
};

struct call {
	enum request request;
	long first, second, third, fourth, fifth;
	struct sembuf operations[OPERATIONS_MAX];
};

struct answer {
	long result;
	int error; /* errno, when result is -1 */
	union {
		struct shmid_ds shm;
		struct semid_ds sem;
		struct msqid_ds msg;
		unsigned short values[SEMAPHORES_MAX];
		struct {
			long type;
			char text[MESSAGE_MAX];
		} message;
	};
};

struct worker {
	volatile enum { ABSENT, WAITING, BUSY } phase;
	volatile pid_t pid;
	struct call call;
	struct answer answer;
};

struct board {
	struct worker workers[WORKERS];
	struct worker conductor; /* what it asks for itself */
};

extern struct board *board;

/* worker.c: makes the call of `worker` and writes its answer. */
void perform(struct worker *worker);
/* A worker's life. */
_Noreturn void work(int number);

/* conductor.c: one program of `steps` steps, but those that are marked in left_out. */
void conduct(unsigned seed, unsigned steps, const unsigned char *left_out);

/* random.c */
void random_start(unsigned seed, unsigned step);
unsigned pick(unsigned count); /* 0 … count - 1 */

/* log.c: what is said of a call and its answer, without ids, pids or addresses. */
void log_call(int worker, const struct call *call);
void log_answer(int worker, const struct call *call, const struct answer *answer);

#endif
