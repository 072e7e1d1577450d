/* The errors of msgget, msgsnd and msgrcv, and which comes first. */
#include "_msg.h"
#include <limits.h>

/* The calls themselves: a libc may look into the buffer. */
#define msgsnd(id, p, size, flags) syscall(SYS_msgsnd, id, p, size, flags)
#define msgrcv(id, p, size, type, flags) syscall(SYS_msgrcv, id, p, size, type, flags)

static void
getting(void)
{
	key_t key = unused_queue_key();
	fails(msgget(key, 0), ENOENT, "E02 msgget: absent without IPC_CREAT");
	fails(msgget(key, IPC_EXCL | 0600), ENOENT, "E02 msgget: IPC_EXCL alone");
	int id = works(msgget(key, IPC_CREAT | 0640), "E02 msgget: made");
	is_int(msgget(key, 0), id, "E02 msgget: found");
	is_int(msgget(key, IPC_CREAT | 0600), id, "E02 msgget: found, IPC_CREAT or not");
	fails(msgget(key, IPC_CREAT | IPC_EXCL | 0600), EEXIST, "E02 msgget: IPC_EXCL");
	is_int(queue_state(id).msg_perm.mode, 0640, "E02 msgget: the mode is of who made it");
	int other = works(msgget(IPC_PRIVATE, 0600), "E02 msgget: IPC_PRIVATE makes");
	ok(other != id, "E02 msgget: another queue");
	int third = must(msgget(IPC_PRIVATE, 0));
	ok(third != other && third != id, "E02 msgget: IPC_PRIVATE again, again another");
	must(msgctl(third, IPC_RMID, 0));
	must(msgctl(msgget(key, 0), IPC_RMID, 0));
	must(msgctl(other, IPC_RMID, 0));
	fails(msgget(key, 0), ENOENT, "E02 msgget: removed");
	fails(msgctl(id, IPC_RMID, 0), EINVAL, "E02 removed already");
	fails(msgsnd(id, &got, 1, 0), EINVAL, "E02 msgsnd to a stale id");
	int again = must(msgget(key, IPC_CREAT | 0600));
	ok(again != id, "E02 the same key, another id");
	must(msgctl(again, IPC_RMID, 0));
}

static void
sending(int id, void *nowhere)
{
	struct letter letter = {.type = 1}, none = {.type = 0}, below = {.type = -3};
	fails(msgsnd(-1, &letter, 1, 0), EINVAL, "E02 msgsnd: negative id");
	fails(msgsnd(id + 1, &letter, 1, 0), EINVAL, "E02 msgsnd: no such id");
	fails(msgsnd(id, &none, 1, 0), EINVAL, "E02 msgsnd: type 0");
	fails(msgsnd(id, &below, 1, 0), EINVAL, "E02 msgsnd: type -3");
	fails(msgsnd(id, &letter, -1, 0), EINVAL, "E02 msgsnd: size -1");
	fails(msgsnd(id, &letter, 8193, 0), EINVAL, "E02 msgsnd: one byte more than msgmax");
	fails(msgsnd(id, nowhere, 1, 0), EFAULT, "E02 V08 msgsnd: nothing there");
	fails(msgsnd(id, 0, 1, 0), EFAULT, "E02 V08 msgsnd: null");
	fails(msgsnd(-1, nowhere, -1, 0), EFAULT, "E02 msgsnd: the type is fetched first of all");
	char *edge = private_pages(1, PROT_READ | PROT_WRITE) + PAGE;
	*(long *)(edge - 8) = 1;
	fails(msgsnd(id, edge - 8, 5, 0), EFAULT,
		"E02 V08 msgsnd: one byte of the text is missing");
	fails(msgsnd(id + 1, edge - 8, 5, 0), EFAULT, "E02 msgsnd: the text before the id");
	fails(msgsnd(id, edge - 8, 8193, 0), EINVAL, "E02 msgsnd: the size before the text");
	is_int(queue_state(id).msg_qnum, 0, "E02 msgsnd: after all that, nothing was sent");
	is_int(queue_state(id).msg_lspid, 0, "E02 msgsnd: by nobody");
	is_int(msgsnd(id, edge - 8, 4, 0), 0, "E02 msgsnd: at the edge");
	is_int(msgsnd(id, &letter, 1, 0x10000 | MSG_COPY), 0,
		"E02 msgsnd: other flags mean nothing");
	is_int(queue_state(id).msg_qnum, 2, "E02 msgsnd: two are there");
}

static void
receiving(int id, void *nowhere)
{
	struct letter room;
	fails(msgrcv(-1, &room, 8, 0, IPC_NOWAIT), EINVAL, "E02 msgrcv: negative id");
	fails(msgrcv(id + 1, &room, 8, 0, IPC_NOWAIT), EINVAL, "E02 msgrcv: no such id");
	fails(msgrcv(id, &room, -1, 0, IPC_NOWAIT), EINVAL, "E02 msgrcv: size -1");
	fails(msgrcv(id, &room, 8, 7, IPC_NOWAIT), ENOMSG, "E02 msgrcv: none of that type");
	fails(msgrcv(id, nowhere, 8, 7, IPC_NOWAIT), ENOMSG, "E02 msgrcv: nothing is written then");
	fails(msgrcv(id, &room, 3, 0, 0), E2BIG, "E02 msgrcv: too long");
	fails(msgrcv(id, &room, 3, 0, IPC_NOWAIT), E2BIG, "E02 msgrcv: it is still there");
	is_int(queue_state(id).msg_lrpid, 0, "E02 msgrcv: nobody has received");
	is_int(queue_state(id).msg_qnum, 2, "E02 msgrcv: nothing");
	fails(msgrcv(id, nowhere, 8, 0, 0), EFAULT, "E02 V08 msgrcv: nowhere to put it");
	is_int(queue_state(id).msg_qnum, 1, "E02 msgrcv: it is lost");
	is_int(queue_state(id).msg_lrpid, getpid(), "E02 msgrcv: and was received");
	char *edge = private_pages(1, PROT_READ | PROT_WRITE) + PAGE;
	must(send(id, 1, "0123456789", 0));
	fails(msgrcv(id, edge - 8, 20, 1, MSG_EXCEPT | IPC_NOWAIT), ENOMSG,
		"E02 msgrcv: ENOMSG first");
	is_int(msgrcv(id, edge - 8, 4, 0, 0), 1, "E02 msgrcv: at the edge");
	fails(msgrcv(id, edge - 8, 20, 0, 0), EFAULT, "E02 V08 msgrcv: the text crosses the edge");
	is_int(*(long *)(edge - 8), 1, "E02 msgrcv: the type was written");
	is_int(queue_state(id).msg_qnum, 0, "E02 msgrcv: lost too");
}

int
main(void)
{
	counter("frames_free");
	long objects = counter("objects") - counter("areas");
	int id = new_queue();
	void *nowhere = private_pages(1, PROT_NONE);

	getting();
	sending(id, nowhere);
	receiving(id, nowhere);
	must(msgctl(id, IPC_RMID, 0));
	fails(msgrcv(id, &got, 8, 0, 0), EINVAL, "E02 msgrcv: removed");
	counts(counter("objects") - counter("areas"), objects, "E02 nothing is left");
	return done();
}
