/*
 * sem_client: reads lines from the keyboard and hands each to sem_server; "end" stops both. There
 * may be as many clients as you like. See sem_server.c and sem_use.h.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "sem_use.h"

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* Asks for a line; the end of the input counts as "end". */
static void
read_line(char *line)
{
	printf("Enter some text: ");
	fflush(stdout);
	if (!fgets(line, TEXT_SIZE, stdin))
		strcpy(line, "end\n");
}

/* Returns false if the server has gone: the set is removed, or was before we came to use it. */
static bool
hand_over(int set, char *text, const char *line)
{
	bool done = down(set, EMPTY) == 0;

	if (done) {
		strcpy(text, line); /* nobody else is here: neither EMPTY nor FULL is 1 */
		done = up(set, FULL) == 0;
	}
	if (!done && errno != EIDRM && errno != EINVAL)
		die("sem_client: semop");
	return done;
}

int
main(void)
{
	char line[TEXT_SIZE];
	int id = shmget(SEM_KEY, TEXT_SIZE, 0666 | IPC_CREAT);
	int set = semget(SEM_KEY, SEMAPHORES, 0666 | IPC_CREAT);
	if (id < 0 || set < 0)
		die("sem_client: shmget, semget");
	char *text = shmat(id, NULL, 0);
	if (text == (void *)-1)
		die("sem_client: shmat");

	bool served;
	do {
		read_line(line);
		served = hand_over(set, text, line);
		if (!served)
			fprintf(stderr, "sem_client: the server has gone\n");
	} while (served && strncmp(line, "end", 3) != 0);

	if (shmdt(text) < 0)
		die("sem_client: shmdt");
	return EXIT_SUCCESS;
}
