/* The limits, exact at the edge: fill every slot, then ask for one more. */
#include "_tap.h"

static long
proc_number(const char *path)
{
	return strtoul(file_text(path), 0, 10);
}

int
main(void)
{
	struct shminfo limits;
	int highest = must(shmctl(0, IPC_INFO, (struct shmid_ds *)&limits));
	is_int(highest, 0, "S28 no segment: the highest used index is 0");
	is_int(limits.shmmin, 1, "S04 shmmin is 1");
	is_int(proc_number("/proc/sys/kernel/shmmni"), limits.shmmni, "S04 shmmni in /proc/sys");
	is_int(proc_number("/proc/sys/kernel/shmmax"), limits.shmmax, "S04 shmmax in /proc/sys");
	is_int(proc_number("/proc/sys/kernel/shmall"), limits.shmall, "S04 shmall in /proc/sys");

	int max = must(open("/proc/sys/kernel/shmmax", O_WRONLY));
	must(write(max, "4294967295", 10));
	fails(shmget(IPC_PRIVATE, -1, SHM_NORESERVE | 0600), ENOSPC,
		"S06 a size that is no number of pages, even if shmmax allows it");
	char text[20];
	snprintf(text, sizeof(text), "%lu", limits.shmmax);
	must(lseek(max, 0, SEEK_SET));
	must(write(max, text, strlen(text)));
	close(max);

	static int ids[40000];
	unsigned long made = 0;
	while (made < limits.shmmni && (ids[made] = shmget(IPC_PRIVATE, 1, 0600)) != -1)
		made++;
	is_int(made, limits.shmmni, "S04 shmmni segments can be made");
	fails(shmget(IPC_PRIVATE, 1, 0600), ENOSPC, "S06 one more than shmmni");
	fails(shmget(unused_key(), 1, IPC_CREAT | 0600), ENOSPC,
		"S06 one more than shmmni, with a key");
	fails(shmget(IPC_PRIVATE, 0, 0600), EINVAL, "S06 the size is looked at first");
	is_int(shmctl(0, IPC_INFO, (struct shmid_ds *)&limits), made - 1, "S28 highest used index");

	must(shmctl(ids[made / 2], IPC_RMID, 0));
	ids[made / 2] = works(shmget(IPC_PRIVATE, 1, 0600), "S24 a removal gives its slot back");
	fails(shmget(IPC_PRIVATE, 1, 0600), ENOSPC, "S06 and only one");

	int refused = 0;
	for (unsigned long i = 0; i < made; i++)
		refused += shmctl(ids[i], IPC_RMID, 0) != 0;
	is_int(refused, 0, "S24 all removed");
	is_int(shmctl(0, SHM_INFO, (struct shmid_ds *)&(struct shm_info){0}), 0, "S28 none left");
	return done();
}
