/* /proc/sysvipc/sem, in Linux's format. */
#include "_sem.h"

/* The line of that set in the listing, or "". */
static const char *
line_of(int id)
{
	char wanted[16];
	const char *line = file_text("/proc/sysvipc/sem");

	snprintf(wanted, sizeof(wanted), "%10d", id);
	while (*line && strncmp(line + 11, wanted, 10) != 0) {
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return line;
}

int
main(void)
{
	static const char heading[] =
		"       key      semid perms      nsems   uid   gid  cuid  cgid"
				      "      otime      ctime\n";
	key_t key;
	do
		key = unused_sem_key();
	while (key < 0); /* of ten digits at most: the columns stay where they are */
	int id = must(semget(key, 7, IPC_CREAT | 0640));

	ok(strncmp(file_text("/proc/sysvipc/sem"), heading, strlen(heading)) == 0,
		"E01 the heading");
	must(sem_do(id, 0, 1, 0));
	struct semid_ds ds = set_state(id);
	ds.sem_perm.uid = 70000;
	must(semctl(id, 0, IPC_SET, (union semun){.buf = &ds}));
	ds = set_state(id);
	char line[200];
	snprintf(line, sizeof(line), "%10d %10d  %4o %10u %5u %5u %5u %5u %10lu %10lu\n", key, id,
		0640, 7, 70000, getegid(), geteuid(), getegid(), (unsigned long)ds.sem_otime,
		(unsigned long)ds.sem_ctime);
	ok(strncmp(line_of(id), line, strlen(line)) == 0, "E01 a line");
	is_int(strcspn(line_of(id), "\n"), strlen(line) - 1, "E01 of that length");
	remove_set(id);
	ok(*line_of(id) == 0, "E01 removed: no line");
	return done();
}
