/* What a process does with signals. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* sigreturn's code, for handlers without and with SA_SIGINFO. */
extern void __restore(void), __restore_info(void);

/* The system's structure has the same fields in another order. */
int
sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	struct kernel_sigaction new_action, old_action;

	if (action)
		new_action = (struct kernel_sigaction){
			.handler = action->sa_handler,
			.flags = action->sa_flags | SA_RESTORER,
			.restorer = action->sa_flags & SA_SIGINFO ? __restore_info : __restore,
			.mask = action->sa_mask,
		};
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
siginterrupt(int number, int flag)
{
	struct sigaction action;

	if (sigaction(number, NULL, &action) < 0)
		return -1;
	action.sa_flags = flag ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
	return sigaction(number, &action, NULL);
}

int
sigaltstack(const stack_t *restrict stack, stack_t *restrict old)
{
	return syscall(SYS_sigaltstack, stack, old);
}

int
sigpending(sigset_t *set)
{
	return syscall(SYS_rt_sigpending, set, sizeof(*set));
}

int
sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return syscall(SYS_rt_sigprocmask, how, set, old, sizeof(*set));
}
