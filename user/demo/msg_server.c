/*
 * msg_server: prints every line that msg_client reads from the keyboard; "end" stops it. The
 * conversation of shm_server, made right by sharing nothing.
 *
 *	$ msg_server & msg_client
 *
 * Each line is a message. The kernel copies it out of the client into the queue, and later out of
 * the queue into the server: two copies where shared memory has none. For that there is nothing
 * that two could touch at once, lines that come faster than they are read wait in the queue, in
 * order, and whoever has nothing to do sleeps. A queue that is full (16 KiB, see `ipcs -l`) makes
 * msgsnd wait.
 */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "msg_use.h"

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void
serve(int queue)
{
	struct line_message message;
	bool running = true;

	while (running) {
		if (msgrcv(queue, &message, sizeof message.text, LINE_TYPE, 0) < 0)
			die("msg_server: msgrcv");
		printf("You wrote: %s", message.text);
		fflush(stdout);
		running = strncmp(message.text, "end", 3) != 0;
	}
}

int
main(void)
{
	int queue = msgget(MSG_KEY, 0666 | IPC_CREAT);
	if (queue < 0)
		die("msg_server: msgget");

	serve(queue);

	if (msgctl(queue, IPC_RMID, NULL) < 0)
		die("msg_server: msgctl(IPC_RMID)");
	return EXIT_SUCCESS;
}
