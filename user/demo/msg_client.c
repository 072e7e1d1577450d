/*
 * msg_client: reads lines from the keyboard and sends each to msg_server; "end" stops both. There
 * may be as many clients as you like. See msg_server.c.
 */

#include <errno.h>
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

/* Asks for a line; the end of the input counts as "end". */
static void
read_line(char *line)
{
	printf("Enter some text: ");
	fflush(stdout);
	if (!fgets(line, TEXT_SIZE, stdin))
		strcpy(line, "end\n");
}

/* Returns false if the server, and the queue with it, has gone. The size given is the text's. */
static bool
hand_over(int queue, const struct line_message *message)
{
	if (msgsnd(queue, message, strlen(message->text) + 1, 0) == 0)
		return true;
	if (errno != EIDRM && errno != EINVAL)
		die("msg_client: msgsnd");
	fprintf(stderr, "msg_client: the server has gone\n");
	return false;
}

int
main(void)
{
	struct line_message message = {.type = LINE_TYPE};
	int queue = msgget(MSG_KEY, 0666 | IPC_CREAT);
	if (queue < 0)
		die("msg_client: msgget");

	do {
		read_line(message.text);
	} while (hand_over(queue, &message) && strncmp(message.text, "end", 3) != 0);
	return EXIT_SUCCESS;
}
