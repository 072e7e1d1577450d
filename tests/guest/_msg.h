/* What the tests of message queues share. */
#ifndef MSG_H
#define MSG_H

#include "_tap.h"
#include <sys/msg.h>

struct letter {
	long type;
	char text[256];
};

TAP int
new_queue(void)
{
	return must(msgget(IPC_PRIVATE, IPC_CREAT | 0600));
}

TAP struct msqid_ds
queue_state(int id)
{
	struct msqid_ds ds;
	must(msgctl(id, IPC_STAT, &ds));
	return ds;
}

/* A key that no queue has. */
TAP key_t
unused_queue_key(void)
{
	key_t key;
	do
		key = unused_key();
	while (msgget(key, 0) != -1 || errno != ENOENT);
	return key;
}

/* Sends the text with its NUL. */
TAP int
send(int id, long type, const char *text, int flags)
{
	struct letter letter = {.type = type};
	snprintf(letter.text, sizeof(letter.text), "%s", text);
	return msgsnd(id, &letter, strlen(letter.text) + 1, flags);
}

/* The letter received last. */
static struct letter got;

TAP int
receive(int id, long type, int flags)
{
	memset(&got, 0x55, sizeof(got));
	return msgrcv(id, &got, sizeof(got.text), type, flags);
}

/* "type:text" of the message that a receiver gets without waiting, or "none" or its errno. */
TAP const char *
next(int id, long type, int flags)
{
	static char answer[300];
	if (receive(id, type, flags | IPC_NOWAIT) >= 0)
		snprintf(answer, sizeof(answer), "%ld:%s", got.type, got.text);
	else
		snprintf(answer, sizeof(answer), errno == ENOMSG ? "none" : "error %d", errno);
	return answer;
}

#define is_text(have, want, ...) \
	({ \
		const char *have_ = (have), *want_ = (want); \
		int same_ = strcmp(have_, want_) == 0; \
		tap_ok(same_, __VA_ARGS__); \
		if (!same_) \
			note("line %d: expected '%s', got '%s'", __LINE__, want_, have_); \
		same_; \
	})

/*
 * The process sleeps: what it called last, it has called. (Where /proc does not tell, or while it
 * is on its way, some time helps.)
 */
TAP int
falls_asleep(pid_t pid)
{
	char path[40], state = 0;
	int still = 0;
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	for (int patience = 1000; still < 3 && state != 'Z' && patience > 0; patience--) {
		usleep(1000);
		sscanf(file_text(path), "%*d (%*[^)]) %c", &state);
		still = state == 'S' ? still + 1 : 0;
	}
	return still;
}

#endif
