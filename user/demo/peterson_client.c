/*
 * peterson_client [0|1]: reads lines from the keyboard and leaves each where peterson_server finds
 * it; "end" stops both. There may be two of them, 0 and 1: Peterson's algorithm is for two. See
 * peterson_server.c and peterson_use.h.
 */

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
enter(struct peterson *lock, int me)
{
	int other = 1 - me;

	lock->wants[me] = 1;
	lock->turn = other;
	while (lock->wants[other] && lock->turn == other)
		usleep(POLL_USEC);
}

static void
leave(struct peterson *lock, int me)
{
	lock->wants[me] = 0;
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

/*
 * The look at the flag and the store are together, with nobody between them. The line is read
 * before: who goes in and then waits for a human keeps the other out.
 */
static void
hand_over(struct peterson_use *shared, int me, const char *line)
{
	enter(&shared->lock, me);
	while (shared->written_by_you)
		usleep(POLL_USEC);
	strcpy(shared->some_text, line);
	shared->written_by_you = 1;
	leave(&shared->lock, me);
}

int
main(int argc, char **argv)
{
	char line[TEXT_SIZE];
	int me = argc > 1 && strcmp(argv[1], "1") == 0;

	int id = shmget(PETERSON_KEY, sizeof(struct peterson_use), 0666 | IPC_CREAT);
	if (id < 0)
		die("peterson_client: shmget");
	struct peterson_use *shared = shmat(id, NULL, 0);
	if (shared == (void *)-1)
		die("peterson_client: shmat");

	do {
		read_line(line);
		hand_over(shared, me, line);
	} while (strncmp(line, "end", 3) != 0);

	if (shmdt(shared) < 0)
		die("peterson_client: shmdt");
	return EXIT_SUCCESS;
}
