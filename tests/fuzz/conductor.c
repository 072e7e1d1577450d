/* The conductor: gives one worker after the other a call, and logs what came of it. */
#include "choose.h"
#include "names.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct board *board;

static void
die(const char *why)
{
	printf("broken: %s: %s\n", why, strerror(errno));
	fflush(stdout);
	_exit(1);
}

/* --- the workers' state --- */

/* It sleeps in the kernel: the letter behind the name in /proc/PID/stat. */
static bool
is_asleep(pid_t pid)
{
	char path[32], text[256];

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY);
	if (fd < 0)
		return false;
	ssize_t length = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length > 0 ? length : 0] = 0;
	const char *name_end = strrchr(text, ')');
	return name_end && (name_end[2] == 'S' || name_end[2] == 'D');
}

/* A timeout of 0 is a sleep too, on Linux: it is over at once, and then there is an answer. */
static bool
is_busy(const struct worker *worker)
{
	bool will_wake = worker->call.request == OPERATE && worker->call.third;

	return worker->phase == BUSY && (will_wake || !is_asleep(worker->pid));
}

static bool
all_asleep(void)
{
	for (int i = 0; i < WORKERS; i++)
		if (is_busy(&board->workers[i]))
			return false;
	return true;
}

/* Until nobody has anything to do: twice, since one may wake another after that was looked at. */
static void
settle(void)
{
	for (int quiet = 0; quiet < 2; quiet = all_asleep() ? quiet + 1 : 0)
		sched_yield();
}

static void
start_worker(int number)
{
	struct worker *worker = &board->workers[number];

	fflush(stdout);
	pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0)
		work(number);
	while (worker->phase != WAITING)
		sched_yield();
	name_process(number, pid);
}

static void
gone(int number)
{
	struct worker *worker = &board->workers[number];

	while (kill(worker->pid, 0) == 0)
		sched_yield();
	worker->phase = ABSENT;
	attaches_clear(number);
}

/* --- one step --- */

static struct answer *
ask(struct call call)
{
	board->conductor.call = call;
	perform(&board->conductor);
	return &board->conductor.answer;
}

static struct call
stat_of(enum kind kind, int id)
{
	return (struct call){
		.request = (enum request)(CONTROL_SHM + kind), .first = id, .second = IPC_STAT};
}

static void
remember(int number, const struct call *call, const struct answer *answer)
{
	size_t size;

	switch (call->request) {
	case GET_SHM:
	case GET_SEM:
	case GET_MSG:
		if (answer->result >= 0)
			name_object((enum kind)(call->request - GET_SHM), answer->result);
		break;
	case ATTACH:
		if (call->second || answer->result == -1)
			break;
		size = ask(stat_of(SHM, call->first))->shm.shm_segsz;
		attach_add(number, answer->result, (size + 4095) & ~4095l);
		break;
	case DETACH:
		if (answer->result == 0)
			attach_remove(number, call->first);
		break;
	default:
		break;
	}
}

/* Whoever was busy and is not any more has answered. */
static void
log_answers(unsigned were_busy)
{
	for (int i = 0; i < WORKERS; i++) {
		struct worker *worker = &board->workers[i];
		if (!(were_busy & 1u << i) || worker->phase != WAITING)
			continue;
		remember(i, &worker->call, &worker->answer);
		printf("  w%d: ", i);
		log_answer(i, &worker->call, &worker->answer);
	}
}

static unsigned
busy_workers(void)
{
	unsigned set = 0;

	for (int i = 0; i < WORKERS; i++)
		set |= (board->workers[i].phase == BUSY) << i;
	return set;
}

/* The worker has forked: the child has what it has. */
static void
greet_child(int parent, int number)
{
	while (board->workers[number].phase != WAITING)
		sched_yield();
	name_process(number, board->workers[number].pid);
	attaches_copy(parent, number);
}

static void
give_call(int number)
{
	struct worker *worker = &board->workers[number];
	struct call call = choose(number);

	worker->call = call;
	log_call(number, &call);
	printf("\n");
	unsigned busy = busy_workers() | 1u << number;
	worker->phase = BUSY;
	if (call.request == EXIT) {
		gone(number);
		busy &= ~(1u << number);
	}
	settle();
	if (call.request == FORK && worker->answer.result == 0)
		greet_child(number, call.first);
	log_answers(busy);
}

/* It sleeps in its call: a signal ends that, or its life. */
static void
disturb(int number)
{
	struct worker *worker = &board->workers[number];
	unsigned busy = busy_workers();
	unsigned what = pick(4);

	if (what > 1)
		return;
	printf("w%d gets a signal that %s\n", number, what ? "is handled" : "kills");
	kill(worker->pid, what ? SIGUSR1 : SIGKILL);
	if (!what)
		gone(number);
	else
		while (worker->phase == BUSY)
			sched_yield();
	settle();
	log_answers(busy);
}

static void
step(void)
{
	int number = pick(WORKERS);

	switch (board->workers[number].phase) {
	case ABSENT:
		printf("w%d begins\n", number);
		start_worker(number);
		break;
	case BUSY:
		disturb(number);
		break;
	case WAITING:
		give_call(number);
	}
}

/* --- beginning and end --- */

/* Small limits, so that they are met. */
static void
set_limit(const char *name, const char *value)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/sys/kernel/%s", name);
	int fd = open(path, O_WRONLY);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		die(path);
	close(fd);
}

static void
set_limits(void)
{
	set_limit("shmmax", "65536");
	set_limit("shmall", "40");
	set_limit("shmmni", "8");
	set_limit("sem", "8 24 4 8");
	set_limit("msgmni", "6");
	set_limit("msgmnb", "300");
	set_limit("msgmax", "100");
}

/* What an object is like at the end; then it goes. */
static void
report(enum kind kind, int id)
{
	struct call call = stat_of(kind, id);
	struct answer *answer = ask(call);

	if (answer->result == -1)
		return;
	log_call(-1, &call);
	printf("\n  ");
	log_answer(-1, &call, answer);
	if (kind == SEM) {
		call.second = GETALL;
		printf("  ");
		log_answer(-1, &call, ask(call));
	}
	call.second = IPC_RMID;
	if (ask(call)->result)
		die("IPC_RMID");
}

static void
clear_up(void)
{
	for (int i = 0; i < WORKERS; i++) {
		if (board->workers[i].phase == ABSENT)
			continue;
		kill(board->workers[i].pid, SIGKILL);
		gone(i);
	}
	for (enum kind kind = SHM; kind < KINDS; kind++)
		for (unsigned i = 0; i < object_count(kind); i++)
			report(kind, object_id(kind, i));
}

void
conduct(unsigned seed, unsigned steps, const unsigned char *left_out)
{
	if (!board) {
		board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (board == MAP_FAILED)
			die("mmap");
		signal(SIGCHLD, SIG_IGN); /* nobody has to wait for a worker */
		set_limits();
	}
	memset(board, 0, sizeof(*board));
	names_clear();
	for (unsigned number = 0; number < steps; number++) {
		if (left_out[number])
			continue;
		random_start(seed, number);
		printf("%u ", number);
		step();
	}
	clear_up();
}
