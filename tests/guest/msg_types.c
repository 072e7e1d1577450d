/* Which message a receiver gets: type 0, above 0, below 0, MSG_EXCEPT; and what it is handed. */
#include "_msg.h"
#include <limits.h>

static int id;

static void
fill(void)
{
	must(send(id, 5, "a", 0));
	must(send(id, 3, "b", 0));
	must(send(id, 5, "c", 0));
	must(send(id, 2, "d", 0));
	must(send(id, 3, "e", 0));
	must(send(id, LONG_MAX, "f", 0));
}

static void
empty(void)
{
	while (receive(id, 0, IPC_NOWAIT) >= 0)
		;
}

int
main(void)
{
	counter("frames_free");
	long objects = counter("objects");
	id = new_queue();

	fill();
	is_text(next(id, 0, 0), "5:a", "E02 type 0: the first");
	is_text(next(id, 5, 0), "5:c", "E02 type 5: the first of type 5");
	is_text(next(id, 5, 0), "none", "E02 type 5: no other, ENOMSG");
	is_text(next(id, -4, 0), "2:d", "E02 type -4: the lowest type, though others came before");
	is_text(next(id, -4, 0), "3:b", "E02 type -4: the first of the lowest type");
	is_text(next(id, -4, 0), "3:e", "E02 type -4: the second of it");
	is_text(next(id, -4, 0), "none", "E02 type -4: none that low is left");
	is_text(next(id, LONG_MIN, 0), "2147483647:f", "E02 the lowest number as a type: any");
	is_text(next(id, 0, 0), "none", "E02 the queue is empty");

	fill();
	is_text(next(id, 5, MSG_EXCEPT), "3:b", "E02 MSG_EXCEPT 5: the first of another type");
	is_text(next(id, 3, MSG_EXCEPT), "5:a", "E02 MSG_EXCEPT 3");
	is_text(next(id, 0, MSG_EXCEPT), "5:c", "E02 MSG_EXCEPT with type 0: the first");
	is_text(next(id, -3, MSG_EXCEPT), "2:d", "E02 MSG_EXCEPT with type -3: as without it");
	is_text(next(id, 3, MSG_EXCEPT), "2147483647:f", "E02 MSG_EXCEPT passes over the others");
	is_text(next(id, 3, MSG_EXCEPT), "none", "E02 MSG_EXCEPT: only type 3 is left");
	empty();

	must(send(id, 1, "x", 0));
	must(send(id, 1, "y", 0));
	is_text(next(id, -1, 0), "1:x", "E02 type -1: the first of type 1");
	is_text(next(id, 1, 0), "1:y", "E02 type 1: the next");

	is_int(msgsnd(id, &(struct letter){.type = 9}, 0, 0), 0, "E02 a message of no bytes");
	is_int(queue_state(id).msg_qnum, 1, "E02 counts as one");
	is_int(queue_state(id).__msg_cbytes, 0, "E02 of no bytes");
	is_int(receive(id, 0, 0), 0, "E02 it is received: 0 bytes");
	is_int(got.type, 9, "E02 with its type");
	is_int(got.text[0], 0x55, "E02 and nothing behind it");

	struct letter letter = {.type = 1, .text = "abcdefgh"};
	must(msgsnd(id, &letter, 8, 0));
	is_int(receive(id, 0, 0), 8, "E02 a message of 8 bytes: 8");
	ok(memcmp(got.text, "abcdefgh\x55\x55", 10) == 0, "E02 no byte beyond it is touched");
	must(msgsnd(id, &letter, 8, 0));
	memset(&got, 0x55, sizeof(got));
	is_int(msgrcv(id, &got, 3, 0, MSG_NOERROR), 3, "E02 MSG_NOERROR: cut to the room there is");
	ok(memcmp(got.text, "abc\x55\x55", 5) == 0, "E02 the first bytes of it");
	is_text(next(id, 0, 0), "none", "E02 the rest is lost");

	must(msgsnd(id, &letter, 8, 0));
	is_int(msgrcv(id, &got, 0, 0, MSG_NOERROR), 0, "E02 cut to nothing");
	must(msgsnd(id, &letter, 8, 0));
	letter.text[0] = 'X';
	is_int(receive(id, 0, 0), 8, "E02 a message is a copy");
	is_int(got.text[0], 'a', "E02 of what was there when it was sent");

	must(send(id, 1, "left behind", 0));
	must(msgctl(id, IPC_RMID, 0));
	counts(counter("objects"), objects, "E02 removal takes the messages along");
	return done();
}
