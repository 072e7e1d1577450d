/*
 * System V message queues.
 *
 *     struct msg_queue            struct message              struct message_piece
 *     +------------------+       +----------------------+     +--------------+
 *     | msg_perm, times  |       | type, size           |     | next ────────+─> …
 *     | bytes, count     |       | pieces ──────────────+──>  | more text    |
 *     | messages ────────+─────> | text, what fits here |     +--------------+
 *     | receivers ───────+──> struct msg_sleeper <-> …   on the stacks of tasks asleep in msgrcv
 *     | senders ─────────+──> struct msg_sleeper <-> …   … and in msgsnd
 *     +------------------+
 *
 * Nobody is woken in vain. Who sends looks for a sleeping receiver first and hands it the message,
 * past the queue. Who makes room puts in what sleeping senders hold ready, as far as it fits, in
 * the order in which they came. Both write the sleeper's result, take it off the list, and wake it.
 *
 * Laws (check=1): bytes and count are those of the messages in the queue; no sleeping receiver
 * wants one of them; no sleeping sender's message would fit. (msg_check)
 *
 * msg.c finds, makes and removes queues; msg_transfer.c sends and receives; message.c is a message
 * by itself; msg_ctl.c tells.
 */
#ifndef IPC_MSG_H
#define IPC_MSG_H

#include <abi/msg.h>
#include <ipc/ipc.h>
#include <task/wait.h>

struct task;

/* A message's text lies in one object of kmalloc and, if it is long, in single pages beyond. */
struct message_piece {
	struct message_piece *next;
	char text[];
};

struct message {
	struct list link; /* in a queue */
	size_t size;	  /* bytes of the text */
	struct message_piece *pieces;
	/* from here on as in user memory */
	long type; /* above 0 */
	char text[];
};

struct msg_queue {
	struct ipc_perm msg_perm; /* first: ipc.c sees only this */
	unsigned long stime, rtime, ctime; /* seconds since 1970: last msgsnd, msgrcv, change */
	int lspid, lrpid;		   /* who sent, received last */
	unsigned long bytes, count;	   /* in the queue */
	unsigned long room;		   /* msg_qbytes: bytes, and messages, that it takes */
	struct list messages;		   /* oldest first */
	struct list receivers, senders;	   /* asleep, who came first first */
};

/* Which messages a receiver takes. */
enum msg_match {
	MATCH_ANY,
	MATCH_TYPE,	/* that one */
	MATCH_NOT_TYPE, /* any but that one */
	MATCH_UP_TO,	/* the lowest type up to that one */
};

struct msg_wish {
	enum msg_match match;
	long type;
	size_t room; /* bytes; a longer message is none for it: E2BIG */
};

/* A task asleep on a queue; see ipc.h for who may follow which pointer when. */
struct msg_sleeper {
	struct list link; /* in the queue, until it is over */
	struct task *task;
	struct wait_queue woken; /* it alone sleeps here */
	int result;		 /* MSG_ASLEEP; then 0, -EIDRM, -E2BIG */
	/* a sender's, until it is sent; a receiver's, once it is handed one */
	struct message *message;
	struct msg_wish wish; /* a receiver's */
};
#define MSG_ASLEEP 1

extern struct ipc_ids msg_ids;

/* What is a queue's own; in msg_ctl.c, but for these two. */
extern const struct ipc_kind msg_kind;
long msg_create(int key, size_t size, unsigned flags); /* `size` means nothing */
void msg_remove(struct ipc_perm *perm);

/* The queue that begins with this, or NULL. */
static inline struct msg_queue *
msg_of(const struct ipc_perm *perm)
{
	return container_of(perm, struct msg_queue, msg_perm);
}

/* The limits, as in /proc/sys/kernel; msgmni is msg_ids.limit. */
extern int msg_max; /* bytes of a message */
extern int msg_mnb; /* room of a new queue, bytes; more takes root */

/* In all queues. */
extern unsigned long msg_total_count, msg_total_bytes;

/* --- message.c --- */

/* Room for a text of `size` bytes, type and text not set; NULL without memory. Does not sleep. */
struct message *message_new(size_t size);
void message_free(struct message *message);
/* The type and all of the text / its first `size` bytes. 0 or -EFAULT. May sleep. */
int message_from_user(struct message *message, const void *user);
int message_to_user(const struct message *message, void *user, size_t size);
/* A copy for MSG_COPY; NULL without memory. Does not sleep. */
struct message *message_copy(const struct message *message);

/* --- the calls; the running task is the caller --- */

/* The id, or -ENOENT -EEXIST -EACCES -ENOSPC -ENOMEM; docs/man/msgget.2 */
long msg_get(int key, unsigned flags);
/* Both may sleep. Errors and their order: docs/man/msgop.2 */
long msg_send(int id, const void *user, size_t size, unsigned flags);
/* Bytes of text. */
long msg_receive(int id, void *user, size_t size, long type, unsigned flags);
/* `old`: the structure is the old one. Errors and their order: docs/man/msgctl.2 */
long msg_control(int id, int command, void *user, bool old);

/* --- msg_transfer.c, for the other files --- */

bool msg_fits(const struct msg_queue *queue, size_t size);
/* A sleeping receiver with this wish would take it, if it has the room. */
bool msg_wanted(const struct msg_wish *wish, const struct message *message);
/* It sleeps, and nothing has woken it yet, not even a signal. */
bool msg_is_asleep(const struct msg_sleeper *sleeper);
/* The queue goes: all who sleep on it end with -EIDRM. */
void msg_wake_all(struct msg_queue *queue);
/* Permissions or room have changed: who may be concerned looks again. */
void msg_look_again(struct msg_queue *queue);

void msg_check(void); /* check=1: the laws for all queues. Panics. */

#endif
