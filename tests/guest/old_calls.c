/* The calls from before there were 64 signals and 64-bit sizes, which old C libraries make. */
#include "_tap.h"
#include <abi/signal.h>
#include <sys/stat.h>

static volatile int caught;

static void
note_signal(int signal)
{
	caught = signal;
}

static void
actions(void)
{
	struct old_sigaction new = {.handler = note_signal, .mask = 1u << (SIGUSR2 - 1)}, old;

	works(syscall(SYS_sigaction, SIGUSR1, &new, 0), "V05 sigaction sets a handler");
	works(syscall(SYS_sigaction, SIGUSR1, 0, &old), "V05 and tells it");
	ok(old.handler == note_signal && old.mask == new.mask, "V05 with its mask");
	kill(getpid(), SIGUSR1);
	is_int(caught, SIGUSR1, "V05 and it is called");
	fails(syscall(SYS_sigaction, 0, &new, 0), EINVAL, "V05 there is no signal 0");
	fails(syscall(SYS_sigaction, SIGKILL, &new, 0), EINVAL, "V05 nor a handler for SIGKILL");
	fails(syscall(SYS_sigaction, SIGUSR1, 4, 0), EFAULT, "V08 a bad new action");
	fails(syscall(SYS_sigaction, SIGUSR1, 0, 4), EFAULT, "V08 a bad place for the old");
}

static void
masks(void)
{
	unsigned long usr1 = 1u << (SIGUSR1 - 1), set = 0, none = 0;
	sigset_t high;

	sigemptyset(&high);
	sigaddset(&high, SIGRTMAX);
	must(sigprocmask(SIG_BLOCK, &high, 0));
	works(syscall(SYS_sigprocmask, SIG_SETMASK, &usr1, &set), "V05 sigprocmask");
	is_int(set, 0, "V05 the old set has no word for the upper signals");
	caught = 0;
	kill(getpid(), SIGUSR1);
	works(syscall(SYS_sigpending, &set), "V05 sigpending");
	ok(set == usr1 && !caught, "V05 the signal waits");
	fails(syscall(SYS_sigsuspend, 0, 0, 0), EINTR, "V05 sigsuspend lets it in");
	is_int(caught, SIGUSR1, "V05 its handler ran");
	works(syscall(SYS_sigprocmask, SIG_BLOCK, &none, &set), "V05 to block nothing more");
	ok(set == usr1, "V05 after sigsuspend the mask is what it was");
	fails(syscall(SYS_sigprocmask, 7, &none, 0), EINVAL, "V05 no such way to change it");
	fails(syscall(SYS_sigprocmask, SIG_BLOCK, 4, 0), EFAULT, "V08 a bad new set");
	fails(syscall(SYS_sigprocmask, SIG_BLOCK, 0, 4), EFAULT, "V08 a bad place for the old");
	fails(syscall(SYS_sigpending, 4), EFAULT, "V08 a bad place for what is pending");
	works(syscall(SYS_sigprocmask, SIG_SETMASK, &none, 0), "V05 to block none of the lower");
	must(sigprocmask(SIG_SETMASK, 0, &high));
	ok(sigismember(&high, SIGRTMAX), "V05 the upper signals stay as they are");
}

static void
sizes(void)
{
	int file = must(open("/tmp/old_calls", O_CREAT | O_RDWR, 0600));
	struct stat status;

	works(syscall(SYS_ftruncate, file, 5000), "V08 ftruncate of before large files");
	must(fstat(file, &status));
	is_int(status.st_size, 5000, "V08 the size");
	works(syscall(SYS_truncate, "/tmp/old_calls", 10), "V08 and truncate");
	must(fstat(file, &status));
	is_int(status.st_size, 10, "V08 the size");
	fails(syscall(SYS_ftruncate, file, -1), EINVAL, "V08 a negative size");
	fails(syscall(SYS_truncate, "/tmp/old_calls", -1), EINVAL, "V08 a negative size");
	fails(syscall(SYS_ftruncate, 63, 1), EBADF, "V08 no such descriptor");
	fails(syscall(SYS_truncate, "/tmp/no_such_file", 1), ENOENT, "V08 no such file");
	must(close(file));
	must(unlink("/tmp/old_calls"));
}

int
main(void)
{
	actions();
	masks();
	sizes();
	return done();
}
