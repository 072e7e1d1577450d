/*
 * sem_server: prints every line that sem_client reads from the keyboard; "end" stops it. The
 * conversation of shm_server, made right with two semaphores: the producer and the consumer of the
 * textbooks.
 *
 *	$ sem_server & sem_client
 *
 * Compare shm_server.c. There, looking at the flag and setting it are two steps, and between them
 * somebody else may do the same. Here down() does both in one: of any number of clients that wait
 * for EMPTY one gets it, and the others sleep. Nobody looks every 10 ms; who waits costs nothing,
 * and runs at once when it is its turn. And a semaphore orders memory too: what a client wrote
 * before up(FULL) is there for the server after its down(FULL).
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "sem_use.h"

/* Every program defines it for itself: semctl's fourth argument. */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/*
 * A new set is all zeros, so a client that was here first sleeps. The shop opens when the server
 * says that there is room for one line; that also clears away what a killed server left.
 */
static void
open_shop(int set)
{
	unsigned short values[SEMAPHORES] = {[EMPTY] = 1, [FULL] = 0};

	if (semctl(set, 0, SETALL, (union semun){.array = values}) < 0)
		die("sem_server: semctl(SETALL)");
}

static void
serve(int set, const char *text)
{
	bool running = true;

	while (running) {
		if (down(set, FULL) < 0)
			die("sem_server: semop");
		printf("You wrote: %s", text);
		fflush(stdout);
		running = strncmp(text, "end", 3) != 0;
		if (up(set, EMPTY) < 0)
			die("sem_server: semop");
	}
}

int
main(void)
{
	int id = shmget(SEM_KEY, TEXT_SIZE, 0666 | IPC_CREAT);
	int set = semget(SEM_KEY, SEMAPHORES, 0666 | IPC_CREAT);
	if (id < 0 || set < 0)
		die("sem_server: shmget, semget");
	char *text = shmat(id, NULL, 0);
	if (text == (void *)-1)
		die("sem_server: shmat");

	open_shop(set);
	serve(set, text);

	/* The set first: whoever sleeps on it wakes with EIDRM, and learns that we have gone. */
	if (semctl(set, 0, IPC_RMID) < 0 || shmdt(text) < 0 || shmctl(id, IPC_RMID, NULL) < 0)
		die("sem_server: cleaning up");
	return EXIT_SUCCESS;
}
