/* SHM_INFO, IPC_INFO, SHM_STAT and SHM_STAT_ANY: what ipcs is made of. */
#include "_tap.h"

static struct shm_info info;

static int
shm_info(void)
{
	return must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
}

int
main(void)
{
	struct shmid_ds ds;
	struct shminfo limits;
	is_int(shm_info(), 0, "S28 no segment: the highest index is 0");
	is_int(info.used_ids, 0, "S28 no id used");
	ok(info.shm_tot == 0 && info.shm_rss == 0 && info.shm_swp == 0, "S28 no pages");

	/* Slots go round: if they did so between the three, they do not the second time. */
	int a = new_segment(1), b = new_segment(2 * PAGE + 1), c = new_segment(7 * PAGE);
	if ((a & 0x7fff) > (b & 0x7fff) || (b & 0x7fff) > (c & 0x7fff)) {
		must(shmctl(a, IPC_RMID, 0));
		must(shmctl(b, IPC_RMID, 0));
		must(shmctl(c, IPC_RMID, 0));
		a = new_segment(1), b = new_segment(2 * PAGE + 1), c = new_segment(7 * PAGE);
	}
	int highest = shm_info();
	is_int(highest, c & 0x7fff, "S28 SHM_INFO answers the highest used index");
	is_int(shmctl(0, IPC_INFO, (struct shmid_ds *)&limits), highest, "S28 IPC_INFO too");
	is_int(info.used_ids, 3, "S28 used_ids");
	is_int(info.shm_tot, 1 + 3 + 7, "S28 shm_tot in pages, rounded up");
	is_int(info.shm_rss, 0, "S28 shm_rss 0: nobody touched");

	char *p = must(shmat(c, 0, 0));
	poke(p, 1);
	poke(p + 6 * PAGE, 1);
	peek(p + 3 * PAGE);
	shm_info();
	is_int(info.shm_rss, 3, "S28 shm_rss: three touched");
	must(shmdt(p));
	shm_info();
	is_int(info.shm_rss, 3, "S23 S28 they stay when detached");
	is_int(info.shm_swp, 0, "S28 none swapped");

	is_int(shmctl(a & 0x7fff, SHM_STAT, &ds), a, "S28 SHM_STAT of an index answers the id");
	is_int(ds.shm_segsz, 1, "S28 and fills in the structure");
	is_int(shmctl(b & 0x7fff, SHM_STAT_ANY, &ds), b, "S28 SHM_STAT_ANY too");
	is_int(ds.shm_segsz, 2 * PAGE + 1, "S28 and fills in the structure");
	is_int(shmctl(b, SHM_STAT, &ds), b, "S28 only the low 15 bits of the index count");

	must(shmctl(b, IPC_RMID, 0));
	fails(shmctl(b & 0x7fff, SHM_STAT, &ds), EINVAL, "S28 a hole");
	is_int(shm_info(), c & 0x7fff, "S28 a hole in the middle: the highest stays");
	is_int(info.used_ids, 2, "S28 used_ids falls");
	must(shmctl(c, IPC_RMID, 0));
	is_int(shm_info(), a & 0x7fff, "S28 the highest gone: the next one is");
	ok(info.shm_rss == 0 && info.shm_tot == 1, "S28 its pages are off the sums");

	p = must(shmat(a, 0, 0));
	must(shmctl(a, IPC_RMID, 0));
	is_int(shmctl(a & 0x7fff, SHM_STAT, &ds), a, "S28 one marked for removal is listed");
	is_int(ds.shm_perm.mode & 01000, 01000, "S28 with its mark");
	must(shmdt(p));
	is_int(shm_info(), 0, "S28 none left");
	return done();
}
