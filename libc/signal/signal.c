/* Signals: sending, ignoring, blocking, and sets of them. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WORD_BITS (8 * sizeof(unsigned long))

int
kill(pid_t process, int number)
{
	return syscall(SYS_kill, process, number);
}

int
killpg(pid_t group, int number)
{
	return kill(-group, number);
}

int
raise(int number)
{
	return kill(getpid(), number);
}

int
pause(void)
{
	return syscall(SYS_pause);
}

/* The system's structure has the same fields in another order. */
int
sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	struct kernel_sigaction new_action, old_action;

	if (action)
		new_action = (struct kernel_sigaction){
			action->sa_handler, action->sa_flags, action->sa_restorer, action->sa_mask};
	if (syscall(SYS_rt_sigaction, number, action ? &new_action : NULL, old ? &old_action : NULL,
		    sizeof(sigset_t)) < 0)
		return -1;
	if (old)
		*old = (struct sigaction){.sa_handler = old_action.handler,
			.sa_mask = old_action.mask,
			.sa_flags = old_action.flags,
			.sa_restorer = old_action.restorer};
	return 0;
}

sighandler_t
signal(int number, sighandler_t handler)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;

	return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int
sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return syscall(SYS_rt_sigprocmask, how, set, old, sizeof(*set));
}

int
sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof(*set));
	return 0;
}

int
sigfillset(sigset_t *set)
{
	memset(set, 0xff, sizeof(*set));
	return 0;
}

/* The bit of a signal in its word, which *word is made to point at; 0 and EINVAL if it is none. */
static unsigned long
find_bit(const sigset_t *set, int number, unsigned long **word)
{
	if (number < 1 || number >= _NSIG) {
		errno = EINVAL;
		return 0;
	}
	*word = (unsigned long *)&set->sig[(number - 1) / WORD_BITS];
	return 1ul << (number - 1) % WORD_BITS;
}

int
sigaddset(sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	if (!bit)
		return -1;
	*word |= bit;
	return 0;
}

int
sigdelset(sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	if (!bit)
		return -1;
	*word &= ~bit;
	return 0;
}

int
sigismember(const sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	return bit ? (*word & bit) != 0 : -1;
}
