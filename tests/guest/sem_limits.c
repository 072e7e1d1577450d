/* /proc/sys/kernel/sem: the four limits of semaphores, set and kept. */
#include "_sem.h"

static const char *
limits(void)
{
	return file_text("/proc/sys/kernel/sem");
}

/* The errno of writing that, 0 if all of it was taken. */
static int
set_limits(const char *text)
{
	int fd = must(open("/proc/sys/kernel/sem", O_WRONLY));
	int error = errno_of(write(fd, text, strlen(text)));
	must(close(fd));
	return error;
}

static int
used_semaphores(void)
{
	struct seminfo info;
	must(semctl(0, 0, SEM_INFO, (union semun){.info = &info}));
	return info.semaem;
}

static int
used_sets(void)
{
	struct seminfo info;
	must(semctl(0, 0, SEM_INFO, (union semun){.info = &info}));
	return info.semusz;
}

int
main(void)
{
	char line[100], text[100];
	struct seminfo info;
	struct sembuf ops[3] = {{0, 1, 0}, {0, 1, 0}, {0, 1, 0}};

	snprintf(line, sizeof(line), "%s", limits());
	ok(strcmp(line, "32000\t1024000000\t500\t32000\n") == 0, "E01 Linux's defaults");

	is_int(set_limits("4"), 0, "E01 semmsl is 4");
	ok(strcmp(limits(), "4\t1024000000\t500\t32000\n") == 0, "E01 and the file says so");
	must(semctl(0, 0, IPC_INFO, (union semun){.info = &info}));
	is_int(info.semmsl, 4, "E01 IPC_INFO, too");
	fails(semget(IPC_PRIVATE, 5, 0600), EINVAL, "E01 semmsl and one more");
	int id = works(semget(IPC_PRIVATE, 4, 0600), "E01 semmsl");

	snprintf(text, sizeof(text), "32000 %d", used_semaphores() + 3);
	is_int(set_limits(text), 0, "E01 semmns is 3 more than there are");
	fails(semget(IPC_PRIVATE, 4, 0600), ENOSPC, "E01 semmns and one more");
	int second = works(semget(IPC_PRIVATE, 3, 0600), "E01 semmns");
	fails(semget(IPC_PRIVATE, 1, 0600), ENOSPC, "E01 none is left");
	remove_set(second);

	is_int(set_limits("32000 1024000000 2"), 0, "E01 semopm is 2");
	fails(semop(id, ops, 3), E2BIG, "E01 semopm and one more");
	is_int(semop(id, ops, 2), 0, "E01 semopm");
	is_int(value_of(id, 0), 2, "E01 done");

	snprintf(text, sizeof(text), "32000 1024000000 500 %d", used_sets() + 1);
	is_int(set_limits(text), 0, "E01 semmni is one more than there are");
	second = works(semget(IPC_PRIVATE, 1, 0600), "E01 semmni");
	fails(semget(IPC_PRIVATE, 1, 0600), ENOSPC, "E01 semmni and one more");
	snprintf(text, sizeof(text), "32000 1024000000 500 %d", used_sets() - 1);
	is_int(set_limits(text), 0, "E01 fewer than there are");
	is_int(value_of(second, 0), 0, "E01 what is there stays");
	remove_set(second);
	fails(semget(IPC_PRIVATE, 1, 0600), ENOSPC, "E01 but there are no more");
	is_int(set_limits("1 2 3 40000"), ERANGE, "E01 semmni above 32768");
	ok(strncmp(limits(), "1\t2\t3\t", 6) == 0, "E01 the three before it are set all the same");
	is_int(set_limits("7 x"), EINVAL, "E01 what is no number");
	ok(strncmp(limits(), "7\t2\t3\t", 6) == 0, "E01 the one before it is set all the same");
	is_int(set_limits(line), 0, "E01 as it was");
	ok(strcmp(limits(), line) == 0, "E01 all four");
	is_int(in_child(must(setuid(1000));
		_exit(errno_of(open("/proc/sys/kernel/sem", O_WRONLY)))),
		EACCES, "E01 only for root");
	remove_set(id);

	int fd = must(open("/proc/sys/kernel/sem_next_id", O_WRONLY));
	must(write(fd, "3280007", 7)); /* seq 100, slot 3207 */
	must(close(fd));
	id = must(semget(IPC_PRIVATE, 1, 0600));
	is_int(id, 3280007, "E03 sem_next_id");
	second = must(semget(IPC_PRIVATE, 1, 0600));
	ok(second != 3280007 + 1, "E03 for one set only");
	remove_set(second);
	remove_set(id);
	return done();
}
