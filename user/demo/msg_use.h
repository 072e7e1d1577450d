/* What msg_server and msg_client agree on: the key of the queue, and what a message is. */

#ifndef MSG_USE_H
#define MSG_USE_H

#define MSG_KEY 1237
#define TEXT_SIZE 2048
#define LINE_TYPE 1 /* a message has a type, above 0; who receives may choose by it */

struct line_message {
	long type;
	char text[TEXT_SIZE];
};

#endif
