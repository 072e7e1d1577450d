/* vfork and clone: a child in the memory of its parent, which sleeps; and one in a copy of it. */
#include "_tap.h"
#include <abi/sched.h>

static volatile int written;

static char *program;

static void
one_memory(void)
{
	pid_t child = vfork();

	if (child == 0) {
		usleep(30000);
		written = 7;
		_exit(3);
	}
	is_int(written, 7,
		"V11 the parent goes on after its child has ended, and sees what it wrote");
	is_int(reap(child), 3, "V11 its status");
}

/* The executed program lives until the parent lets it go; nothing that it does is seen here. */
static void
exec_lets_go(void)
{
	int *shared = shared_pages(1), id = new_segment(PAGE), status;
	char *arguments[] = {program, "wait", 0}, *none[] = {0};
	void *attached = must(shmat(id, 0, 0));
	pid_t child = vfork();

	if (child == 0) {
		execve(program, arguments, none);
		_exit(99);
	}
	is_int(waitpid(child, &status, WNOHANG), 0,
		"V11 the parent goes on when its child has executed");
	is_int(nattch(id), 1, "V11 and one attach is left");
	must(kill(child, SIGTERM));
	is_int(reap(child), -SIGTERM, "V11 the program lived on by itself");
	must(shmdt(attached));
	must(shmctl(id, IPC_RMID, 0));
	munmap(shared, PAGE);
}

static void
failed_exec(void)
{
	char *none[] = {0};
	pid_t child = vfork();

	if (child == 0) {
		execve("/no/such/program", none, none);
		written = errno;
		_exit(4);
	}
	is_int(reap(child), 4, "V11 an exec that fails leaves the child where it was");
	is_int(written, ENOENT, "V11 in its parent's memory");
}

/* One attach for both; what the child detaches is detached. */
static void
one_attach(void)
{
	int id = new_segment(PAGE);
	char *p = must(shmat(id, 0, 0));
	pid_t child = vfork();

	if (child == 0) {
		written = nattch(id);
		_exit(shmdt(p));
	}
	is_int(reap(child), 0, "V11 the child detaches its parent's segment");
	is_int(written, 1, "V11 one attach for both");
	is_int(nattch(id), 0, "V11 now there is none");
	must(shmctl(id, IPC_RMID, 0));
}

/* The parent dies asleep in vfork; the child, an orphan with all of the memory, ends by itself. */
static void
parent_killed(void)
{
	volatile int *shared = shared_pages(1);
	pid_t parent = spawn(if (vfork() == 0) {
		shared[0] = getpid();
		while (!shared[1])
			usleep(1000);
		shared[2] = 5;
		_exit(0);
	} _exit(1));

	ok(wait_until(shared[0]), "V11 a child of vfork runs");
	must(kill(parent, SIGKILL));
	is_int(reap(parent), -SIGKILL, "V11 its parent can be killed in its sleep");
	shared[1] = 1;
	ok(wait_until(shared[2] == 5), "V11 and the child goes on without it");
	ok(wait_until(kill(shared[0], 0) == -1), "V11 to its end");
	munmap((void *)shared, PAGE);
}

static void
numbers_written(void)
{
	static volatile int parent_tid, child_tid;
	int flags = CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
	pid_t child = syscall(SYS_clone, flags, 0, &parent_tid, 0, &child_tid);

	if (child == 0)
		_exit(child_tid == getpid() ? 6 : 0);
	is_int(reap(child), 6, "V11 CLONE_CHILD_SETTID writes into the child's memory");
	is_int(child_tid, 0, "V11 and not into the parent's");
	is_int(parent_tid, child, "V11 CLONE_PARENT_SETTID does");
	child = syscall(SYS_clone, CLONE_CHILD_SETTID | SIGCHLD, 0, 0, 0, 0xc0100000);
	if (child == 0)
		_exit(8);
	is_int(reap(child), 8, "V08 a bad address for it is passed over");
}

int
main(int argc, char **argv)
{
	program = argv[0];
	if (argc > 1)
		for (;;)
			pause();
	one_memory();
	exec_lets_go();
	failed_exec();
	one_attach();
	parent_killed();
	numbers_written();
	return done();
}
