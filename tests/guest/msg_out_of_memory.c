/*
 * All memory eaten by messages: who sends is refused, not killed, others live and can clear away,
 * and then everything is back. For nopage only: Linux would kill whom it likes.
 *
 * Boot with: mem=32
 */
#include "_msg.h"

#define LARGE 100000

static void
set_limit(const char *name, const char *value)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/sys/kernel/%s", name);
	int fd = must(open(path, O_WRONLY));
	must(write(fd, value, strlen(value)));
	close(fd);
}

/* Sends until there is no memory, in as many queues as it takes; ends with the last errno. */
static int
eat(size_t size)
{
	return in_child({
		static char message[sizeof(long) + LARGE];
		*(long *)message = 1;
		memset(message + sizeof(long), 1, LARGE);
		int id = new_queue();
		while (msgsnd(id, message, size, IPC_NOWAIT) == 0 ||
			(errno == EAGAIN && (id = msgget(IPC_PRIVATE, 0600)) != -1))
			;
		_exit(errno);
	});
}

static int
run(char *program, char *argument)
{
	char *words[] = {program, argument, 0};
	return in_child(close(1); execv(program, words); _exit(127));
}

static void
remove_all_queues(void)
{
	struct msqid_ds ds;
	int id, highest = msgctl(0, MSG_INFO, &ds);
	for (int slot = 0; slot <= highest; slot++)
		if ((id = msgctl(slot, MSG_STAT, &ds)) != -1)
			must(msgctl(id, IPC_RMID, 0));
}

int
main(void)
{
	static const size_t sizes[] = {100, 2000, 8192, LARGE};
	remove_all_queues();
	counter("frames_free");
	long objects = counter("objects");
	eat(1000); /* what grows with the number of queues has grown */
	remove_all_queues();
	long frames = counter("frames_free");

	set_limit("msgmax", "100000");
	set_limit("msgmnb", "200000");
	for (unsigned i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		is_int(eat(sizes[i]), ENOMEM, "S20 E02 messages of %lu bytes: ENOMEM at last",
			(unsigned long)sizes[i]);
		is_int(run("/bin/ipcs", "-q"), 0, "S20 small programs still start");
		fails(msgget(unused_queue_key(), 0), ENOENT, "S20 calls still answer");
		remove_all_queues();
		ok(wait_until(counter("frames_free") >= frames), "S20 E02 every frame is back");
	}
	set_limit("msgmnb", "16384");
	set_limit("msgmax", "8192");
	counts(counter("objects"), objects, "S20 E02 every object is back");
	return done();
}
