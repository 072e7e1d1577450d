/* A worker: waits for a call, makes it, answers. */
#include "fuzz.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static sigjmp_buf after_fault;

static void
on_fault(int signal)
{
	siglongjmp(after_fault, signal);
}

static void
on_signal(int signal)
{
	(void)signal; /* it only ends a sleep */
}

/* A byte read, or written; the signal that it ended with, as an error. */
static long
touch(volatile unsigned char *at, bool store, unsigned char byte)
{
	int signal = sigsetjmp(after_fault, 1);

	if (signal) {
		errno = signal == SIGSEGV ? EFAULT : signal;
		return -1;
	}
	if (store)
		*at = byte;
	return *at;
}

static long
control_shm(const struct call *call, struct answer *answer)
{
	if (call->second == IPC_SET) {
		memset(&answer->shm, 0, sizeof(answer->shm));
		answer->shm.shm_perm.uid = call->third;
		answer->shm.shm_perm.gid = call->fourth;
		answer->shm.shm_perm.mode = call->fifth;
	}
	return shmctl(call->first, call->second, &answer->shm);
}

static long
control_msg(const struct call *call, struct answer *answer)
{
	if (call->second == IPC_SET) {
		memset(&answer->msg, 0, sizeof(answer->msg));
		answer->msg.msg_perm.uid = call->third;
		answer->msg.msg_perm.gid = 0;
		answer->msg.msg_qbytes = call->fourth;
		answer->msg.msg_perm.mode = call->fifth;
	}
	return msgctl(call->first, call->second, &answer->msg);
}

union argument {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

static long
control_sem(const struct call *call, struct answer *answer)
{
	union argument argument = {.buf = &answer->sem};

	switch (call->second) {
	case SETVAL:
		argument.val = call->fourth;
		break;
	case GETALL:
		argument.array = answer->values;
		break;
	case SETALL:
		for (int i = 0; i < SEMAPHORES_MAX; i++)
			answer->values[i] = (call->fourth + i) % 5;
		argument.array = answer->values;
		break;
	case IPC_SET:
		memset(&answer->sem, 0, sizeof(answer->sem));
		answer->sem.sem_perm.uid = call->fourth;
		answer->sem.sem_perm.mode = call->fifth;
		break;
	}
	return semctl(call->first, call->third, call->second, argument);
}

static long
operate(const struct call *call)
{
	const struct timespec none = {0, 0};

	if (call->third)
		return semtimedop(call->first, (void *)call->operations, call->second, &none);
	return semop(call->first, (void *)call->operations, call->second);
}

static long
send(const struct call *call, struct answer *answer)
{
	answer->message.type = call->second;
	for (int i = 0; i < MESSAGE_MAX; i++)
		answer->message.text[i] = 'a' + (call->third + i) % 26;
	return msgsnd(call->first, &answer->message, call->third, call->fourth);
}

static long
become(uid_t user, gid_t group)
{
	if (seteuid(0) || setegid(group) || seteuid(user))
		return -1;
	return 0;
}

static long
fork_worker(int number)
{
	struct worker *child = &board->workers[number];
	pid_t pid = fork();

	if (pid == 0)
		work(number);
	child->pid = pid;
	return pid < 0 ? -1 : 0;
}

static long
make(const struct call *c, struct answer *answer)
{
	switch (c->request) {
	case GET_SHM:
		return shmget(c->first, c->second, c->third);
	case GET_SEM:
		return semget(c->first, c->second, c->third);
	case GET_MSG:
		return msgget(c->first, c->third);
	case CONTROL_SHM:
		return control_shm(c, answer);
	case CONTROL_SEM:
		return control_sem(c, answer);
	case CONTROL_MSG:
		return control_msg(c, answer);
	case ATTACH:
		return (long)shmat(c->first, (void *)c->second, c->third);
	case DETACH:
		return shmdt((void *)c->first);
	case LOAD:
		return touch((void *)c->first, false, 0);
	case STORE:
		return touch((void *)c->first, true, c->second);
	case PROTECT:
		return mprotect((void *)c->first, c->second, c->third);
	case UNMAP:
		return munmap((void *)c->first, c->second);
	case OPERATE:
		return operate(c);
	case SEND:
		return send(c, answer);
	case RECEIVE:
		return msgrcv(c->first, &answer->message, c->second, c->third, c->fourth);
	case BECOME:
		return become(c->first, c->second);
	case FORK:
		return fork_worker(c->first);
	case EXIT:
		_exit(0);
	}
	return -1;
}

void
perform(struct worker *worker)
{
	struct answer *answer = &worker->answer;

	memset(answer, 0, sizeof(*answer));
	errno = 0;
	answer->result = make(&worker->call, answer);
	answer->error = errno;
	worker->phase = WAITING;
}

static void
handle(int signal, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigaction(signal, &action, NULL);
}

_Noreturn void
work(int number)
{
	struct worker *me = &board->workers[number];

	handle(SIGSEGV, on_fault);
	handle(SIGBUS, on_fault);
	handle(SIGUSR1, on_signal);
	handle(SIGCHLD, SIG_IGN);
	me->pid = getpid();
	me->phase = WAITING;
	for (;;) {
		while (me->phase != BUSY)
			sched_yield();
		perform(me);
	}
}
