/* msgctl and /proc/sysvipc/msg: what can be asked and said of queues. */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/msg.h>
#include <lib/text.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/task.h>

static void
export(const struct ipc_perm *perm, void *ds)
{
	const struct msg_queue *queue = msg_of(perm);

	*(struct msqid64_ds *)ds = (struct msqid64_ds){
		.msg_stime = queue->stime,
		.msg_rtime = queue->rtime,
		.msg_ctime = queue->ctime,
		.msg_cbytes = queue->bytes,
		.msg_qnum = queue->count,
		.msg_qbytes = queue->room,
		.msg_lspid = queue->lspid,
		.msg_lrpid = queue->lrpid,
	};
}

static uint16_t
at_most_16_bits(unsigned long number)
{
	return number > UINT16_MAX ? UINT16_MAX : number;
}

static void
export_old(const struct ipc_perm *perm, void *ds)
{
	const struct msg_queue *queue = msg_of(perm);

	*(struct msqid_ds_old *)ds = (struct msqid_ds_old){
		.msg_stime = queue->stime,
		.msg_rtime = queue->rtime,
		.msg_ctime = queue->ctime,
		.msg_lcbytes = queue->bytes,
		.msg_lqbytes = queue->room,
		.msg_cbytes = at_most_16_bits(queue->bytes),
		.msg_qnum = at_most_16_bits(queue->count),
		.msg_qbytes = at_most_16_bits(queue->room),
		.msg_lspid = queue->lspid,
		.msg_lrpid = queue->lrpid,
	};
}

static unsigned long
wanted_room(const void *ds, bool old)
{
	const struct msqid_ds_old *old_ds = ds;

	if (!old)
		return ((const struct msqid64_ds *)ds)->msg_qbytes;
	return old_ds->msg_qbytes ? old_ds->msg_qbytes : old_ds->msg_lqbytes;
}

static int
may_set(const struct ipc_perm *perm, const void *ds, bool old)
{
	unsigned long wanted = wanted_room(ds, old);

	(void)perm;
	if (wanted > (unsigned)msg_mnb && current->process->cred.euid)
		return ipc_refuse(EPERM,
			"%lu bytes asked, only root may have more than %lu (msgmnb)",
			wanted, msg_mnb);
	return 0;
}

static void
set(struct ipc_perm *perm, const void *ds, bool old)
{
	struct msg_queue *queue = msg_of(perm);

	queue->room = wanted_room(ds, old);
	queue->ctime = clock_seconds();
	msg_look_again(queue);
}

static void
describe(struct text *text, const struct ipc_perm *p)
{
	const struct msg_queue *q = msg_of(p);

	text_printf(text,
		"%10d %10d  %4o  %10lu %10lu %5u %5u %5u %5u %5u %5u %10lu %10lu %10lu\n", p->key,
		p->id, p->mode, q->bytes, q->count, q->lspid, q->lrpid, p->uid, p->gid, p->cuid,
		p->cgid, q->stime, q->rtime, q->ctime);
}

/* The laws about who sleeps on it. */
static void
check_sleepers(const struct msg_queue *queue)
{
	list_for_each(link, &queue->senders) {
		const struct msg_sleeper *sender = list_entry(link, struct msg_sleeper, link);
		if (msg_is_asleep(sender) && msg_fits(queue, sender->message->size))
			panic("queue %d has room, and pid %d sleeps for it", queue->msg_perm.id,
				sender->task->process->pid);
	}
	list_for_each(link, &queue->receivers) {
		const struct msg_sleeper *receiver = list_entry(link, struct msg_sleeper, link);
		if (!msg_is_asleep(receiver))
			continue;
		list_for_each(node, &queue->messages)
			if (msg_wanted(&receiver->wish, list_entry(node, struct message, link)))
				panic("queue %d has a message for pid %d, which sleeps",
					queue->msg_perm.id, receiver->task->process->pid);
	}
}

static void
check(const struct ipc_perm *perm)
{
	const struct msg_queue *queue = msg_of(perm);
	unsigned long bytes = 0, count = 0;

	list_for_each(link, &queue->messages) {
		bytes += list_entry(link, struct message, link)->size;
		count++;
	}
	if (bytes != queue->bytes || count != queue->count)
		panic("queue %d: %lu messages and %lu bytes, the counts say %lu and %lu",
			perm->id, count, bytes, queue->count, queue->bytes);
	check_sleepers(queue);
}

const struct ipc_kind msg_kind = {
	.name = "message queue",
	.create = msg_create,
	.ds_size = sizeof(struct msqid64_ds),
	.old_ds_size = sizeof(struct msqid_ds_old),
	.export = export,
	.export_old = export_old,
	.may_set = may_set,
	.set = set,
	.remove = msg_remove,
	.heading = "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid"
		   "  cuid  cgid      stime      rtime      ctime",
	.describe = describe,
	.check = check,
};

/* IPC_INFO, MSG_INFO */
static long
info(void *user, bool usage)
{
	struct msginfo info = {
		.msgpool = usage ? (int)msg_ids.in_use : MSGPOOL,
		.msgmap = usage ? (int)msg_total_count : MSGMAP,
		.msgtql = usage ? (int)msg_total_bytes : MSGTQL,
		.msgmax = msg_max,
		.msgmnb = msg_mnb,
		.msgmni = msg_ids.limit,
		.msgssz = MSGSSZ,
		.msgseg = MSGSEG,
	};
	int highest = ipc_highest(&msg_ids);

	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : highest;
}

long
msg_control(int id, int command, void *user, bool old)
{
	if (id < 0 || command < 0)
		return ipc_refuse_command(&msg_ids, id, command);
	switch (command) {
	case IPC_INFO:
	case MSG_INFO:
		return info(user, command == MSG_INFO);
	case IPC_STAT:
		return ipc_stat(&msg_ids, id, user, old);
	case MSG_STAT:
		return ipc_stat_slot(&msg_ids, id, 0444, user, old);
	case MSG_STAT_ANY:
		return ipc_stat_slot(&msg_ids, id, 0, user, old);
	case IPC_SET:
		return ipc_set(&msg_ids, id, user, old);
	case IPC_RMID:
		return ipc_remove(&msg_ids, id);
	default:
		return ipc_refuse_command(&msg_ids, id, command);
	}
}

void
msg_check(void)
{
	unsigned long bytes = 0, count = 0;

	ipc_check(&msg_ids);
	for (unsigned slot = 0; slot < msg_ids.slots.count; slot++) {
		const struct ipc_perm *perm = msg_ids.slots.objects[slot];
		bytes += perm ? msg_of(perm)->bytes : 0;
		count += perm ? msg_of(perm)->count : 0;
	}
	if (bytes != msg_total_bytes || count != msg_total_count)
		panic("queues: %lu messages and %lu bytes, the counts say %lu and %lu",
			count, bytes, msg_total_count, msg_total_bytes);
}
