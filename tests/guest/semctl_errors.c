/* semctl's errors, and which comes first. */
#include "_sem.h"

/* The call itself: a libc may look into the buffer. */
#define ctl(id, number, command, argument) \
	syscall(SYS_semctl, id, number, (command) | IPC_CONTROL, argument)

int
main(void)
{
	static const int commands[] = {GETVAL, GETPID, GETNCNT, GETZCNT, GETALL, SETALL, IPC_STAT,
		IPC_RMID, SEM_STAT, SEM_STAT_ANY, IPC_INFO, SEM_INFO, SETVAL};
	static const char *const names[] = {"GETVAL", "GETPID", "GETNCNT", "GETZCNT", "GETALL",
		"SETALL", "IPC_STAT", "IPC_RMID", "SEM_STAT", "SEM_STAT_ANY", "IPC_INFO",
		"SEM_INFO", "SETVAL"};
	int id = new_set(2), gone = new_set(1);
	void *nowhere = private_pages(1, PROT_NONE);
	struct semid_ds ds = set_state(id);

	remove_set(gone);
	for (int i = 0; i < 13; i++)
		fails(ctl(-1, 0, commands[i], 0), EINVAL, "E01 negative id: %s", names[i]);
	for (int i = 0; i < 8; i++)
		fails(ctl(gone, 0, commands[i], 0), EINVAL, "E01 stale id: %s", names[i]);
	fails(ctl(gone, 0, SETVAL, 1), EINVAL, "E01 stale id: SETVAL");
	fails(ctl(gone, 0, SETVAL, -1), ERANGE, "E01 the value before the id: SETVAL");
	fails(ctl(gone, 0, IPC_SET, &ds), EINVAL, "E01 stale id: IPC_SET");
	fails(ctl(gone, 0, IPC_SET, nowhere), EFAULT, "E01 V08 the buffer before the id: IPC_SET");
	fails(ctl(gone, 0, IPC_STAT, nowhere), EINVAL, "E01 the id before the buffer: IPC_STAT");
	fails(ctl(gone, 0, GETALL, nowhere), EINVAL, "E01 the id before the buffer: GETALL");
	for (int i = 0; i < 4; i++) {
		fails(ctl(id, 2, commands[i], 0), EINVAL, "E01 past the last: %s", names[i]);
		fails(ctl(id, -1, commands[i], 0), EINVAL, "E01 before the first: %s", names[i]);
	}
	fails(ctl(id, 2, SETVAL, 1), EINVAL, "E01 past the last: SETVAL");
	fails(ctl(id, -1, SETVAL, 1), EINVAL, "E01 before the first: SETVAL");
	fails(ctl(id, 2, SETVAL, 40000), ERANGE, "E01 the value before the number: SETVAL");
	fails(ctl(id, 0, 4711, 0), EINVAL, "E01 unknown command");
	fails(ctl(id, 0, 10, 0), EINVAL, "E01 one below the first command");
	fails(ctl(id, 0, 21, 0), EINVAL, "E01 one above the last");
	fails(ctl(32767, 0, SEM_STAT, &ds), EINVAL, "E01 SEM_STAT past the last slot");
	fails(ctl(32767, 0, SEM_STAT_ANY, &ds), EINVAL, "E01 SEM_STAT_ANY past the last slot");

	fails(ctl(id, 0, IPC_STAT, nowhere), EFAULT, "E01 V08 IPC_STAT into nowhere");
	fails(ctl(id, 0, IPC_STAT, 0), EFAULT, "E01 V08 IPC_STAT into null");
	fails(ctl(id, 0, IPC_SET, nowhere), EFAULT, "E01 V08 IPC_SET from nowhere");
	fails(ctl(id, 0, GETALL, nowhere), EFAULT, "E01 V08 GETALL into nowhere");
	fails(ctl(id, 0, SETALL, nowhere), EFAULT, "E01 V08 SETALL from nowhere");
	fails(ctl(0, 0, IPC_INFO, nowhere), EFAULT, "E01 V08 IPC_INFO into nowhere");
	fails(ctl(0, 0, SEM_INFO, nowhere), EFAULT, "E01 V08 SEM_INFO into nowhere");
	fails(ctl(id & 0x7fff, 0, SEM_STAT, nowhere), EFAULT, "E01 V08 SEM_STAT into nowhere");

	ds.sem_perm.mode = 0200;
	must(ctl(id, 0, IPC_SET, &ds));
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, GETVAL, 0)))), EACCES,
		"E01 E03 GETVAL without the right to read");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 7, GETVAL, 0)))), EACCES,
		"E01 E03 which comes before the number");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, SETVAL, 1)))), EACCES,
		"E01 E03 SETVAL without the right to write");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 7, SETVAL, 1)))), EINVAL,
		"E01 E03 which the number comes before");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, GETALL, nowhere)))), EACCES,
		"E01 E03 GETALL without the right to read");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, SETALL, nowhere)))), EACCES,
		"E01 E03 SETALL without the right to write");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, IPC_STAT, nowhere)))), EACCES,
		"E01 E03 IPC_STAT without the right to read");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id & 0x7fff, 0, SEM_STAT, &ds)))),
		EACCES, "E01 E03 SEM_STAT without the right to read");
	is_int(in_child(must(setuid(1000));
		       _exit(ctl(id & 0x7fff, 0, SEM_STAT_ANY, &ds) == id ? 0 : 1)),
		0, "E01 E03 SEM_STAT_ANY asks for none");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, IPC_SET, &ds)))), EPERM,
		"E01 E03 IPC_SET by a stranger");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, IPC_RMID, 0)))), EPERM,
		"E01 E03 IPC_RMID by a stranger");
	ds.sem_perm.uid = 1000;
	must(ctl(id, 0, IPC_SET, &ds));
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, SETVAL, 1)))), 0,
		"E01 E03 SETVAL by the new owner");
	ds.sem_perm.uid = -1;
	fails(ctl(id, 0, IPC_SET, &ds), EINVAL, "E01 E03 IPC_SET to nobody");
	is_int(in_child(must(setuid(1000)); _exit(errno_of(ctl(id, 0, IPC_RMID, nowhere)))), 0,
		"E01 E03 IPC_RMID by the new owner");
	fails(ctl(id, 0, IPC_RMID, 0), EINVAL, "E01 gone");
	return done();
}
