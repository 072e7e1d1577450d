/*
 * Messages straight from and into segments: each copy meets pages that are not mapped yet, and may
 * sleep there (boot argument sleepy=1), while the queue is removed and made again, and processes
 * are killed. Whatever arrives is whole, and nothing is left.
 */
#include "_msg.h"

#define TEXT 6000 /* over two pages */
#define ROUNDS 150

struct mail {
	long type;
	unsigned char text[TEXT];
};

static key_t key;
static int segment;

static struct mail *
attach(void)
{
	return must(shmat(segment, 0, 0));
}

/* The queue of this moment. */
static int
queue(void)
{
	return msgget(key, IPC_CREAT | 0600);
}

/* What may become of a call while others remove the queue. */
static int
is_fine(int result)
{
	return result >= 0 || errno == EINVAL || errno == EIDRM || errno == ENOENT;
}

static void
send_mails(int rounds)
{
	while (rounds-- > 0) {
		struct mail *mail = attach();
		if (!is_fine(msgsnd(queue(), mail, TEXT, 0)))
			_exit(errno);
		must(shmdt(mail));
	}
}

static void
receive_mails(int rounds)
{
	int room = new_segment(sizeof(struct mail));
	while (rounds-- > 0) {
		struct mail *mail = must(shmat(room, 0, 0));
		int size = msgrcv(queue(), mail, TEXT, 0, 0);
		if (!is_fine(size))
			_exit(errno);
		for (int i = 0; i < size; i++)
			if (mail->text[i] != (unsigned char)(i * 7))
				_exit(200);
		if (size >= 0 && (size != TEXT || mail->type != 5))
			_exit(201);
		memset(mail, 0, sizeof(*mail));
		must(shmdt(mail));
	}
	must(shmctl(room, IPC_RMID, 0));
}

int
main(void)
{
	key = unused_queue_key();
	segment = new_segment(sizeof(struct mail));
	struct mail *mail = attach();
	mail->type = 5;
	for (int i = 0; i < TEXT; i++)
		mail->text[i] = i * 7;
	must(msgctl(queue(), IPC_RMID, 0));
	counter("frames_free");
	long objects = counter("objects"), frames = counter("frames_free");

	for (int i = 0; i < 3; i++) {
		spawn(send_mails(ROUNDS));
		spawn(receive_mails(ROUNDS));
	}
	int ended = 0, wrong = 0, status;
	while (ended < 6) {
		usleep(10000);
		msgctl(queue(), IPC_RMID, 0); /* whoever is asleep goes on */
		while (waitpid(-1, &status, WNOHANG) > 0) {
			ended++;
			wrong += status != 0;
		}
	}
	is_int(wrong, 0, "E02 while the queue comes and goes, what arrives is whole");
	must(msgctl(queue(), IPC_RMID, 0));
	counts(counter("objects"), objects, "E02 nothing is left");

	int killed = 0;
	for (int i = 0; i < 40; i++) {
		pid_t victims[] = {spawn(send_mails(1 << 30)), spawn(receive_mails(1 << 30))};
		for (int turns = i % 7; turns > 0; turns--)
			usleep(1000);
		for (int n = 0; n < 2; n++)
			must(kill(victims[n], SIGKILL));
		for (int n = 0; n < 2; n++)
			killed += reap(victims[n]) == -SIGKILL;
	}
	is_int(killed, 80, "E02 V13 senders and receivers are killed anywhere");
	must(msgctl(queue(), IPC_RMID, 0));
	struct shmid_ds ds;
	int id, highest = shmctl(0, SHM_INFO, &ds);
	for (int slot = 0; slot <= highest; slot++) /* what the killed left */
		if ((id = shmctl(slot, SHM_STAT, &ds)) != -1 && id != segment)
			must(shmctl(id, IPC_RMID, 0));
	counts(counter("objects"), objects, "E02 V13 no object is left");
	counts(counter("frames_free"), frames, "E02 V13 nor any frame");
	must(shmctl(segment, IPC_RMID, 0));
	return done();
}
