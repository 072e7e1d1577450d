/* Receivers that wait for a message, and senders that wait for room: who is woken, with what. */
#include "_msg.h"

static int id;

/* A child that receives once and ends with the text's first character, or its errno. */
static pid_t
receiver(size_t size, long type, int flags)
{
	pid_t pid = spawn({
		long size_got = msgrcv(id, &got, size, type, flags);
		_exit(size_got < 0 ? errno : size_got == 0 ? '0' : got.text[0]);
	});
	falls_asleep(pid);
	return pid;
}

/* A child that sends so many bytes of one character, and ends with 0 or its errno. */
static pid_t
sender(long type, char character, int size)
{
	pid_t pid = spawn({
		struct letter letter = {.type = type};
		memset(letter.text, character, size);
		_exit(msgsnd(id, &letter, size, 0) ? errno : 0);
	});
	falls_asleep(pid);
	return pid;
}

static int
is_gone(pid_t pid)
{
	return waitpid(pid, 0, WNOHANG) == pid;
}

static void
receivers(void)
{
	pid_t first = receiver(8, 0, 0), second = receiver(8, 0, 0);
	is_int(queue_state(id).msg_lrpid, 0, "E02 nobody has received yet");
	must(send(id, 5, "a", 0));
	is_int(reap(first), 'a', "E02 the message goes to who has slept longest");
	is_int(queue_state(id).msg_lrpid, first, "E02 it is the last receiver");
	is_int(queue_state(id).msg_qnum, 0, "E02 nothing stays in the queue");
	must(send(id, 5, "b", 0));
	is_int(reap(second), 'b', "E02 the next to the next");

	pid_t typed[] = {receiver(8, 4, 0), receiver(8, -3, 0), receiver(8, 7, MSG_EXCEPT),
		receiver(8, 7, 0)};
	must(send(id, 7, "c", 0));
	is_int(reap(typed[3]), 'c', "E02 type 7: to who waits for 7, past three who do not");
	must(send(id, 3, "d", 0));
	is_int(reap(typed[1]), 'd', "E02 type 3: to who waits for -3");
	must(send(id, 4, "e", 0));
	is_int(reap(typed[0]), 'e', "E02 type 4: to who waits for 4, before any but 7");
	must(send(id, 7, "f", 0));
	is_int(queue_state(id).msg_qnum, 1, "E02 type 7: nobody wants it");
	must(send(id, 8, "g", 0));
	is_int(reap(typed[2]), 'g', "E02 type 8: to who waits for any but 7");
	is_text(next(id, 0, 0), "7:f", "E02 what nobody wanted is there");

	pid_t narrow = receiver(2, 0, 0), cut = receiver(2, 0, MSG_NOERROR),
	      wide = receiver(8, 0, 0);
	must(send(id, 1, "long", 0));
	is_int(reap(narrow), E2BIG, "E02 too long for the first: E2BIG");
	is_int(reap(cut), 'l', "E02 and cut for the second");
	must(send(id, 1, "mild", 0));
	is_int(reap(wide), 'm', "E02 the third gets the next");
	narrow = receiver(2, 0, 0);
	must(send(id, 1, "nine", 0));
	is_int(reap(narrow), E2BIG, "E02 too long for all: E2BIG");
	is_text(next(id, 0, 0), "1:nine", "E02 and it stays in the queue");
}

static void
set_room(unsigned long qbytes)
{
	struct msqid_ds ds = queue_state(id);
	ds.msg_qbytes = qbytes;
	must(msgctl(id, IPC_SET, &ds));
}

static void
senders(void)
{
	set_room(100);
	must(msgsnd(id, &(struct letter){.type = 1}, 80, 0));
	fails(send(id, 1, "twenty-one characters", IPC_NOWAIT), EAGAIN, "E02 no room: EAGAIN");
	pid_t large = sender(2, 'l', 90), first = sender(3, 'f', 40), second = sender(4, 's', 40),
	      third = sender(5, 't', 30);
	is_int(queue_state(id).msg_qnum, 1, "E02 four senders sleep");
	is_int(send(id, 6, "small", IPC_NOWAIT), 0, "E02 what fits may pass them");
	is_text(next(id, 6, 0), "6:small", "E02 and be received");
	is_int(receive(id, 1, 0), 80, "E02 room: all 100 bytes");
	is_int(reap(large), 0, "E02 the first of them sends");
	ok(!is_gone(first) && !is_gone(second) && !is_gone(third), "E02 the others have no room");
	is_int(queue_state(id).__msg_cbytes, 90, "E02 90 bytes are there");
	is_int(queue_state(id).msg_lspid, large, "E02 its sender is the last");
	is_int(receive(id, 0, 0), 90, "E02 room again");
	is_int(reap(first), 0, "E02 the second of them sends");
	is_int(reap(second), 0, "E02 the third too");
	ok(!is_gone(third), "E02 the fourth has no room");
	is_int(queue_state(id).__msg_cbytes, 80, "E02 80 bytes are there");
	set_room(110);
	is_int(reap(third), 0, "E02 IPC_SET gives it room");
	is_int(receive(id, 0, 0), 40, "E02 in order: the second");
	is_int(got.type, 3, "E02 its type");
	is_int(receive(id, 0, 0), 40, "E02 the third");
	is_int(receive(id, 0, 0), 30, "E02 the fourth");
	is_int(got.type, 5, "E02 its type");

	set_room(2);
	must(msgsnd(id, &(struct letter){.type = 1}, 0, 0));
	must(msgsnd(id, &(struct letter){.type = 2}, 0, 0));
	fails(msgsnd(id, &(struct letter){.type = 3}, 0, IPC_NOWAIT), EAGAIN,
		"E02 no more messages than bytes are allowed, though they have none");
	pid_t empty = sender(3, 0, 0);
	is_int(receive(id, 2, 0), 0, "E02 one is received");
	is_int(reap(empty), 0, "E02 one is sent");
	is_int(queue_state(id).msg_qnum, 2, "E02 two again");
}

static void
ends_of_sleep(void)
{
	id = new_queue();
	pid_t wait_for_message = receiver(8, 3, 0), wait_for_more = receiver(8, 9, 0);
	must(send(id, 1, "x", 0));
	set_room(1);
	pid_t wait_for_room = sender(3, 'y', 4);
	must(msgctl(id, IPC_RMID, 0));
	is_int(reap(wait_for_message), EIDRM, "E02 removed: EIDRM for a receiver");
	is_int(reap(wait_for_more), EIDRM, "E02 removed: EIDRM for another");
	is_int(reap(wait_for_room), EIDRM, "E02 removed: EIDRM for a sender");

	id = new_queue();
	pid_t killed = receiver(8, 0, 0), lives = receiver(8, 0, 0);
	must(kill(killed, SIGKILL));
	is_int(reap(killed), -SIGKILL, "V13 a receiver is killed");
	must(send(id, 1, "z", 0));
	is_int(reap(lives), 'z', "E02 the message goes to who lives");
	set_room(1);
	killed = sender(1, 'k', 1 + 200);
	must(kill(killed, SIGKILL));
	is_int(reap(killed), -SIGKILL, "V13 a sender is killed");
	set_room(1000);
	is_int(queue_state(id).msg_qnum, 0, "E02 it has sent nothing");
	must(msgctl(id, IPC_RMID, 0));
}

/* Two processes that hand a number to and fro. */
static void
to_and_fro(void)
{
	struct { long type; int number; } ball = {1, 0};
	id = new_queue();
	pid_t other = spawn(for (int i = 0; i < 500; i++) {
		must(msgrcv(id, &ball, sizeof(ball.number), 1, 0));
		ball.type = 2;
		ball.number++;
		must(msgsnd(id, &ball, sizeof(ball.number), 0));
	});
	for (int i = 0; i < 500; i++) {
		ball.type = 1;
		ball.number++;
		must(msgsnd(id, &ball, sizeof(ball.number), 0));
		must(msgrcv(id, &ball, sizeof(ball.number), 2, 0));
	}
	is_int(reap(other), 0, "E02 five hundred times to and fro");
	is_int(ball.number, 1000, "E02 nothing is lost");
	must(msgctl(id, IPC_RMID, 0));
}

int
main(void)
{
	counter("frames_free");
	long objects = counter("objects");

	id = new_queue();
	receivers();
	senders();
	must(msgctl(id, IPC_RMID, 0));
	ends_of_sleep();
	to_and_fro();
	counts(counter("objects"), objects, "E02 V13 nothing is left");
	return done();
}
