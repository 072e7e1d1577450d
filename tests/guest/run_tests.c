/*
 * Runs many guest tests in one boot: each program named by the arguments in a fresh process.
 *
 * Lets their TAP through and prints, each on a line of its own,
 *	# test PROGRAM		before it,
 *	# status N		when it exited, or
 *	# signal N		when a signal ended it, or
 *	# timeout		when it took longer than a minute and was killed, and
 *	# leak NAME N		after it, when it left N of something behind.
 * What is counted is nopage's own counters; on Linux only the segments that are left.
 */
#include "_tap.h"

#define MAX_SECONDS 60

static const char *const counted[] = {
	"frames_free", "objects", "processes", "tasks", "spaces", "areas", "shm_objects",
	"sem_undos",
	"sem_sets", "msg_queues", "nodes", "shm_segments"};
#define COUNTED (sizeof(counted) / sizeof(*counted))

/* How many of each there are; less memory free is more of it used. */
static void
take_stock(long stock[COUNTED])
{
	struct shm_info info;
	shmctl(0, SHM_INFO, (struct shmid_ds *)&info);
	for (size_t i = 0; i < COUNTED; i++)
		stock[i] = counter(counted[i]);
	stock[0] = -stock[0];
	stock[COUNTED - 1] = info.used_ids;
}

/* Orphans may still be on their way out, so what looks lost gets half a second to come back. */
static void
report_leaks(const long before[COUNTED])
{
	long now[COUNTED];
	for (int tries = 0; tries < 50; tries++) {
		take_stock(now);
		if (memcmp(before, now, sizeof(now)) == 0)
			return;
		usleep(10000);
	}
	for (size_t i = 0; i < COUNTED; i++)
		if (now[i] != before[i])
			printf("# leak %s %ld\n", counted[i], now[i] - before[i]);
}

static void
run(char *program)
{
	long before[COUNTED];
	printf("# test %s\n", program);
	fflush(stdout);
	take_stock(before);

	pid_t pid = spawn(setpgid(0, 0), execl(program, program, (char *)0), _exit(127));
	int status, polls = 0;
	while (waitpid(pid, &status, WNOHANG) == 0 && polls++ < MAX_SECONDS * 500)
		usleep(2000);
	if (polls > MAX_SECONDS * 500) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		printf("# timeout\n");
	} else if (WIFSIGNALED(status)) {
		printf("# signal %d\n", WTERMSIG(status));
	} else {
		printf("# status %d\n", WEXITSTATUS(status));
	}
	kill(-pid, SIGKILL);
	report_leaks(before);
	remove_all_objects(); /* what a test left must not spoil the next one */
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	/* Before anything is counted, touch every page that running a test will touch. */
	long stock[COUNTED];
	take_stock(stock);
	in_child(setpgid(0, 0), execl("", "", (char *)0));
	usleep(1);
	printf("# begin\n");
	fflush(stdout);
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	printf("# end\n");
	return 0;
}
