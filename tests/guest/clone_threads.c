/* Threads: tasks of one process. What they share, how one ends and how all do, exec by one. */
#include "_tap.h"
#include <abi/futex.h>
#include <abi/sched.h>
#include <sched.h>
#include <sys/stat.h>

#define STACK 16384
#define THREAD                                                                                     \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |        \
		CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

static char stacks[8][STACK] __attribute__((aligned(16)));
static volatile int tids[8]; /* 0: it has ended */
static volatile int value, seen;
static char *program;

static int
start(int n, int (*function)(void *), void *argument)
{
	tids[n] = -1;
	return must(clone(function, stacks[n] + STACK, THREAD, argument, (int *)&tids[n], 0,
		(int *)&tids[n]));
}

/* As C libraries do: the kernel clears the word and wakes who waits for it. */
static void
join(int n)
{
	int tid;

	while ((tid = tids[n]))
		syscall(SYS_futex, &tids[n], FUTEX_WAIT, tid, 0, 0, 0);
}

static _Noreturn void
end_this_one(int status)
{
	syscall(SYS_exit, status);
	for (;;)
		;
}

static int
sleep_for_ever(void *argument)
{
	(void)argument;
	for (;;)
		pause();
	return 0;
}

/* "Threads:" of /proc/self/status. */
static int
threads(void)
{
	char *line = strstr(file_text("/proc/self/status"), "Threads:");

	return line ? atoi(line + 8) : -1;
}

static int
look_around(void *argument)
{
	int fd = must(open("/dev/null", O_RDONLY));

	seen = getpid() == (long)argument && gettid() != getpid() && gettid() == tids[0];
	value = fd + 1000 * threads();
	must(chdir("/tmp"));
	umask(027);
	return 0;
}

static void
shared(void)
{
	char here[64];
	int next = must(open("/dev/null", O_RDONLY)), tid;

	close(next);
	tid = start(0, look_around, (void *)(long)getpid());
	join(0);
	ok(tid > 0 && tid != getpid(), "V11 a thread has a number of its own");
	is_int(seen, 1, "V11 and its process's pid; CLONE_PARENT_SETTID tells it");
	is_int(value, next + 2000, "V11 /proc counts two");
	is_int(close(next), 0, "V11 its descriptors are everybody's");
	ok(strcmp(must(getcwd(here, sizeof(here))) ? here : "", "/tmp") == 0, "V11 its directory");
	is_int(umask(022), 027, "V11 its umask");
	ok(wait_until(threads() == 1), "V11 then it is gone");
	fails(syscall(SYS_tkill, tid, 0), ESRCH, "V11 and its number is nobody's");
	is_int(waitpid(-1, 0, __WALL | WNOHANG), -1, "V11 it is no child to wait for");
	must(chdir("/"));
}

static void
refused(void)
{
	char *end = stacks[7] + STACK;

	fails(clone(sleep_for_ever, end, CLONE_THREAD | CLONE_VM, 0, 0, 0, 0), EINVAL,
		"V11 CLONE_THREAD without CLONE_SIGHAND");
	fails(clone(sleep_for_ever, end, CLONE_SIGHAND, 0, 0, 0, 0), EINVAL,
		"V11 CLONE_SIGHAND without CLONE_VM");
	fails(syscall(SYS_set_robust_list, 0, 4), EINVAL, "V11 a head of another size");
	fails(syscall(SYS_get_robust_list, 0, 4, 4), EFAULT, "V08 nowhere to tell it");
	fails(syscall(SYS_get_robust_list, 0x7ffffff, &end, &end), ESRCH, "V11 of nobody");
}

static int
end_later(void *argument)
{
	usleep(20000);
	end_this_one((long)argument);
}

static int
end_all(void *argument)
{
	usleep(20000);
	_exit((long)argument);
}

static int
kill_oneself(void *argument)
{
	(void)argument;
	usleep(20000);
	kill(getpid(), SIGKILL);
	return 0;
}

static void
ends(void)
{
	is_int(in_child(start(0, sleep_for_ever, 0); start(1, end_all, (void *)7); pause()), 7,
		"V13 exit_group by one ends all, with its status");
	is_int(in_child(start(0, end_later, (void *)5); end_this_one(3)), 5,
		"V13 without it the status is that of the last to end");
	is_int(in_child(start(0, end_all, (void *)6); end_this_one(3)), 6,
		"V13 the first may end first; another's exit_group counts");
	is_int(in_child(start(0, sleep_for_ever, 0); start(1, kill_oneself, 0); end_this_one(3)),
		-SIGKILL, "V13 SIGKILL ends all, though the first has ended");
	is_int(in_child(start(0, end_later, 0); join(0); _exit(wait_until(threads() == 1))), 1,
		"V13 one that ends leaves the others alone");
	is_int(in_child(start(0, sleep_for_ever, 0); *(volatile int *)unknown(0) = 0), -SIGSEGV,
		"V13 a fault of one ends all");

	pid_t child = spawn(start(0, sleep_for_ever, 0); end_this_one(3));
	int status;
	usleep(30000);
	is_int(waitpid(child, &status, WNOHANG), 0, "V13 no zombie while a thread lives");
	must(kill(child, SIGSTOP));
	is_int(waitpid(child, &status, WUNTRACED), child, "V13 it stops");
	is_int(WIFSTOPPED(status), 1, "V13 as a whole");
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "V13 and can be killed then");
}

static volatile int handled_by;

static void
note_tid(int signal)
{
	(void)signal;
	handled_by = gettid();
}

static int
wait_for_signal(void *argument)
{
	(void)argument;
	sigset_t none;
	sigemptyset(&none);
	while (!handled_by)
		sigsuspend(&none);
	return 0;
}

static void
signals(void)
{
	struct sigaction action = {.sa_handler = note_tid};
	sigset_t usr1, pending;

	must(sigaction(SIGUSR1, &action, 0));
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	must(sigprocmask(SIG_BLOCK, &usr1, 0));
	int tid = start(0, wait_for_signal, 0);
	usleep(20000);
	must(kill(getpid(), SIGUSR1));
	join(0);
	is_int(handled_by, tid, "V05 a signal for the process is taken by who does not block it");
	handled_by = 0;
	tid = start(0, wait_for_signal, 0);
	start(1, sleep_for_ever, 0);
	usleep(20000);
	must(syscall(SYS_tgkill, getpid(), tids[1], SIGUSR1));
	usleep(20000);
	is_int(handled_by, 0, "V05 what one is sent waits for that one, which blocks it");
	must(sigpending(&pending));
	is_int(sigismember(&pending, SIGUSR1), 0, "V05 and is not pending for another");
	must(syscall(SYS_tgkill, getpid(), tid, SIGUSR1));
	join(0);
	is_int(handled_by, tid, "V05 the one that it was sent has it");
	fails(syscall(SYS_tgkill, getppid(), tids[1], 0), ESRCH, "V05 tgkill of another's thread");
	must(sigprocmask(SIG_UNBLOCK, &usr1, 0));
}

static int
execute(void *argument)
{
	char *arguments[] = {program, "alone", argument, 0}, *none[] = {0};

	execve(program, arguments, none);
	_exit(99);
}

static int
close_and_sleep(void *argument)
{
	(void)argument;
	close(1000);
	for (;;)
		usleep(1000);
	return 0;
}

/* What the executed program finds: itself alone, with the number of its process. */
static int
alone(const char *pid)
{
	return getpid() == atoi(pid) && gettid() == getpid() && threads() == 1 ? 40 : 41;
}

static void
executes(void)
{
	char number[12];
	pid_t child = spawn(snprintf(number, sizeof(number), "%d", getpid());
			    start(0, sleep_for_ever, 0); start(1, close_and_sleep, 0);
			    start(2, execute, number); pause());

	is_int(reap(child), 40, "V11 exec by a thread ends the others, and it has the pid then");
	child = spawn(snprintf(number, sizeof(number), "%d", getpid()); start(0, execute, number);
		      end_this_one(3));
	is_int(reap(child), 40, "V11 the first may have ended already");
	child = spawn(snprintf(number, sizeof(number), "%d", getpid()); start(0, execute, number);
		      start(1, execute, number); start(2, execute, number); pause());
	is_int(reap(child), 40, "V11 of three that exec at once one does");
	char *wrong[] = {"/no/such/program", 0};
	is_int(in_child(start(0, sleep_for_ever, 0); execve(*wrong, wrong, wrong + 1);
			_exit(threads())),
		2, "V11 an exec that fails ends nobody");
}

/* A lock as C libraries make them: a list of its own, and a word in each entry. */
static struct lock {
	struct robust_list link;
	volatile unsigned word;
} locks[3];
static struct robust_list_head held;

static int
end_with_locks(void *argument)
{
	(void)argument;
	held = (struct robust_list_head){{&locks[0].link}, offsetof(struct lock, word), 0};
	locks[0].link.next = &locks[1].link;
	locks[1].link.next = &held.list;
	locks[0].word = gettid() | FUTEX_WAITERS;
	locks[1].word = gettid() + 1; /* somebody else's */
	locks[2].word = gettid();
	held.list_op_pending = &locks[2].link;
	must(syscall(SYS_set_robust_list, &held, sizeof(held)));
	value = 1;
	usleep(20000);
	return 0;
}

static void
robust(void)
{
	struct robust_list_head *head;
	size_t size;

	value = 0;
	start(0, end_with_locks, 0);
	wait_until(value);
	is_int(syscall(SYS_get_robust_list, tids[0], &head, &size), 0, "V11 its list can be read");
	is_int(head == &held && size == sizeof(held), 1, "V11 and is its own");
	is_int(syscall(SYS_futex, &locks[0].word, FUTEX_WAIT, locks[0].word, 0, 0, 0), 0,
		"V11 who waits for a lock whose owner ends is woken");
	is_int(locks[0].word, FUTEX_WAITERS | FUTEX_OWNER_DIED, "V11 and learns why");
	join(0);
	is_int(locks[1].word & FUTEX_OWNER_DIED, 0, "V11 what was not its own is left alone");
	is_int(locks[2].word, FUTEX_OWNER_DIED, "V11 what it was about to take is not");
	locks[0].link.next = &locks[0].link; /* a ring that never comes back to its head */
	is_int(in_child(held.list.next = &locks[0].link;
			syscall(SYS_set_robust_list, &held, sizeof(held))),
		0, "V08 a list without an end");
	is_int(in_child(syscall(SYS_set_robust_list, 4, sizeof(held))), 0, "V08 a list nowhere");
}

static int
take_with_undo(void *argument)
{
	struct sembuf take = {0, 1, SEM_UNDO};

	must(semop((long)argument, &take, 1));
	return 0;
}

/* What ends with the process does not end with one of its threads. */
static void
outlive(void)
{
	int set = must(semget(IPC_PRIVATE, 1, 0600)), segment = new_segment(PAGE);
	int *kept = shared_pages(1);
	char *at = must(shmat(segment, 0, 0));

	is_int(in_child(start(0, take_with_undo, (void *)(long)set); join(0);
			kept[0] = semctl(set, 0, GETVAL); kept[1] = nattch(segment)),
		0, "V11 a thread ends");
	is_int(kept[0], 1, "E01 its SEM_UNDO is the process's");
	is_int(kept[1], 2, "S21 so are its attaches");
	is_int(semctl(set, 0, GETVAL), 0, "E01 which undoes at its own end");
	is_int(nattch(segment), 1, "S21 and detaches");
	must(shmdt(at));
	must(shmctl(segment, IPC_RMID, 0));
	must(semctl(set, 0, IPC_RMID));
}

static int
fork_here(void *argument)
{
	(void)argument;
	value = in_child(_exit(10 * threads() + (gettid() == getpid())));
	return 0;
}

static void
forks(void)
{
	is_int(in_child(start(0, sleep_for_ever, 0); start(1, fork_here, 0); join(1); _exit(value)),
		11, "V11 a thread's child has one thread, and its number");
}

/* A process in the same memory, which is no thread; and an end that sends no SIGCHLD. */
static void
processes(void)
{
	int status, flags = CLONE_VM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

	tids[2] = -1;
	pid_t child = must(clone(end_later, stacks[2] + STACK, flags, (void *)9, (int *)&tids[2], 0,
		(int *)&tids[2]));
	fails(waitpid(child, &status, 0), ECHILD, "V11 a child without SIGCHLD is not waited for");
	is_int(waitpid(child, &status, __WCLONE), child, "V11 but with __WCLONE");
	is_int(WEXITSTATUS(status), 9, "V11 its status");
	is_int(tids[2], 0, "V11 CLONE_CHILD_CLEARTID without a thread");
	child = must(clone(end_later, stacks[2] + STACK, CLONE_VM | SIGCHLD, (void *)8, 0, 0, 0));
	fails(waitpid(child, &status, __WCLONE), ECHILD,
		"V11 an ordinary child is not for __WCLONE");
	is_int(waitpid(child, &status, __WALL), child, "V11 __WALL takes both");
}

/* Killed, left, executed in the middle: no task, space or table of files stays. */
static void
come_and_go(void)
{
	in_child(start(0, sleep_for_ever, 0); start(1, end_all, (void *)7); pause());
	in_child(start(0, sleep_for_ever, 0); start(1, kill_oneself, 0); end_this_one(3));
	in_child(start(0, sleep_for_ever, 0); start(1, execute, "0"); pause());
}

static void
counted(void)
{
	come_and_go();
	counter("frames_free");
	long before = counter("frames_free");
	for (int i = 0; i < 10; i++)
		come_and_go();
	counts(counter("frames_free"), before, "V13 nothing stays of threads, however they ended");
}

int
main(int argc, char **argv)
{
	if (argc == 3)
		return alone(argv[2]);
	program = argv[0];
	shared();
	refused();
	ends();
	executes();
	signals();
	robust();
	outlive();
	processes();
	forks();
	counted();
	return done();
}
