/* nattch is exact: through fork, exec, exit, a fatal signal, munmap, mprotect, shmdt. */
#include "_tap.h"

int
main(int argc, char **argv)
{
	if (argc > 2) /* this image, executed anew by the child below */
		return nattch(atoi(argv[2])) == 1 ? 0 : 1;

	int id = new_segment(4 * PAGE);
	is_int(nattch(id), 0, "S21 a new segment: 0");
	char *p = must(shmat(id, 0, 0));
	is_int(nattch(id), 1, "S15 attach: 1");
	char *q = must(shmat(id, 0, SHM_RDONLY));
	is_int(nattch(id), 2, "S15 attach again: 2");

	volatile int *stage = shared_pages(1);
	pid_t child = spawn(stage[0] = 1; wait_until(stage[1]));
	wait_until(stage[0]);
	is_int(nattch(id), 4, "S21 fork counts every attach");
	stage[1] = 1;
	is_int(reap(child), 0, "S21 the child exits");
	is_int(nattch(id), 2, "S21 exit detaches all");

	is_int(in_child(exit(nattch(id) == 4 ? 0 : 1)), 0, "S21 the child counts the same");
	is_int(in_child(poke(p, 1), poke(q, 1)), -SIGSEGV, "S21 a child dies of its own fault");
	is_int(nattch(id), 2, "S21 a fatal fault detaches all");
	child = spawn(for (;;) usleep(1000));
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "S21 a child is killed");
	is_int(nattch(id), 2, "S21 a fatal signal detaches all");

	must(shmdt(q));
	is_int(nattch(id), 1, "S22 shmdt: one less");
	char number[16];
	snprintf(number, sizeof(number), "%d", id);
	is_int(in_child(must(shmdt(p)); p = must(shmat(id, 0, 0)); shmat(id, 0, 0);
			execl(argv[0], argv[0], "exec", number, (char *)0)),
		0, "S21 exec detaches all: the new image sees only its parent's");

	is_int(in_child(_exit(in_child(_exit(nattch(id))))), 3, "S21 a grandchild counts three");
	is_int(nattch(id), 1, "S21 all of them gone");
	must(shmctl(id, IPC_RMID, 0));
	must(shmdt(p));
	return done();
}
