/* /proc/sys/kernel/shm_rmid_forced: no segment without an attach outlives who made it. */
#include "_tap.h"

static void
force(const char *value)
{
	int fd = must(open("/proc/sys/kernel/shm_rmid_forced", O_WRONLY));
	must(write(fd, value, 1));
	close(fd);
}

static int
exists(int id)
{
	struct shmid_ds ds;
	return shmctl(id, IPC_STAT, &ds) == 0;
}

/* A segment whose maker has ended; as he left it. */
static int
left_behind(int *id, int attached)
{
	return in_child(*id = new_segment(PAGE); if (attached) must(shmat(*id, 0, 0)));
}

int
main(void)
{
	volatile int *ids = shared_pages(1);
	counter("frames_free");
	long segments = counter("shm_segments");

	must(left_behind((int *)&ids[0], 0));
	must(left_behind((int *)&ids[1], 0));
	ids[2] = new_segment(PAGE);
	char *p = must(shmat(ids[1], 0, 0));
	ok(exists(ids[0]) && exists(ids[1]), "S23 without it, segments outlive their makers");
	force("1");
	ok(!exists(ids[0]), "S23 shm_rmid_forced: what has neither maker nor attach goes at once");
	ok(exists(ids[1]), "S23 what is attached stays");
	ok(exists(ids[2]), "S23 what has its maker stays");
	must(shmdt(p));
	ok(!exists(ids[1]), "S23 it goes with the last attach, though it was not marked");

	p = must(shmat(ids[2], 0, 0));
	char *q = must(shmat(ids[2], 0, 0));
	must(shmdt(p));
	ok(exists(ids[2]), "S23 not with the last but one");
	must(shmdt(q));
	ok(!exists(ids[2]), "S23 with the last, though its maker lives");

	must(left_behind((int *)&ids[3], 0));
	ok(!exists(ids[3]), "S23 the end of its maker takes it along");
	must(left_behind((int *)&ids[4], 1));
	ok(!exists(ids[4]), "S23 attached by him alone, too");
	pid_t maker = spawn(ids[5] = new_segment(PAGE); wait_until(ids[6]));
	wait_until(ids[5]);
	p = must(shmat(ids[5], 0, 0));
	ids[6] = 1;
	reap(maker);
	ok(exists(ids[5]), "S23 the end of its maker leaves it, while it is attached");
	pid_t child = spawn(pause());
	must(shmdt(p));
	ok(exists(ids[5]), "S23 S21 a child has it, too");
	kill(child, SIGKILL);
	reap(child);
	ok(!exists(ids[5]), "S23 and takes it along");
	force("0");
	must(left_behind((int *)&ids[7], 0));
	ok(exists(ids[7]), "S23 off again: segments outlive their makers");
	must(shmctl(ids[7], IPC_RMID, 0));
	counts(counter("shm_segments"), segments, "S23 none is left");
	return done();
}
