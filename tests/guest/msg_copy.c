/* MSG_COPY: a look at a message by its position, which leaves it where it is. */
#include "_msg.h"

#define COPY (MSG_COPY | IPC_NOWAIT)

int
main(void)
{
	int id = new_queue();
	must(send(id, 7, "zero", 0));
	must(send(id, 1, "one", 0));
	must(send(id, 7, "two, longer", 0));
	struct msqid_ds before = queue_state(id);

	fails(receive(id, 0, MSG_COPY), EINVAL, "E02 MSG_COPY: not without IPC_NOWAIT");
	fails(receive(id, 0, COPY | MSG_EXCEPT), EINVAL, "E02 MSG_COPY: not with MSG_EXCEPT");
	fails(receive(-1, 0, COPY), EINVAL, "E02 MSG_COPY: negative id");
	fails(receive(id + 1, 0, COPY), EINVAL, "E02 MSG_COPY: no such id");
	is_text(next(id, 0, COPY), "7:zero", "E02 MSG_COPY 0: the first");
	is_text(next(id, 2, COPY), "7:two, longer", "E02 MSG_COPY 2: the third");
	is_text(next(id, 1, COPY), "1:one", "E02 MSG_COPY 1: the second, whatever its type");
	is_text(next(id, 3, COPY), "none", "E02 MSG_COPY 3: there is none");
	is_text(next(id, -1, COPY), "none", "E02 MSG_COPY -1: nor here");
	memset(&got, 0x55, sizeof(got));
	fails(msgrcv(id, &got, 4, 0, COPY), E2BIG, "E02 MSG_COPY: too long");
	fails(msgrcv(id, &got, 4, 0, COPY | MSG_NOERROR), EINVAL, "E02 MSG_COPY: never cut");
	is_int(got.type, 0x55555555, "E02 MSG_COPY: nothing was written");
	is_int(msgrcv(id, &got, 5, 0, COPY | MSG_NOERROR), 5, "E02 MSG_COPY: the whole fits");
	fails(msgrcv(id, private_pages(1, PROT_NONE), 5, 0, COPY), EFAULT,
		"E02 V08 MSG_COPY: nowhere to put it");

	struct msqid_ds after = queue_state(id);
	ok(after.msg_qnum == 3 && after.__msg_cbytes == before.__msg_cbytes,
		"E02 MSG_COPY: all are still there");
	ok(after.msg_lrpid == 0 && after.msg_rtime == 0, "E02 MSG_COPY: nobody has received");
	is_text(next(id, 0, 0), "7:zero", "E02 and they come in order");
	is_text(next(id, 0, COPY), "1:one", "E02 MSG_COPY 0: now it is this one");
	must(msgctl(id, IPC_RMID, 0));
	return done();
}
