/* Signals that meet a sleeper in msgsnd or msgrcv: EINTR after a handler, else none sees them. */
#include "_msg.h"

static int id;
static volatile int handled;

static void
handle(int signal)
{
	handled = signal;
}

static void
install(int flags)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = flags};
	must(sigaction(SIGUSR1, &action, 0));
}

/* A child in msgrcv; it ends with what came of it. */
static pid_t
receiver(void)
{
	pid_t pid = spawn({
		int size = receive(id, 1, 0);
		_exit(size < 0 ? errno + (handled ? 100 : 0) : got.text[0]);
	});
	falls_asleep(pid);
	return pid;
}

static pid_t
sender(void)
{
	pid_t pid = spawn({
		int result = send(id, 2, "as large as it gets", 0);
		_exit(result < 0 ? errno + (handled ? 100 : 0) : 0);
	});
	falls_asleep(pid);
	return pid;
}

static int
after(pid_t pid, int signal)
{
	must(kill(pid, signal));
	return reap(pid);
}

int
main(void)
{
	counter("frames_free");
	long objects = counter("objects");
	id = new_queue();
	struct msqid_ds ds = queue_state(id);
	ds.msg_qbytes = 30;
	must(msgctl(id, IPC_SET, &ds));
	must(send(id, 9, "twenty bytes there..", 0));

	install(0);
	is_int(after(receiver(), SIGUSR1), EINTR + 100, "E02 a handler ends msgrcv: EINTR");
	is_int(after(sender(), SIGUSR1), EINTR + 100, "E02 a handler ends msgsnd: EINTR");
	install(SA_RESTART);
	is_int(after(receiver(), SIGUSR1), EINTR + 100, "E02 msgrcv, SA_RESTART or not");
	is_int(after(sender(), SIGUSR1), EINTR + 100, "E02 msgsnd, SA_RESTART or not");
	is_int(queue_state(id).msg_qnum, 1, "E02 nothing was sent");

	must(signal(SIGUSR1, SIG_IGN) == SIG_ERR ? -1 : 0);
	pid_t child = receiver();
	must(kill(child, SIGUSR1));
	must(kill(child, SIGCHLD));
	must(kill(child, SIGCONT));
	usleep(20000);
	must(send(id, 1, "a", 0));
	is_int(reap(child), 'a', "E02 signals that are ignored do nothing to msgrcv");

	child = receiver();
	must(kill(child, SIGSTOP));
	usleep(50000);
	must(send(id, 1, "b", 0));
	is_int(queue_state(id).msg_qnum, 2, "E02 who is stopped gets nothing");
	is_text(next(id, 1, 0), "1:b", "E02 another may get it");
	must(kill(child, SIGCONT));
	falls_asleep(child);
	must(send(id, 1, "c", 0));
	is_int(reap(child), 'c', "E02 continued it sleeps on, and gets the next");
	child = receiver();
	must(kill(child, SIGSTOP));
	usleep(50000);
	must(send(id, 1, "d", 0));
	must(kill(child, SIGCONT));
	is_int(reap(child), 'd', "E02 what came while it was stopped it gets when it goes on");

	child = sender();
	must(kill(child, SIGSTOP));
	usleep(50000);
	must(receive(id, 9, 0));
	is_int(queue_state(id).msg_qnum, 0, "E02 who is stopped sends nothing");
	must(kill(child, SIGCONT));
	is_int(reap(child), 0, "E02 when it goes on it does");
	is_text(next(id, 0, 0), "2:as large as it gets", "E02 there it is");

	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	must(sigprocmask(SIG_BLOCK, &set, 0));
	install(0);
	child = receiver();
	must(kill(child, SIGUSR1));
	usleep(20000);
	must(send(id, 1, "e", 0));
	is_int(reap(child), 'e', "E02 a blocked signal does nothing to msgrcv");

	must(msgctl(id, IPC_RMID, 0));
	counts(counter("objects"), objects, "E02 V13 nothing is left");
	return done();
}
