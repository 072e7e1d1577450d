/*
 * Forks without end are refused at some point, and everybody else lives on. For nopage only: root
 * may take the last process of Linux.
 *
 * Boot with: mem=32
 */
#include "_tap.h"

/* Children and grandchildren fork as often as they can, then wait to be killed. */
static void
bomb(volatile int *refused)
{
	for (;;) {
		pid_t pid = fork();
		if (pid == -1 && (errno == EAGAIN || errno == ENOMEM))
			__sync_fetch_and_add(&refused[0], 1);
		else if (pid == -1)
			refused[1] = errno;
		if (pid == -1)
			for (;;)
				usleep(1000000);
		__sync_fetch_and_add(&refused[2], pid > 0);
	}
}

int
main(void)
{
	volatile int *refused = shared_pages(1);
	refused[0] = 0;
	counter("frames_free");
	long tasks = counter("tasks"), frames = counter("frames_free");
	for (int round = 1; round <= 2; round++) {
		refused[3] = 0;
		pid_t fuse = spawn(setpgid(0, 0); wait_until(refused[3]); bomb(refused));
		setpgid(fuse, fuse);
		/* Have our own copy of every page we shall write, while there is memory for it. */
		must(kill(fuse, 0));
		is_int(counter("tasks"), tasks + 1, "V13 one task to start with, round %d", round);
		wait_until(refused[3]++);
		ok(wait_until(refused[0] >= 10), "S20 V13 fork is refused, round %d", round);
		is_int(refused[1], 0, "S20 with EAGAIN or ENOMEM");
		ok(refused[2] >= 20, "S20 after many were granted");
		note("%d forks were granted", refused[2]);
		must(kill(-fuse, SIGKILL));
		is_int(reap(fuse), -SIGKILL, "V13 all are killed");
		while (kill(-fuse, SIGKILL) == 0) /* those that were just being born */
			usleep(20000);
		refused[0] = refused[2] = 0;
		ok(wait_until(counter("tasks") == tasks), "V13 every task is gone");
		ok(wait_until(frames - counter("frames_free") <= 0), "V13 every frame is back");
		is_int(in_child(exit(6)), 6, "S20 and forking works again");
	}
	return done();
}
