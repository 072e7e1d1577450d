/* /proc/sysvipc/shm: Linux's very format, agreeing with IPC_STAT and SHM_INFO. */
#include "_tap.h"

static const char header[] =
	"       key      shmid perms       size  cpid  lpid nattch   uid   gid  cuid  "
	"cgid      atime      dtime      ctime        rss       swap\n";

/* The line of one segment, or "". */
static char *
line_of(int id)
{
	static char line[512];
	for (char *at = file_text("/proc/sysvipc/shm"); *at; at += strcspn(at, "\n") + 1) {
		snprintf(line, sizeof(line), "%.*s\n", (int)strcspn(at, "\n"), at);
		int its_id;
		if (sscanf(line, "%*d %d", &its_id) == 1 && its_id == id)
			return line;
	}
	return "";
}

static char *
line_wanted(int id, unsigned long rss)
{
	static char line[512];
	struct shmid_ds ds = segment_state(id);
	snprintf(line, sizeof(line),
		"%10d %10d  %4o %10lu %5u %5u  %5lu %5u %5u %5u %5u %10lu %10lu %10lu %10lu "
		"%10lu\n",
		(int)ds.shm_perm.__key, id, ds.shm_perm.mode, (unsigned long)ds.shm_segsz,
		(unsigned)ds.shm_cpid, (unsigned)ds.shm_lpid, (unsigned long)ds.shm_nattch,
		ds.shm_perm.uid, ds.shm_perm.gid, ds.shm_perm.cuid, ds.shm_perm.cgid,
		(unsigned long)ds.shm_atime, (unsigned long)ds.shm_dtime,
		(unsigned long)ds.shm_ctime, rss, 0ul);
	return line;
}

#define same(got, want, ...) \
	({ \
		char got_[512], *want_ = want; \
		snprintf(got_, sizeof(got_), "%s", got); \
		if (!ok(strcmp(got_, want_) == 0, __VA_ARGS__)) \
			note("expected: %s", want_), note("got:      %s", got_); \
	})

int
main(void)
{
	same(file_text("/proc/sysvipc/shm"), (char *)header, "S29 no segment: the header alone");
	key_t key = unused_key();
	int id = must(shmget(key, 3 * PAGE - 5, IPC_CREAT | 0642));
	same(line_of(id), line_wanted(id, 0), "S29 a new segment");
	int large =
		must(shmget(unused_key() | 0x80000000, 131072 * PAGE, IPC_CREAT | SHM_NORESERVE));
	same(line_of(large), line_wanted(large, 0), "S29 a large one of mode 0, its key negative");

	char *p = must(shmat(id, 0, 0)), *q = must(shmat(id, 0, SHM_RDONLY));
	poke(p, 1);
	poke(p + PAGE, 1);
	same(line_of(id), line_wanted(id, 2 * PAGE), "S29 attached twice, two pages touched");
	must(shmctl(id, IPC_RMID, 0));
	same(line_of(id), line_wanted(id, 2 * PAGE), "S29 marked for removal: key 0, mode 1642");
	is_int(strncmp(file_text("/proc/sysvipc/shm"), header, strlen(header)), 0,
		"S29 header first");
	must(shmdt(p));
	must(shmdt(q));
	must(shmctl(large, IPC_RMID, 0));
	same(file_text("/proc/sysvipc/shm"), (char *)header, "S29 none left");

	int ids[100], found = 0;
	for (int i = 0; i < 100; i++)
		ids[i] = new_segment(PAGE);
	for (char *at = file_text("/proc/sysvipc/shm"); *at; at += strcspn(at, "\n") + 1)
		found++;
	is_int(found, 101, "S29 a hundred segments, a hundred lines");
	for (int i = 0; i < 100; i++)
		must(shmctl(ids[i], IPC_RMID, 0));
	return done();
}
