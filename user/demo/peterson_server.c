/*
 * peterson_server: prints every line that its one or two clients read; "end" stops it. The
 * conversation of shm_server, made right with nothing but memory.
 *
 *	$ peterson_server & peterson_client 0
 *
 * The clients keep each other out with Peterson's algorithm, see peterson_use.h. The server needs
 * no turn of its own: only it makes the flag 0, and only a client that found 0 makes it 1. The flag
 * is atomic, so whoever sees the new value sees also all that was written before it.
 *
 * It is right, but it still looks every 10 ms: a program alone cannot wake another. That is what
 * the kernel's semaphores are for.
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "peterson_use.h"

#define POLL_USEC 10000

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void
serve(struct peterson_use *shared)
{
	bool running = true;

	while (running) {
		while (!shared->written_by_you)
			usleep(POLL_USEC);
		printf("You wrote: %s", shared->some_text);
		fflush(stdout);
		running = strncmp(shared->some_text, "end", 3) != 0;
		shared->written_by_you = 0;
	}
}

int
main(void)
{
	int id = shmget(PETERSON_KEY, sizeof(struct peterson_use), 0666 | IPC_CREAT);
	if (id < 0)
		die("peterson_server: shmget");
	struct peterson_use *shared = shmat(id, NULL, 0);
	if (shared == (void *)-1)
		die("peterson_server: shmat");

	serve(shared);

	if (shmdt(shared) < 0 || shmctl(id, IPC_RMID, NULL) < 0)
		die("peterson_server: cleaning up");
	return EXIT_SUCCESS;
}
