/* Message queues. */

#define _GNU_SOURCE /* MSG_INFO, MSG_STAT */
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "ipcs.h"

struct queue {
	struct object object;
	unsigned long long bytes, messages;
	int sender, receiver; /* pids of the last ones */
	long long sent, received, changed;
};

static bool
parse(const char *line, void *object)
{
	struct queue *q = object;
	struct object *o = object;

	return sscanf(line, "%d %d %o %llu %llu %d %d %u %u %u %u %lld %lld %lld", &o->key, &o->id,
		       &o->mode, &q->bytes, &q->messages, &q->sender, &q->receiver, &o->uid,
		       &o->gid, &o->cuid, &o->cgid, &q->sent, &q->received, &q->changed) == 14;
}

static bool
ask(int slot, void *object)
{
	struct queue *q = object;
	struct msqid_ds ds;
	struct ipc_perm *perm = &ds.msg_perm;
	int id = msgctl(slot, MSG_STAT, &ds);

	if (id < 0)
		return false;
	q->object = (struct object){
		perm->__key, id, perm->mode, perm->uid, perm->gid, perm->cuid, perm->cgid};
	q->bytes = ds.msg_cbytes;
	q->messages = ds.msg_qnum;
	q->sender = ds.msg_lspid;
	q->receiver = ds.msg_lrpid;
	q->sent = ds.msg_stime;
	q->received = ds.msg_rtime;
	q->changed = ds.msg_ctime;
	return true;
}

/* The highest slot in use, -1 where the kernel has no such thing; and the numbers of -u. */
static int
last_slot(struct msginfo *info)
{
	return msgctl(0, MSG_INFO, (struct msqid_ds *)info);
}

static void
show_limits(void)
{
	struct msginfo info;

	if (msgctl(0, IPC_INFO, (struct msqid_ds *)&info) < 0)
		return;
	printf("------ Messages Limits --------\n");
	printf("max queues system wide = %d\n", info.msgmni);
	print_limit("max size of message", info.msgmax, false);
	print_limit("default max size of queue", info.msgmnb, false);
}

static void
show_status(const struct msginfo *info)
{
	char text[16];

	printf("------ Messages Status --------\n");
	printf("allocated queues = %d\n", info->msgpool);
	printf("used headers = %d\n", info->msgmap);
	if (unit == HUMAN)
		printf("used space = %s\n", human_size(info->msgtql, text));
	else if (unit == BYTES)
		printf("used space (bytes) = %d\n", info->msgtql);
	else
		printf("used space = %d bytes\n", info->msgtql);
}

static void
print_title(enum view view)
{
	switch (view) {
	case CREATORS:
		printf("------ Message Queues Creators/Owners --------\n");
		print_creators_title("msqid");
		break;
	case TIMES:
		printf("------ Message Queues Send/Recv/Change Times --------\n");
		printf("%-8s %-10s %-20s %-20s %-20s\n", "msqid", "owner", "send", "recv",
			"change");
		break;
	case PIDS:
		printf("------ Message Queues PIDs --------\n");
		printf("%-10s %-10s %-10s %-10s\n", "msqid", "owner", "lspid", "lrpid");
		break;
	default:
		printf("------ Message Queues --------\n");
		printf("%-10s %-10s %-10s %-10s %-12s %-12s\n", "key", "msqid", "owner", "perms",
			unit == HUMAN ? "size" : "used-bytes", "messages");
	}
}

static void
print_queue(const struct queue *queue, enum view view)
{
	const struct object *object = &queue->object;

	switch (view) {
	case CREATORS:
		print_creators(object);
		break;
	case TIMES:
		print_owner(object, 8);
		print_time(" %-20s", queue->sent);
		print_time(" %-20s", queue->received);
		print_time(" %-20s\n", queue->changed);
		break;
	case PIDS:
		print_owner(object, 8);
		printf("  %5u     %5u\n", queue->sender, queue->receiver);
		break;
	default:
		printf("0x%08x ", object->key);
		print_owner(object, 10);
		printf(" %-10o ", object->mode & 0777);
		print_size(queue->bytes, 12);
		printf(" %-12llu\n", queue->messages);
	}
}

void
msg_show(enum view view)
{
	struct msginfo info;
	struct queue queue;
	struct walk walk = {"/proc/sysvipc/msg", parse, ask, .last = last_slot(&info)};

	if (walk.last < 0) {
		printf("kernel not configured for message queues\n");
	} else if (view == LIMITS) {
		show_limits();
	} else if (view == STATUS) {
		show_status(&info);
	} else {
		print_title(view);
		walk_begin(&walk);
		while (walk_next(&walk, &queue))
			print_queue(&queue, view);
		walk_end(&walk);
	}
}

/* How many bytes it takes at most is told by the call alone. */
static void
print_detail(const struct queue *queue)
{
	const struct object *object = &queue->object;
	struct msqid_ds ds = {0};
	char bytes[16], most[16];

	msgctl(object->id, IPC_STAT, &ds);
	printf("\nMessage Queue msqid=%d\n", object->id);
	printf("uid=%u\tgid=%u\tcuid=%u\tcgid=%u\tmode=%#o\n", object->uid, object->gid,
		object->cuid, object->cgid, object->mode);
	if (unit == HUMAN)
		printf("csize=%s\tqsize=%s", human_size(queue->bytes, bytes),
			human_size(ds.msg_qbytes, most));
	else
		printf("cbytes=%llu\tqbytes=%lu", queue->bytes, (unsigned long)ds.msg_qbytes);
	printf("\tqnum=%llu\tlspid=%d\tlrpid=%d\n", queue->messages, queue->sender,
		queue->receiver);
	print_long_time("send_time=%-26.24s\n", queue->sent);
	print_long_time("rcv_time=%-26.24s\n", queue->received);
	print_long_time("change_time=%-26.24s\n\n", queue->changed);
}

bool
msg_detail(int id)
{
	struct msginfo info;
	struct queue queue;
	struct walk walk = {"/proc/sysvipc/msg", parse, ask, .last = last_slot(&info)};

	if (!walk_find(&walk, id, &queue))
		return false;
	print_detail(&queue);
	return true;
}
