/* wait4: statuses, which child, WNOHANG, and its errors. */
#include "_tap.h"

/* The raw status word of a child that ends so. */
#define word_of(...) \
	({ \
		int word_ = -1; \
		pid_t child_ = spawn(__VA_ARGS__); \
		must(waitpid(child_, &word_, 0)); \
		word_ & ~0x80; /* whether a core was dumped is another matter */ \
	})

int
main(void)
{
	int status = 0x5a5a;
	fails(waitpid(-1, &status, 0), ECHILD, "V05 no child at all");
	fails(waitpid(-1, &status, WNOHANG), ECHILD, "V05 no child at all, WNOHANG");
	is_int(status, 0x5a5a, "V05 the status is left alone");

	is_int(word_of(exit(0)), 0, "V05 exit 0");
	is_int(word_of(exit(3)), 3 << 8, "V05 exit 3");
	is_int(word_of(exit(-1)), 255 << 8, "V05 exit -1 shows its low byte");
	is_int(word_of(exit(256)), 0, "V05 exit 256 too");
	is_int(word_of(kill(getpid(), SIGTERM)), SIGTERM, "V05 a signal");
	is_int(word_of(kill(getpid(), SIGKILL)), SIGKILL, "V05 SIGKILL");
	is_int(word_of(poke(8, 1)), SIGSEGV, "V05 a fault at page 0");
	is_int(word_of(abort()), SIGABRT, "V05 abort");

	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(*gate); exit(7));
	is_int(waitpid(child, &status, WNOHANG), 0, "V05 WNOHANG: still running");
	is_int(waitpid(-1, &status, WNOHANG), 0, "V05 WNOHANG, any child: still running");
	fails(waitpid(getppid(), &status, 0), ECHILD, "V05 not a child: the parent");
	fails(waitpid(getpid(), &status, 0), ECHILD, "V05 not a child: myself");
	fails(waitpid(-getpid() - 30000, &status, WNOHANG), ECHILD, "V05 no such group");
	fails(waitpid(-1, &status, 0x100), EINVAL, "V05 unknown option");
	is_int(in_child(exit(waitpid(child, 0, 0) == -1 && errno == ECHILD)), 1,
		"V05 not a child: a sibling");
	*gate = 1;
	is_int(wait_until(waitpid(child, &status, WNOHANG) == child), 1,
		"V05 WNOHANG: its end is seen");
	is_int(WEXITSTATUS(status), 7, "V05 with its status");
	fails(waitpid(child, &status, 0), ECHILD, "V05 only once");

	child = spawn((void)0);
	is_int(waitpid(child, 0, 0), child, "V05 a null status pointer is fine");
	child = spawn((void)0);
	fails(syscall(SYS_wait4, child, 8, 0, 0), EFAULT, "V08 a bad status pointer");
	fails(waitpid(child, 0, 0), ECHILD, "V08 and the child is reaped all the same");

	/* Of three, the one that is asked for; then the others in any order. */
	pid_t a = spawn(exit(1)), b = spawn(exit(2)), c = spawn(exit(3));
	is_int(waitpid(b, &status, 0), b, "V05 one of three");
	is_int(WEXITSTATUS(status), 2, "V05 with its own status");
	pid_t first = wait(&status), second = wait(0);
	ok((first == a && second == c) || (first == c && second == a), "V05 then the two others");
	fails(wait(0), ECHILD, "V05 then none");

	/* A process sleeps in wait until a child ends. */
	struct timespec before, after;
	clock_gettime(CLOCK_MONOTONIC, &before);
	child = spawn(usleep(100000));
	is_int(wait(0), child, "V05 wait sleeps");
	clock_gettime(CLOCK_MONOTONIC, &after);
	long ms =
		(after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	ok(ms >= 100, "V05 as long as the child lives");
	return done();
}
