/*
 * shm_server: prints every line that shm_client reads from the keyboard; "end" stops both.
 *
 *	$ shm_server & shm_client
 *
 * One page is the whole conversation. Neither program sends anything: the client stores a line
 * and sets a flag, and the server, who looks every now and then, finds both in its own memory.
 *
 * It races, on purpose. The flag is a plain int: looking at it and setting it are two steps, so two
 * clients can both find the page free, and one line is lost; and nothing orders the text before the
 * flag on a machine that may swap two stores. See README beside this file.
 */

#include <stdbool.h>
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

/* Prints lines until one of them begins with "end". */
static void
serve(struct shared_use_st *shared)
{
	bool running = true;

	while (running) {
		while (!shared->written_by_you)
			usleep(POLL_USEC);
		printf("You wrote: %s", shared->some_text);
		fflush(stdout);
		running = strncmp(shared->some_text, "end", 3) != 0;
		shared->written_by_you = 0; /* from here on the text is the client's again */
	}
}

int
main(void)
{
	int id = shmget(SHARED_KEY, sizeof(struct shared_use_st), 0666 | IPC_CREAT);
	if (id < 0)
		die("shm_server: shmget");

	struct shared_use_st *shared = shmat(id, NULL, 0);
	if (shared == (void *)-1)
		die("shm_server: shmat");

	serve(shared);

	if (shmdt(shared) < 0)
		die("shm_server: shmdt");
	if (shmctl(id, IPC_RMID, NULL) < 0)
		die("shm_server: shmctl(IPC_RMID)");
	return EXIT_SUCCESS;
}
