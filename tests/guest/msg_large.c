/* Messages of all sizes, up to some MiB: every byte arrives, whatever is cut where. */
#include "_msg.h"

#define LARGEST (3 << 20)

static int
put(const char *path, const char *text)
{
	int fd = must(open(path, O_WRONLY)), n = write(fd, text, strlen(text));
	close(fd);
	return n;
}

static char
byte_at(size_t i)
{
	return i * 7 + i / 251 + i / 65521;
}

/* Sends and receives so many bytes; whether they are the same. */
static int
arrives(int id, char *from, char *to, size_t size)
{
	memset(to, 0, size + 8);
	if (msgsnd(id, from, size, 0) < 0)
		return 0;
	if (msgrcv(id, to, LARGEST, 0, IPC_NOWAIT) != (ssize_t)size)
		return 0;
	return memcmp(from, to, size + 4) == 0 && to[4 + size] == 0;
}

int
main(void)
{
	counter("frames_free");
	char *from = private_pages(LARGEST / PAGE + 1, PROT_READ | PROT_WRITE);
	char *to = private_pages(LARGEST / PAGE + 1, PROT_READ | PROT_WRITE);
	*(long *)from = 77;
	for (size_t i = 0; i < LARGEST; i++)
		from[4 + i] = byte_at(i);
	memset(to, 1, LARGEST + 8);
	long frames = counter("frames_free"), objects = counter("objects");

	must(put("/proc/sys/kernel/msgmax", "3145728"));
	must(put("/proc/sys/kernel/msgmnb", "9437184"));
	int id = new_queue(), whole = 1;
	for (size_t size = 0; size < 10000; size += size < 1900 || size > 2100 ? 61 : 1)
		whole &= arrives(id, from, to, size);
	ok(whole, "E02 messages of 0 to 10,000 bytes");
	for (size_t size = 4 * PAGE - 40; size < 4 * PAGE + 40; size++)
		whole &= arrives(id, from, to, size);
	ok(whole, "E02 messages around four pages");
	ok(arrives(id, from, to, LARGEST), "E02 a message of 3 MiB");
	fails(msgsnd(id, from, LARGEST + 1, 0), EINVAL, "E02 one byte more than msgmax");
	for (int i = 0; i < 3; i++)
		must(msgsnd(id, from, LARGEST, 0));
	fails(msgsnd(id, from, 1, IPC_NOWAIT), EAGAIN, "E02 three fill the queue");
	memset(to, 0, LARGEST);
	is_int(msgrcv(id, to, LARGEST, 0, IPC_NOWAIT | MSG_COPY), LARGEST, "E02 a copy of one");
	ok(memcmp(from, to, LARGEST) == 0, "E02 it is the same");
	memset(to, 0, LARGEST);
	is_int(msgrcv(id, to, 100000, 0, MSG_NOERROR), 100000, "E02 the beginning of one");
	ok(memcmp(from, to, 100004) == 0 && to[100004] == 0, "E02 it is the same");
	fails(msgrcv(id, to, LARGEST - 1, 0, 0), E2BIG, "E02 one byte too little room");
	is_int(in_child(must(munmap(from + LARGEST - PAGE, PAGE)); errno = 0;
		       msgsnd(id, from, LARGEST, 0); _exit(errno)),
		EFAULT, "E02 V08 its end is missing");
	is_int(in_child(must(munmap(to + 2 * PAGE, PAGE)); errno = 0;
		       msgrcv(id, to, LARGEST, 0, 0); _exit(errno)),
		EFAULT, "E02 V08 nowhere to put its third page");
	is_int(queue_state(id).msg_qnum, 1, "E02 one is left");
	must(put("/proc/sys/kernel/msgmax", "8192"));
	is_int(msgrcv(id, to, PAGE, 0, MSG_NOERROR), PAGE, "E02 sent before msgmax sank: there");
	must(msgsnd(id, from, 8192, 0));
	must(msgctl(id, IPC_RMID, 0));
	must(put("/proc/sys/kernel/msgmnb", "16384"));
	counts(counter("objects"), objects, "E02 nothing is left");
	counts(counter("frames_free"), frames, "E02 nor any frame");
	return done();
}
