/* IPC_INFO, SEM_INFO, SEM_STAT and IPC_SET. */
#include "_sem.h"

int
main(void)
{
	struct seminfo limits, before, after;
	memset(&limits, 0xff, sizeof(limits));
	works(semctl(0, 0, IPC_INFO, (union semun){.info = &limits}), "E01 IPC_INFO");
	is_int(limits.semmni, 32000, "E01 semmni");
	is_int(limits.semmsl, 32000, "E01 semmsl");
	is_int(limits.semmns, 1024000000, "E01 semmns");
	is_int(limits.semopm, 500, "E01 semopm");
	is_int(limits.semvmx, 32767, "E01 semvmx");
	is_int(limits.semaem, 32767, "E01 semaem");
	is_int(limits.semmap, 1024000000, "E01 semmap");
	is_int(limits.semmnu, 1024000000, "E01 semmnu");
	is_int(limits.semume, 500, "E01 semume");
	is_int(limits.semusz, 20, "E01 semusz");

	must(semctl(0, 0, SEM_INFO, (union semun){.info = &before}));
	int a = new_set(3), b = new_set(4);
	int highest = works(semctl(0, 0, SEM_INFO, (union semun){.info = &after}), "E01 SEM_INFO");
	is_int(after.semusz - before.semusz, 2, "E01 semusz: two sets more");
	is_int(after.semaem - before.semaem, 7, "E01 semaem: seven semaphores more");
	is_int(after.semmni, 32000, "E01 semmni, too");
	ok(highest >= (b & 0x7fff), "E01 the highest slot");
	is_int(semctl(0, 0, IPC_INFO, (union semun){.info = &limits}), highest, "E01 the same");

	struct semid_ds ds;
	memset(&ds, 0xff, sizeof(ds));
	is_int(semctl(b & 0x7fff, 0, SEM_STAT, (union semun){.buf = &ds}), b,
		"E01 SEM_STAT of a slot gives the id");
	is_int(ds.sem_nsems, 4, "E01 and tells");
	is_int(ds.sem_perm.__key, 0, "E01 of a private set");
	is_int(ds.sem_otime_high | ds.sem_ctime_high, 0, "E01 high words are 0");
	is_int(semctl(a & 0x7fff, 99, SEM_STAT_ANY, (union semun){.buf = &ds}), a,
		"E01 SEM_STAT_ANY does, too");
	is_int(ds.sem_nsems, 3, "E01 and tells");

	ds.sem_perm.uid = 12;
	ds.sem_perm.gid = 13;
	ds.sem_perm.mode = 07604;
	ds.sem_perm.cuid = ds.sem_perm.cgid = ds.sem_perm.__key = 14;
	ds.sem_nsems = 15;
	ds.sem_otime = 16;
	ds.sem_ctime = 17;
	is_int(semctl(a, 0, IPC_SET, (union semun){.buf = &ds}), 0, "E01 IPC_SET");
	ds = set_state(a);
	is_int(ds.sem_perm.uid, 12, "E01 sets uid");
	is_int(ds.sem_perm.gid, 13, "E01 gid");
	is_int(ds.sem_perm.mode, 0604, "E01 nine bits of mode");
	ok(ds.sem_ctime > 17, "E01 ctime is now");
	ok(ds.sem_perm.cuid == geteuid() && ds.sem_perm.cgid == getegid() && !ds.sem_perm.__key &&
			ds.sem_nsems == 3 && ds.sem_otime == 0,
		"E01 and nothing else");
	remove_set(a);
	remove_set(b);
	must(semctl(0, 0, SEM_INFO, (union semun){.info = &after}));
	is_int(after.semusz - before.semusz, 0, "E01 removed: no set more");
	is_int(after.semaem - before.semaem, 0, "E01 and no semaphore");

	static int many[200];
	for (int i = 0; i < 200; i++)
		many[i] = new_set(2);
	must(semctl(0, 0, SEM_INFO, (union semun){.info = &after}));
	is_int(after.semusz - before.semusz, 200, "E01 E03 200 sets");
	int right = 0;
	for (int i = 0; i < 200; i++) {
		set_value(many[i], 1, i);
		for (int j = 0; j < i; j++)
			right -= many[i] == many[j];
	}
	for (int i = 0; i < 200; i++)
		right += value_of(many[i], 1) == i;
	is_int(right, 200, "E03 with different ids, and values of their own");
	for (int i = 0; i < 200; i++)
		remove_set(many[i]);
	right = 0;
	for (int i = 0; i < 200; i++) {
		int id = new_set(1);
		for (int j = 0; j < 200; j++)
			right += id == many[j];
		remove_set(id);
	}
	is_int(right, 0, "E03 no old id comes back");
	return done();
}
