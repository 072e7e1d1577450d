/*
 * What sem_server and sem_client agree on: a segment for one line, and two semaphores that say
 * whose turn it is. A semaphore is a number that is never below 0: down() waits until it can take
 * one away, up() adds one and wakes who waits.
 *
 *	          EMPTY  FULL
 *	at first    1     0     there is room for a line
 *	            0     0     a client writes, or the server reads: nobody else may
 *	            0     1     a line waits for the server
 */

#ifndef SEM_USE_H
#define SEM_USE_H

#include <sys/sem.h>

#define SEM_KEY 1235
#define TEXT_SIZE 2048

enum { EMPTY, FULL, SEMAPHORES };

/* Both return -1 when the set has been removed: nobody will ever wake us again (EIDRM). */

static inline int
down(int set, int which)
{
	struct sembuf operation = {.sem_num = which, .sem_op = -1};
	return semop(set, &operation, 1);
}

static inline int
up(int set, int which)
{
	struct sembuf operation = {.sem_num = which, .sem_op = 1};
	return semop(set, &operation, 1);
}

#endif
