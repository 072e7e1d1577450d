/*
 * kernel/ipc/msg*.c: message queues. Tasks send, receive, sleep, are interrupted, and queues come
 * and go, at random; the model is arrays of letters and of who sleeps in which order.
 */
#include <abi/errno.h>
#include <ipc/msg.h>
#include <lib/check.h>
#include <mm/kmalloc.h>
#include "mock.h"
#include "test.h"

#define ACTORS 10
#define QUEUES 3
#define LETTERS 64
#define TEXT 14000
#define ASLEEP 12345 /* in the place of a result */

struct letter {
	long type;
	size_t size;
	unsigned serial; /* every byte of the text comes from it */
};

struct in_memory { /* as programs have it */
	long type;
	unsigned char text[TEXT];
};

static struct queue {
	int id;
	unsigned long room, bytes;
	struct letter letters[LETTERS];
	unsigned count;
	int receivers[ACTORS], senders[ACTORS]; /* who sleeps, by number */
	unsigned receiver_count, sender_count;
	int lspid, lrpid;
} queues[QUEUES];

struct order {
	bool sends;
	struct queue *queue;
	struct letter letter; /* to send */
	long type;	      /* to receive … */
	size_t room;
	unsigned flags;
	bool nowhere; /* at an address that cannot be used */
};

static struct actor {
	struct task *task;
	struct wait_queue orders;
	struct order order;
	bool busy, over;
	long result;
	struct in_memory memory;
	/* the model: what must come out, and the letter that is received */
	long expected;
	struct letter expected_letter;
	bool poked; /* it was woken, but has not run since: nobody gives it anything */
} actors[ACTORS];

static unsigned last_serial;
static int removed_id = -1;
/* sleeps, hand-overs, admissions, signals, EIDRM, E2BIG of sleepers */
static unsigned long happened[6];

/* --- the model --- */

static bool
fits(const struct queue *queue, size_t size)
{
	return queue->bytes + size <= queue->room && queue->count + 1 <= queue->room;
}

static bool
wants(const struct order *order, const struct letter *letter)
{
	if (order->type == 0)
		return true;
	if (order->type < 0)
		return letter->type <= -order->type;
	return (letter->type == order->type) == !(order->flags & MSG_EXCEPT);
}

static bool
too_long(const struct order *order, const struct letter *letter)
{
	return letter->size > order->room && !(order->flags & MSG_NOERROR);
}

static void
forget(int *list, unsigned *count, unsigned at)
{
	memmove(&list[at], &list[at + 1], (--*count - at) * sizeof(*list));
}

static long
got(const struct order *order, const struct letter *letter)
{
	return letter->size < order->room ? letter->size : order->room;
}

/* A letter that fits goes into the queue, or to who waits for it. */
static void
model_put(struct queue *queue, const struct letter *letter, int pid)
{
	queue->lspid = pid;
	for (unsigned i = 0; i < queue->receiver_count;) {
		struct actor *actor = &actors[queue->receivers[i]];
		if (actor->poked || !wants(&actor->order, letter)) {
			i++;
			continue;
		}
		forget(queue->receivers, &queue->receiver_count, i);
		if (too_long(&actor->order, letter)) {
			actor->expected = -E2BIG;
			happened[5]++;
			continue;
		}
		actor->expected = actor->order.nowhere ? -EFAULT : got(&actor->order, letter);
		actor->expected_letter = *letter;
		queue->lrpid = actor->task->process->pid;
		happened[1]++;
		return;
	}
	check(queue->count < LETTERS);
	queue->letters[queue->count++] = *letter;
	queue->bytes += letter->size;
}

static long
model_send(const struct order *order, int pid)
{
	struct queue *queue = order->queue;

	if (order->nowhere)
		return -EFAULT;
	if (queue->id < 0)
		return -EINVAL;
	if (!fits(queue, order->letter.size))
		return order->flags & IPC_NOWAIT ? -EAGAIN : ASLEEP;
	model_put(queue, &order->letter, pid);
	return 0;
}

static int
model_find(const struct order *order)
{
	const struct queue *queue = order->queue;
	int found = -1;

	for (unsigned i = 0; i < queue->count; i++) {
		if (!wants(order, &queue->letters[i]))
			continue;
		if (found < 0 || (order->type < 0 && queue->letters[i].type <
							     queue->letters[found].type))
			found = i;
	}
	return found;
}

static long
model_receive(const struct order *order, int pid, struct letter *letter)
{
	struct queue *queue = order->queue;
	if (queue->id < 0)
		return -EINVAL;
	int found = model_find(order);
	if (found < 0)
		return order->flags & IPC_NOWAIT ? -ENOMSG : ASLEEP;
	*letter = queue->letters[found];
	if (too_long(order, letter))
		return -E2BIG;
	queue->bytes -= letter->size;
	queue->count--;
	memmove(&queue->letters[found], &queue->letters[found + 1],
		(queue->count - found) * sizeof(*letter));
	queue->lrpid = pid;
	for (unsigned i = 0; i < queue->sender_count;) {
		struct actor *sender = &actors[queue->senders[i]];
		if (sender->poked || !fits(queue, sender->order.letter.size)) {
			i++;
			continue;
		}
		forget(queue->senders, &queue->sender_count, i);
		model_put(queue, &sender->order.letter, sender->task->process->pid);
		sender->expected = 0;
		happened[2]++;
	}
	return order->nowhere ? -EFAULT : got(order, letter);
}

/* What the actor's order comes to now; it may go to sleep. */
static void
model_act(struct actor *actor)
{
	struct queue *queue = actor->order.queue;
	int number = actor - actors, pid = actor->task->process->pid;

	if (actor->order.sends)
		actor->expected = model_send(&actor->order, pid);
	else
		actor->expected = model_receive(&actor->order, pid, &actor->expected_letter);
	if (actor->expected != ASLEEP)
		return;
	happened[0]++;
	if (actor->order.sends)
		queue->senders[queue->sender_count++] = number;
	else
		queue->receivers[queue->receiver_count++] = number;
}

/* It sleeps on neither list any more. */
static void
model_leave(struct actor *actor)
{
	struct queue *queue = actor->order.queue;

	for (unsigned i = 0; i < queue->receiver_count; i++)
		if (queue->receivers[i] == actor - actors)
			forget(queue->receivers, &queue->receiver_count, i);
	for (unsigned i = 0; i < queue->sender_count; i++)
		if (queue->senders[i] == actor - actors)
			forget(queue->senders, &queue->sender_count, i);
}

/* --- what is done --- */

static void
write_letter(struct in_memory *memory, const struct letter *letter)
{
	memory->type = letter->type;
	for (size_t i = 0; i < letter->size; i++)
		memory->text[i] = letter->serial * 31 + i + i / 251;
}

static void
check_letter(const struct in_memory *memory, const struct letter *letter, long size)
{
	check_equal(memory->type, letter->type);
	for (long i = 0; i < size; i++)
		check_equal(memory->text[i],
			(unsigned char)(letter->serial * 31 + i + i / 251));
	check_equal(memory->text[size], 0xee);
}

static long
carry_out(const struct order *order, struct in_memory *memory)
{
	int id = order->queue->id < 0 ? removed_id : order->queue->id;
	void *user = order->nowhere ? BAD_USER : (void *)memory;

	if (order->sends) {
		write_letter(memory, &order->letter);
		return msg_send(id, user, order->letter.size, order->flags);
	}
	memset(memory, 0xee, sizeof(*memory));
	return msg_receive(id, user, order->room, order->type, order->flags);
}

static void
act(void *argument)
{
	struct actor *me = argument;

	while (!me->over) {
		me->result = carry_out(&me->order, &me->memory);
		me->busy = false;
		while (!me->busy && !me->over)
			wait_sleep(&me->orders, SLEEP_KILLABLE);
	}
}

static size_t
some_size(void)
{
	switch (pick(8)) {
	case 0:
		return 1950 + pick(150); /* where the first piece ends */
	case 1:
		return pick(TEXT - 1);
	default:
		return pick(60);
	}
}

static struct order
some_order(void)
{
	struct order order = {.sends = pick(2), .queue = &queues[pick(QUEUES)]};

	order.flags = pick(3) ? 0 : IPC_NOWAIT;
	order.nowhere = pick(30) == 0;
	if (order.sends) {
		order.letter = (struct letter){1 + pick(5), some_size(), ++last_serial};
	} else {
		order.type = (long)pick(11) - 5;
		order.room = pick(4) ? TEXT - 1 : some_size();
		order.flags |= (pick(3) ? 0 : MSG_NOERROR) | (pick(4) ? 0 : MSG_EXCEPT);
	}
	return order;
}

static void
give_order(void)
{
	struct actor *actor = &actors[pick(ACTORS)];

	if (actor->busy)
		return;
	actor->order = some_order();
	actor->busy = true;
	model_act(actor);
	if (!actor->task)
		return;
	wait_wake_all(&actor->orders);
}

/* By the test itself, which must not sleep: while others are ready, but have not run. */
static void
act_oneself(void)
{
	static struct in_memory memory;
	struct order order = some_order();
	struct letter letter;

	order.flags |= IPC_NOWAIT;
	long expected = order.sends ? model_send(&order, 1) : model_receive(&order, 1, &letter);
	check_equal(carry_out(&order, &memory), expected);
	if (!order.sends && expected >= 0)
		check_letter(&memory, &letter, expected);
}

/* A look at one by its position. */
static void
look_at(struct queue *queue)
{
	static struct in_memory memory;
	unsigned position = pick(4);

	memset(&memory, 0xee, sizeof(memory));
	long size = msg_receive(queue->id, &memory, TEXT - 1, position, MSG_COPY | IPC_NOWAIT);
	if (queue->id < 0) {
		check_equal(size, -EINVAL);
	} else if (position >= queue->count) {
		check_equal(size, -ENOMSG);
	} else {
		check_equal(size, queue->letters[position].size);
		check_letter(&memory, &queue->letters[position], size);
	}
}

static void
make_queue(struct queue *queue)
{
	long id = msg_get(IPC_PRIVATE, 0600);
	struct msqid64_ds ds;

	check(id >= 0);
	*queue = (struct queue){.id = id, .room = pick(4) ? 30 + pick(150) : pick(40000)};
	check_equal(msg_control(id, IPC_STAT, &ds, false), 0);
	ds.msg_qbytes = queue->room;
	check_equal(msg_control(id, IPC_SET, &ds, false), 0);
}

static void
remove_queue(struct queue *queue)
{
	for (int i = 0; i < ACTORS; i++) {
		struct actor *actor = &actors[i];
		if (!actor->busy || actor->expected != ASLEEP || actor->order.queue != queue)
			continue;
		actor->expected = -EIDRM;
		actor->poked = false;
		happened[4]++;
	}
	check_equal(msg_control(queue->id, IPC_RMID, NULL, false), 0);
	removed_id = queue->id;
	*queue = (struct queue){.id = -1};
}

/* A signal for a sleeper, and what may happen before the sleeper runs. */
static void
interrupt(void)
{
	struct actor *actor = &actors[pick(ACTORS)];

	if (!actor->busy || actor->expected != ASLEEP)
		return;
	actor->poked = true;
	sched_wake(actor->task, -EINTR);
	if (pick(2))
		act_oneself();
	if (pick(16) == 0)
		remove_queue(actor->order.queue);
	if (!actor->poked)
		return; /* removal was first */
	actor->poked = false;
	model_leave(actor);
	actor->expected = -ERESTARTNOHAND;
	happened[3]++;
}

/* Another room for a queue: all receivers look again, and the senders who fit. */
static void
set_room(struct queue *queue)
{
	int woken[2 * ACTORS];
	unsigned count = 0;
	struct msqid64_ds ds;

	if (queue->id < 0)
		return;
	check_equal(msg_control(queue->id, IPC_STAT, &ds, false), 0);
	ds.msg_qbytes = queue->room = pick(3) ? 30 + pick(150) : pick(40000);
	check_equal(msg_control(queue->id, IPC_SET, &ds, false), 0);
	for (unsigned i = 0; i < queue->receiver_count; i++)
		woken[count++] = queue->receivers[i];
	for (unsigned i = 0; i < queue->sender_count; i++)
		if (fits(queue, actors[queue->senders[i]].order.letter.size))
			woken[count++] = queue->senders[i];
	for (unsigned i = 0; i < count; i++)
		actors[woken[i]].poked = true;
	if (pick(2))
		act_oneself();
	for (unsigned i = 0; i < count; i++) {
		struct actor *actor = &actors[woken[i]];
		actor->poked = false;
		model_leave(actor);
		model_act(actor);
	}
}

static void
check_queue(const struct queue *queue)
{
	struct msqid64_ds ds;

	if (queue->id < 0)
		return;
	check_equal(msg_control(queue->id, IPC_STAT, &ds, false), 0);
	check_equal(ds.msg_qnum, queue->count);
	check_equal(ds.msg_cbytes, queue->bytes);
	check_equal(ds.msg_qbytes, queue->room);
	check_equal(ds.msg_lspid, queue->lspid);
	check_equal(ds.msg_lrpid, queue->lrpid);
}

static void
check_actor(struct actor *actor)
{
	check_equal(actor->busy, actor->expected == ASLEEP);
	if (actor->busy || actor->expected == ASLEEP + 1)
		return;
	check_equal(actor->result, actor->expected);
	if (!actor->order.sends && actor->result >= 0)
		check_letter(&actor->memory, &actor->expected_letter, actor->result);
	actor->expected = ASLEEP + 1; /* checked */
}

static void
do_something(void)
{
	struct queue *queue = &queues[pick(QUEUES)];

	switch (pick(12)) {
	case 0:
		if (queue->id < 0)
			make_queue(queue);
		else if (pick(16) == 0)
			remove_queue(queue);
		break;
	case 1:
		look_at(queue);
		break;
	case 2:
		interrupt();
		break;
	case 3:
		set_room(queue);
		break;
	case 4:
		act_oneself();
		break;
	default:
		give_order();
	}
}

static void
random_tasks(void)
{
	unsigned long objects;

	machine_start();
	objects = kmalloc_objects();
	msg_max = TEXT - 1;
	for (int i = 0; i < QUEUES; i++)
		make_queue(&queues[i]);
	for (int i = 0; i < ACTORS; i++) {
		wait_queue_init(&actors[i].orders);
		actors[i].order = (struct order){.sends = true, .nowhere = true, .queue = queues};
		actors[i].expected = -EFAULT;
		actors[i].busy = true;
		actors[i].task = mock_task(act, &actors[i]);
	}
	for (int i = 0; i < 60000; i++) {
		run_tasks();
		for (int n = 0; n < ACTORS; n++)
			check_actor(&actors[n]);
		msg_check();
		if (i % 8 == 0)
			for (int n = 0; n < QUEUES; n++)
				check_queue(&queues[n]);
		do_something();
	}
	for (int i = 0; i < 6; i++)
		if (happened[i] < 30)
			test_failed(__FILE__, __LINE__, "%d happened %lu times", i, happened[i]);
	for (int i = 0; i < QUEUES; i++)
		if (queues[i].id >= 0)
			remove_queue(&queues[i]);
	for (int i = 0; i < ACTORS; i++)
		actors[i].over = true;
	for (int i = 0; i < ACTORS; i++)
		wait_wake_all(&actors[i].orders);
	run_tasks();
	check_equal(mock_tasks_ended, ACTORS);
	check_equal(kmalloc_objects(), objects);
	check(msg_total_bytes == 0 && msg_total_count == 0);
}

/* Whichever allocation fails, the call answers -ENOMEM and nothing has changed. */
static void
no_memory(void)
{
	static struct in_memory memory;
	unsigned long budget;

	machine_start();
	msg_max = TEXT - 1;
	kmalloc_budget = 0;
	check_equal(msg_get(77, IPC_CREAT | 0600), -ENOMEM);
	check_equal(msg_get(77, 0), -ENOENT);
	kmalloc_budget = 1;
	long id = msg_get(77, IPC_CREAT | 0600);
	unsigned long objects = kmalloc_objects();
	write_letter(&memory, &(struct letter){1, TEXT - 1, 5});
	for (budget = 0;; budget++) {
		kmalloc_budget = budget;
		long result = msg_send(id, &memory, TEXT - 1, 0);
		if (result == 0)
			break;
		check_equal(result, -ENOMEM);
		check_equal(kmalloc_objects(), objects);
		check_equal(msg_send(id, BAD_USER, TEXT - 1, 0), -EFAULT);
	}
	check_equal(budget, 4);
	objects = kmalloc_objects();
	for (budget = 0; budget < 4; budget++) {
		kmalloc_budget = budget;
		check_equal(msg_receive(id, &memory, TEXT - 1, 0, MSG_COPY | IPC_NOWAIT), -ENOMEM);
		check_equal(kmalloc_objects(), objects);
	}
	kmalloc_budget = 0;
	check_equal(msg_receive(id, &memory, TEXT - 1, 0, 0), TEXT - 1);
	check_equal(msg_control(id, IPC_RMID, NULL, false), 0);
	check_equal(kmalloc_objects(), 0);
}

/* Who may send, receive, set and look. */
static void
permissions(void)
{
	struct credentials *cred = &boot_process.cred;
	struct in_memory memory = {.type = 1};
	struct msqid64_ds ds;
	struct msqid_ds_old old;

	machine_start();
	cred->euid = cred->egid = 5;
	long id = msg_get(77, IPC_CREAT | 0620);
	check_equal(msg_get(77, 0600), id);
	check_equal(msg_send(id, &memory, 1, 0), 0);
	check_equal(msg_receive(id, &memory, 1, 0, 0), 1);
	check_equal(msg_control(id, IPC_STAT, &ds, false), 0);
	ds.msg_qbytes = MSGMNB;
	check_equal(msg_control(id, IPC_SET, &ds, false), 0);
	ds.msg_qbytes = MSGMNB + 1;
	check_equal(msg_control(id, IPC_SET, &ds, false), -EPERM);
	cred->euid = 6;
	check_equal(msg_get(77, 0400), -EACCES);
	check_equal(msg_get(77, 0200), id);
	check_equal(msg_send(id, &memory, 1, 0), 0);
	check_equal(msg_receive(id, &memory, 1, 0, 0), -EACCES);
	check_equal(msg_receive(id, &memory, 1, 0, MSG_COPY | IPC_NOWAIT), -EACCES);
	check_equal(msg_control(id, IPC_STAT, &ds, false), -EACCES);
	check_equal(msg_control(ipc_slot(id), MSG_STAT, &ds, false), -EACCES);
	check_equal(msg_control(ipc_slot(id), MSG_STAT_ANY, &ds, false), id);
	check_equal(msg_control(id, IPC_SET, &ds, false), -EPERM);
	check_equal(msg_control(id, IPC_RMID, NULL, false), -EPERM);
	cred->egid = 6;
	check_equal(msg_send(id, &memory, 1, 0), -EACCES);
	cred->euid = 0;
	ds.msg_qbytes = 100000;
	check_equal(msg_control(id, IPC_SET, &ds, false), 0);
	check_equal(msg_control(id, IPC_STAT, &old, true), 0);
	check(old.msg_qbytes == 65535 && old.msg_lqbytes == 100000 && old.msg_qnum == 1);
	old.msg_qbytes = 0;
	old.msg_lqbytes = 70000;
	check_equal(msg_control(id, IPC_SET, &old, true), 0);
	check_equal(msg_control(id, IPC_STAT, &ds, false), 0);
	check_equal(ds.msg_qbytes, 70000);
	check_equal(msg_control(id, IPC_RMID, NULL, false), 0);
}

/* The laws see what they are there for. */
static struct msg_queue *
one_message(void)
{
	struct in_memory memory = {.type = 1};

	machine_start();
	long id = msg_get(IPC_PRIVATE, 0600);
	check_equal(msg_send(id, &memory, 3, 0), 0);
	return (struct msg_queue *)ipc_find(&msg_ids, id);
}

static void
check_sees_bytes(void)
{
	one_message()->bytes++;
	msg_check();
}

static void
check_sees_totals(void)
{
	one_message();
	msg_total_count++;
	msg_check();
}

static void
sleep_in(struct list *list, struct msg_sleeper *sleeper)
{
	static struct task sleeping = {.state = TASK_SLEEPING, .process = &boot_process};

	sleeper->task = &sleeping;
	list_add_before(list, &sleeper->link);
	msg_check();
}

static void
check_sees_receivers(void)
{
	sleep_in(&one_message()->receivers, &(struct msg_sleeper){.wish = {.match = MATCH_ANY}});
}

static void
check_sees_senders(void)
{
	sleep_in(&one_message()->senders, &(struct msg_sleeper){.message = message_new(1)});
}

const struct test tests[] = {
	{"E02 V13 tasks at random: who gets which message, who sleeps, who is woken", random_tasks,
		NULL},
	{"E02 no memory at any step: nothing has changed", no_memory, NULL},
	{"E02 E03 permissions, and the old structure", permissions, NULL},
	{"the check sees wrong bytes", check_sees_bytes, "the counts say"},
	{"the check sees a wrong total", check_sees_totals, "queues: 1 messages"},
	{"the check sees a message that a sleeper wants", check_sees_receivers,
		"has a message for"},
	{"the check sees a sleeper that has room", check_sees_senders, "has room"},
	{0},
};
