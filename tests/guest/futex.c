/* futex between processes: words that they share, and who wakes whom. */
#include "_tap.h"
#include <abi/futex.h>

static volatile int *word; /* words that all share; word[8] and on count who woke */

static long
futex(volatile int *at, int operation, int value, void *time, volatile int *other, int third)
{
	return syscall(SYS_futex, at, operation, value, time, other, third);
}

static void
sleeper(int bits)
{
	long result = futex(&word[0], FUTEX_WAIT_BITSET, 0, 0, 0, bits);

	__sync_fetch_and_add(&word[8], result == 0);
	_exit(result ? errno : 0);
}

/* Asleep, as far as others can see. */
static void
settle(void)
{
	usleep(30000);
}

static void
refused(void)
{
	struct timespec soon = {0, 20000000}, wrong = {0, 1000000000};

	fails(futex(word, FUTEX_WAIT, 1, 0, 0, 0), EAGAIN, "V11 the word has another value");
	fails(futex(word, FUTEX_WAIT, 0, &soon, 0, 0), ETIMEDOUT, "V11 nobody comes in time");
	fails(futex(word, FUTEX_WAIT, 0, &wrong, 0, 0), EINVAL, "V11 a time that is none");
	fails(futex((int *)((char *)word + 1), FUTEX_WAIT, 0, 0, 0, 0), EINVAL, "V11 no word");
	fails(futex(word, FUTEX_WAIT_BITSET, 0, 0, 0, 0), EINVAL, "V11 no bits");
	fails(futex((int *)4, FUTEX_WAIT, 0, 0, 0, 0), EFAULT, "V08 no memory there");
	fails(futex(word, FUTEX_WAIT, 0, (void *)4, 0, 0), EFAULT, "V08 nor at the time's address");
	fails(futex(word, 77, 0, 0, 0, 0), ENOSYS, "V11 no such operation");
	is_int(futex(word, FUTEX_WAKE, 1, 0, 0, 0), 0, "V11 nobody sleeps");
}

static void
wakes(void)
{
	pid_t one = spawn(sleeper(1)), two = spawn(sleeper(2)), three = spawn(sleeper(3));

	settle();
	is_int(futex(&word[1], FUTEX_WAKE, 9, 0, 0, 0), 0, "V11 another word wakes nobody");
	is_int(futex(word, FUTEX_WAKE_BITSET, 9, 0, 0, 2), 2, "V11 those with the bit, of both");
	is_int(reap(two) + reap(three), 0, "V11 they go on");
	is_int(word[8], 1 + 1, "V11 woken");
	is_int(futex(word, FUTEX_WAKE, 9, 0, 0, 0), 1, "V11 the last");
	is_int(reap(one), 0, "V11 goes on, too");
}

static void
moves(void)
{
	pid_t one = spawn(sleeper(-1)), two = spawn(sleeper(-1)), three = spawn(sleeper(-1));

	settle();
	fails(futex(word, FUTEX_CMP_REQUEUE, 1, (void *)1, &word[1], 5), EAGAIN,
		"V11 nothing is moved when the word has another value");
	is_int(futex(word, FUTEX_CMP_REQUEUE, 1, (void *)1, &word[1], 0), 2,
		"V11 one woken, one moved");
	is_int(futex(word, FUTEX_WAKE, 9, 0, 0, 0), 1, "V11 one was left");
	is_int(futex(&word[1], FUTEX_WAKE, 9, 0, 0, 0), 1,
		"V11 and one is found where it was moved");
	is_int(reap(one) + reap(two) + reap(three), 0, "V11 all go on");
}

static void
note_signal(int signal)
{
	(void)signal;
}

static void
signals(void)
{
	struct sigaction action = {.sa_handler = note_signal};
	pid_t child;

	must(sigaction(SIGUSR1, &action, 0));
	child = spawn(sleeper(-1));
	settle();
	must(kill(child, SIGUSR1));
	is_int(reap(child), EINTR, "V11 a handler ends the sleep");
	child = spawn(sleeper(-1));
	settle();
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "V13 a sleeper can be killed");
	is_int(futex(word, FUTEX_WAKE, 9, 0, 0, 0), 0, "V13 and is forgotten");
}

int
main(void)
{
	word = shared_pages(1);
	refused();
	wakes();
	moves();
	signals();
	return done();
}
