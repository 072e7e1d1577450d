/* msgget and IPC_RMID: message queues come and go. */
#include <abi/errno.h>
#include <ipc/msg.h>
#include <mm/kmalloc.h>
#include <task/clock.h>

#define FIRST_QUEUES 64 /* slots to begin with */

static struct msg_queue *first_queues[FIRST_QUEUES];
struct ipc_ids msg_ids = IPC_IDS(&msg_kind, first_queues, FIRST_QUEUES, MSGMNI);

int msg_max = MSGMAX;
int msg_mnb = MSGMNB;
unsigned long msg_total_count, msg_total_bytes;

static struct cache cache = CACHE("msg_queue", struct msg_queue);

long
msg_create(int key, size_t size, unsigned flags)
{
	struct msg_queue *queue = cache_alloc(&cache);

	(void)size;
	if (!queue)
		return ipc_refuse(ENOMEM, "the kernel has no memory for a queue");
	int error = ipc_add(&msg_ids, &queue->msg_perm, key, flags);
	if (error) {
		cache_free(&cache, queue);
		return error;
	}
	queue->stime = queue->rtime = 0;
	queue->ctime = clock_seconds();
	queue->lspid = queue->lrpid = 0;
	queue->bytes = queue->count = 0;
	queue->room = msg_mnb;
	list_init(&queue->messages);
	list_init(&queue->receivers);
	list_init(&queue->senders);
	return queue->msg_perm.id;
}

void
msg_remove(struct ipc_perm *perm)
{
	struct msg_queue *queue = (struct msg_queue *)perm;

	ipc_drop(&msg_ids, perm);
	msg_wake_all(queue);
	msg_total_count -= queue->count;
	msg_total_bytes -= queue->bytes;
	list_for_each_safe(link, &queue->messages)
		message_free(list_entry(link, struct message, link));
	cache_free(&cache, queue);
}

long
msg_get(int key, unsigned flags)
{
	return ipc_get(&msg_ids, key, 0, flags);
}
