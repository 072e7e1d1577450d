/*
 * shm_client: reads lines from the keyboard and leaves each where shm_server finds it; "end" stops
 * both. What the two do, and the race between them, is told in shm_server.c and in README.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "shared_use.h"

#define POLL_USEC 10000

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* Asks for a line; the end of the input counts as "end", or the server would wait for ever. */
static void
read_line(char *line)
{
	printf("Enter some text: ");
	fflush(stdout);
	if (!fgets(line, TEXT_SIZE, stdin))
		strcpy(line, "end\n");
}

static void
talk(struct shared_use_st *shared)
{
	char line[TEXT_SIZE];

	do {
		while (shared->written_by_you)
			usleep(POLL_USEC);
		read_line(line);
		strcpy(shared->some_text, line);
		shared->written_by_you = 1;
	} while (strncmp(line, "end", 3) != 0);
}

int
main(void)
{
	int id = shmget(SHARED_KEY, sizeof(struct shared_use_st), 0666 | IPC_CREAT);
	if (id < 0)
		die("shm_client: shmget");

	struct shared_use_st *shared = shmat(id, NULL, 0);
	if (shared == (void *)-1)
		die("shm_client: shmat");

	talk(shared);

	if (shmdt(shared) < 0)
		die("shm_client: shmdt");
	return EXIT_SUCCESS;
}
