/*
 * msgsnd and msgrcv. The user's memory is copied from before anything is looked at, and to after
 * the message was taken off: in between nothing sleeps but the two who wait, each by a record on
 * its own stack (struct msg_sleeper).
 */
#include <abi/errno.h>
#include <ipc/msg.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/task.h>

#define LONG_MAX ((long)(~0ul >> 1))

/* --- sleeping --- */

static struct msg_sleeper *
sleeper_of(struct list *link)
{
	return list_entry(link, struct msg_sleeper, link);
}

bool
msg_is_asleep(const struct msg_sleeper *sleeper)
{
	return sleeper->task->state == TASK_SLEEPING;
}

/* Ends the sleep. */
static void
wake(struct msg_sleeper *sleeper, int result)
{
	list_remove(&sleeper->link);
	sleeper->result = result;
	wait_wake_all(&sleeper->woken);
}

/*
 * Sleep on one of a queue's lists. The result that somebody gave; or -ERESTARTNOHAND (a signal); or
 * MSG_ASLEEP: the queue is still there, look again.
 */
static int
sleep_on(struct list *list, struct msg_sleeper *sleeper)
{
	sleeper->task = current;
	sleeper->result = MSG_ASLEEP;
	wait_queue_init(&sleeper->woken);
	list_add_before(list, &sleeper->link);
	int error = wait_sleep(&sleeper->woken, SLEEP_INTERRUPTIBLE);
	list_remove(&sleeper->link);
	/* what was given before the signal came is kept */
	return sleeper->result == MSG_ASLEEP && error ? -ERESTARTNOHAND : sleeper->result;
}

void
msg_wake_all(struct msg_queue *queue)
{
	while (!list_empty(&queue->receivers))
		wake(sleeper_of(queue->receivers.next), -EIDRM);
	while (!list_empty(&queue->senders))
		wake(sleeper_of(queue->senders.next), -EIDRM);
}

void
msg_look_again(struct msg_queue *queue)
{
	list_for_each(link, &queue->receivers)
		wait_wake_all(&sleeper_of(link)->woken);
	list_for_each(link, &queue->senders)
		if (msg_fits(queue, sleeper_of(link)->message->size))
			wait_wake_all(&sleeper_of(link)->woken);
}

/* A sleep ended with `error`, which the call gives back. */
REFUSES static int
refuse_woken(int error)
{
	if (error == -EIDRM)
		return ipc_refuse(EIDRM, "the queue was removed while the caller slept");
	if (error == -E2BIG)
		return ipc_refuse(E2BIG, "the message that came is longer than the room for it");
	ipc_refuse(EINTR, "a signal ended the sleep");
	return error;
}

/* --- into the queue --- */

bool
msg_fits(const struct msg_queue *queue, size_t size)
{
	return size <= queue->room && queue->bytes <= queue->room - size &&
	       queue->count < queue->room;
}

bool
msg_wanted(const struct msg_wish *wish, const struct message *message)
{
	switch (wish->match) {
	case MATCH_TYPE:
		return message->type == wish->type;
	case MATCH_NOT_TYPE:
		return message->type != wish->type;
	case MATCH_UP_TO:
		return message->type <= wish->type;
	default:
		return true;
	}
}

/* To the first who sleeps for it; on the way, who has too little room for it ends with -E2BIG. */
static bool
hand_over(struct msg_queue *queue, struct message *message)
{
	list_for_each_safe(link, &queue->receivers) {
		struct msg_sleeper *receiver = sleeper_of(link);
		if (!msg_is_asleep(receiver) || !msg_wanted(&receiver->wish, message))
			continue;
		if (message->size > receiver->wish.room) {
			wake(receiver, -E2BIG);
			continue;
		}
		receiver->message = message;
		queue->lrpid = receiver->task->process->pid;
		queue->rtime = clock_seconds();
		wake(receiver, 0);
		return true;
	}
	return false;
}

/* A message that fits becomes the queue's, or a receiver's. */
static void
put(struct msg_queue *queue, struct message *message, const struct task *sender)
{
	queue->lspid = sender->process->pid;
	queue->stime = clock_seconds();
	if (hand_over(queue, message))
		return;
	list_add_before(&queue->messages, &message->link);
	queue->bytes += message->size;
	queue->count++;
	msg_total_bytes += message->size;
	msg_total_count++;
}

/* There is more room: whose message fits now has sent it. */
static void
let_senders_in(struct msg_queue *queue)
{
	list_for_each_safe(link, &queue->senders) {
		struct msg_sleeper *sender = sleeper_of(link);
		if (!msg_is_asleep(sender) || !msg_fits(queue, sender->message->size))
			continue;
		put(queue, sender->message, sender->task);
		wake(sender, 0);
	}
}

/* The message is no longer the caller's after 0. */
static int
send(struct msg_queue *queue, struct message *message, unsigned flags)
{
	for (;;) {
		if (!ipc_permitted(&queue->msg_perm, 0222))
			return ipc_refuse_access(&queue->msg_perm, 0222);
		if (msg_fits(queue, message->size)) {
			put(queue, message, current);
			return 0;
		}
		if (flags & IPC_NOWAIT)
			return ipc_refuse(EAGAIN,
				"%lu bytes more than %lu: the queue takes %lu (msg_qbytes)",
				message->size, queue->bytes, queue->room);
		struct msg_sleeper me = {.message = message};
		int result = sleep_on(&queue->senders, &me);
		if (!result)
			return 0;
		if (result != MSG_ASLEEP)
			return refuse_woken(result);
	}
}

REFUSES static int
refuse_type(long type)
{
	return ipc_refuse(EINVAL, "the type is %ld, a message has one above 0", type);
}

/*
 * What to answer when the size, or the id, is wrong, or there is no memory: Linux looks at the type
 * first of all.
 */
REFUSES static int
refuse(int id, const void *user, size_t size)
{
	long type;

	if (copy_from_user(&type, user, sizeof(type)))
		return -EFAULT;
	if (type < 1)
		return refuse_type(type);
	if (id < 0)
		return ipc_refuse_id(&msg_ids, id);
	if (size > (size_t)msg_max)
		return ipc_refuse(EINVAL, "%lu bytes, a message has at most %lu (msgmax)", size,
			msg_max);
	return ipc_refuse(ENOMEM, "the kernel has no memory for %lu bytes", size);
}

long
msg_send(int id, const void *user, size_t size, unsigned flags)
{
	if (id < 0 || size > (size_t)msg_max)
		return refuse(id, user, size);
	struct message *message = message_new(size);
	if (!message)
		return refuse(id, user, size);
	int error = message_from_user(message, user);
	if (error) {
		long type;
		if (!copy_from_user(&type, user, sizeof(type)) && type < 1)
			error = refuse_type(type); /* Linux looks at the type first of all */
	} else if (message->type < 1) {
		error = refuse_type(message->type);
	} else {
		/* the copy may have slept: only now look the queue up */
		struct msg_queue *queue = (struct msg_queue *)ipc_find(&msg_ids, id);
		error = queue ? send(queue, message, flags) : ipc_refuse_id(&msg_ids, id);
	}
	if (error)
		message_free(message);
	return error;
}

/* --- out of the queue --- */

/* What msgrcv's type and flags mean. */
static struct msg_wish
wish_of(size_t size, long type, unsigned flags)
{
	struct msg_wish wish = {.match = MATCH_ANY, .type = type, .room = size};

	if (flags & MSG_NOERROR)
		wish.room = ~0ul;
	if (type < 0) {
		wish.match = MATCH_UP_TO;
		wish.type = type < -LONG_MAX ? LONG_MAX : -type;
	} else if (type > 0) {
		wish.match = flags & MSG_EXCEPT ? MATCH_NOT_TYPE : MATCH_TYPE;
	}
	return wish;
}

/* The message in the queue that such a receiver takes, or NULL. */
static struct message *
find(const struct msg_queue *queue, const struct msg_wish *wish)
{
	struct message *lowest = NULL;

	list_for_each(link, &queue->messages) {
		struct message *message = list_entry(link, struct message, link);
		if (!msg_wanted(wish, message))
			continue;
		if (wish->match != MATCH_UP_TO || message->type == 1)
			return message;
		if (!lowest || message->type < lowest->type)
			lowest = message;
	}
	return lowest;
}

static void
take(struct msg_queue *queue, struct message *message)
{
	list_remove(&message->link);
	queue->bytes -= message->size;
	queue->count--;
	msg_total_bytes -= message->size;
	msg_total_count--;
	queue->lrpid = current->process->pid;
	queue->rtime = clock_seconds();
	let_senders_in(queue);
}

REFUSES static int
refuse_length(const struct message *message, size_t room)
{
	return ipc_refuse(E2BIG, "the message has %lu bytes, and there is room for %lu",
		message->size, room);
}

/* 0: *message is the caller's. */
static int
receive(struct msg_queue *queue, const struct msg_wish *wish, unsigned flags,
	struct message **message)
{
	for (;;) {
		if (!ipc_permitted(&queue->msg_perm, 0444))
			return ipc_refuse_access(&queue->msg_perm, 0444);
		*message = find(queue, wish);
		if (*message) {
			if ((*message)->size > wish->room)
				return refuse_length(*message, wish->room);
			take(queue, *message);
			return 0;
		}
		if (flags & IPC_NOWAIT)
			return ipc_refuse(ENOMSG, "none of the %lu messages has such a type",
				queue->count);
		struct msg_sleeper me = {.wish = *wish};
		int result = sleep_on(&queue->receivers, &me);
		*message = me.message;
		if (!result)
			return 0;
		if (result != MSG_ASLEEP)
			return refuse_woken(result);
	}
}

/* MSG_COPY: of the message at that position. */
static int
copy_at(const struct msg_queue *queue, long position, size_t room, unsigned flags,
	struct message **copy)
{
	const struct message *message = NULL;

	if (!ipc_permitted(&queue->msg_perm, 0444))
		return ipc_refuse_access(&queue->msg_perm, 0444);
	list_for_each(link, &queue->messages) {
		if (position-- == 0) {
			message = list_entry(link, struct message, link);
			break;
		}
	}
	if (!message)
		return ipc_refuse(ENOMSG, "the queue has %lu messages, none there", queue->count);
	if (message->size > room && flags & MSG_NOERROR) /* as Linux: never cut */
		return ipc_refuse(EINVAL, "MSG_COPY does not cut %lu bytes to %lu", message->size,
			room);
	if (message->size > room)
		return refuse_length(message, room);
	*copy = message_copy(message);
	return *copy ? 0 : ipc_refuse(ENOMEM, "the kernel has no memory for a copy");
}

REFUSES static int
refuse_receiver(int id, size_t size)
{
	return id < 0 ? ipc_refuse_id(&msg_ids, id)
		      : ipc_refuse(EINVAL, "room for %ld bytes: less than none", size);
}

long
msg_receive(int id, void *user, size_t size, long type, unsigned flags)
{
	struct message *message = NULL;

	if (id < 0 || (long)size < 0)
		return refuse_receiver(id, size);
	if (flags & MSG_COPY && (flags & MSG_EXCEPT || !(flags & IPC_NOWAIT)))
		return ipc_refuse(EINVAL, "MSG_COPY needs IPC_NOWAIT, and no MSG_EXCEPT");
	struct msg_queue *queue = (struct msg_queue *)ipc_find(&msg_ids, id);
	if (!queue)
		return ipc_refuse_id(&msg_ids, id);
	struct msg_wish wish = wish_of(size, type, flags);
	int error = flags & MSG_COPY ? copy_at(queue, type, size, flags, &message)
				     : receive(queue, &wish, flags, &message);
	if (error)
		return error;
	/* from here on the message is nobody's but ours; if it cannot be delivered, it is lost */
	if (size > message->size)
		size = message->size;
	error = message_to_user(message, user, size);
	message_free(message);
	return error ? error : (long)size;
}
