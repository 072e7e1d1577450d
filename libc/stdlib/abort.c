/* The end of a program that found itself wrong: death by SIGABRT, whatever was ignored. */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void
abort(void)
{
	sigset_t set;

	signal(SIGABRT, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGABRT);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGABRT);
	__builtin_trap();
}

_Noreturn void
__assert_fail(const char *condition, const char *file, unsigned line, const char *function)
{
	fflush(stdout);
	fprintf(stderr, "%s: %s:%u: %s: Assertion `%s' failed.\n", program_invocation_short_name,
		file, line, function, condition);
	abort();
}
