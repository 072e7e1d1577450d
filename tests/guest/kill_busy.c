/*
 * A busy group of processes, of which a random one is killed, a thousand times: whatever it was
 * doing at that moment, nothing of it is left afterwards. With an argument it goes on for so many
 * seconds instead: ./np soak.
 */
#include "_tap.h"
#include <sched.h>
#include <stdbool.h>
#include <sys/msg.h>
#include <sys/sem.h>

#define WORKERS 6
#define KEYS 4
#define FILE_NAME "/tmp/busy"
#define PAGES 16
#define KILLS 1000
#define CHECKED_KILLS 200 /* with check=1, where each call looks at all there is */

static key_t first_key; /* KEYS of each kind */
static unsigned random_state;
static char *program;

static unsigned
pick(unsigned count)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % count;
}

static key_t
any_key(void)
{
	return first_key + pick(KEYS);
}

/* --- what the group is busy with: every call may fail, and is right to --- */

static void
share_memory(void)
{
	int id = shmget(any_key(), PAGES * PAGE, IPC_CREAT | 0600);
	char *p = shmat(id, 0, 0);

	if (p == (char *)-1)
		return;
	for (int i = 0; i < PAGES; i += 1 + pick(4))
		p[i * PAGE]++;
	if (pick(3) == 0)
		munmap(p + pick(PAGES) * PAGE, PAGE);
	if (pick(8) == 0)
		shmctl(id, IPC_RMID, 0);
	if (pick(3))
		shmdt(p);
}

static void
use_semaphores(void)
{
	int id = semget(any_key(), 3, IPC_CREAT | 0600);
	struct sembuf take[2] = {{pick(3), -1, SEM_UNDO}, {pick(3), 1, SEM_UNDO}};

	if (pick(2))
		take[0].sem_flg |= IPC_NOWAIT;
	semop(id, &take[1], 1);
	semop(id, take, 2);
	if (pick(16) == 0)
		semctl(id, 0, IPC_RMID);
}

static void
pass_messages(void)
{
	struct {
		long type;
		char text[3000];
	} message = {.type = 1 + pick(3)};
	int id = msgget(any_key(), IPC_CREAT | 0600);

	msgsnd(id, &message, pick(sizeof(message.text)), pick(4) ? IPC_NOWAIT : 0);
	if (pick(2))
		msgrcv(id, &message, sizeof(message.text), pick(3), pick(4) ? IPC_NOWAIT : 0);
	if (pick(16) == 0)
		msgctl(id, IPC_RMID, 0);
}

static void
use_pipe(void)
{
	char bytes[5000];
	int ends[2];

	if (pipe(ends) < 0)
		return;
	if (fork() == 0) {
		read(ends[0], bytes, 1 + pick(sizeof(bytes)));
		_exit(0);
	}
	write(ends[1], bytes, sizeof(bytes));
	close(ends[0]);
	close(ends[1]);
	while (wait(NULL) > 0)
		;
}

static void
map_memory(void)
{
	char *p = mmap(0, PAGES * PAGE, PROT_READ | PROT_WRITE,
		MAP_ANONYMOUS | (pick(2) ? MAP_SHARED : MAP_PRIVATE), -1, 0);

	if (p == MAP_FAILED)
		return;
	memset(p, 1, PAGES * PAGE);
	if (fork() == 0) {
		p[pick(PAGES) * PAGE] = 2;
		_exit(0);
	}
	munmap(p, PAGES * PAGE);
}

static void
write_file(void)
{
	char bytes[5000];
	int fd = open(FILE_NAME, O_RDWR | O_CREAT, 0600);

	unlink(FILE_NAME);
	write(fd, bytes, sizeof(bytes));
	close(fd);
}

static void
start_program(void)
{
	char *arguments[] = {program, "once", NULL};

	if (fork() == 0) {
		execv(arguments[0], arguments);
		_exit(1);
	}
	wait(NULL);
}

static void
be_busy(unsigned seed)
{
	static void (*const jobs[])(void) = {share_memory, use_semaphores, pass_messages, use_pipe,
		map_memory, write_file, start_program, share_memory, use_semaphores};

	random_state = seed;
	for (;;) {
		jobs[pick(sizeof(jobs) / sizeof(*jobs))]();
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
}

/* --- the killer --- */

static pid_t workers[WORKERS];

static void
start(int number, unsigned seed)
{
	pid_t leader = workers[0]; /* 0 at first: it begins a group, and only that */

	workers[number] = spawn(setpgid(0, leader), number ? be_busy(seed) : (void)pause());
	setpgid(workers[number], leader); /* whoever of the two comes first */
}

static void
kill_many(long kills, time_t until)
{
	unsigned seed = getpid();

	for (int i = 0; i < WORKERS; i++)
		start(i, seed++);
	for (long n = 0; n < kills || time(NULL) < until; n++) {
		int victim = 1 + pick(WORKERS - 1);
		for (unsigned turns = pick(20); turns > 0; turns--)
			sched_yield();
		must(kill(workers[victim], SIGKILL));
		reap(workers[victim]);
		start(victim, seed++);
	}
	kill(-workers[0], SIGKILL);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void
remove_all(void)
{
	unlink(FILE_NAME); /* of one who was killed before it did so */
	for (key_t key = first_key; key < first_key + KEYS; key++) {
		shmctl(shmget(key, 0, 0), IPC_RMID, 0);
		semctl(semget(key, 0, 0), 0, IPC_RMID);
		msgctl(msgget(key, 0), IPC_RMID, 0);
	}
}

static const char *const counted[] = {"frames_free", "objects", "processes", "tasks", "spaces",
	"areas", "shm_objects", "shm_segments", "sem_sets", "sem_undos", "msg_queues"};
#define COUNTED (sizeof(counted) / sizeof(*counted))

static void
check_counts(const long before[COUNTED])
{
	for (size_t i = 0; i < COUNTED; i++) {
		if (before[i] < 0)
			skip("V13 as many %s as before", counted[i]);
		else if (!ok(wait_until(counter(counted[i]) == before[i]),
				 "V13 as many %s as before", counted[i]))
			note("%ld before, %ld now", before[i], counter(counted[i]));
	}
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "once") == 0)
		return 0;
	long seconds = argc > 1 ? atol(argv[1]) : 0, before[COUNTED];
	bool checked = strstr(file_text("/proc/cmdline"), "check=1");

	program = argv[0];
	first_key = (unused_key() & ~(KEYS - 1)) | 0x40000000;
	for (size_t i = 0; i < COUNTED; i++)
		before[i] = counter(counted[i]);
	kill_many(seconds ? 0 : checked ? CHECKED_KILLS : KILLS, time(NULL) + seconds);
	ok(1, "V13 E01 E02 S21 members of a busy group were killed at any moment");
	ok(wait_until(kill(-workers[0], 0) == -1), "V13 the group is gone");
	remove_all();
	check_counts(before);
	return done();
}
