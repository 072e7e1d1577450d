/* SIGSTOP and SIGCONT: a stopped process does nothing, its parent may hear of it, it can be killed.
 */
#include "_tap.h"

int
main(void)
{
	volatile long *turns = shared_pages(1);
	int status;
	pid_t child = spawn(for (;;) turns[0]++);
	wait_until(turns[0] > 0);
	must(kill(child, SIGSTOP));
	is_int(waitpid(child, &status, WUNTRACED), child, "V05 WUNTRACED: a stop is reported");
	is_int(status, SIGSTOP << 8 | 0x7f, "V05 with its signal");
	is_int(waitpid(child, &status, WUNTRACED | WNOHANG), 0, "V05 once");
	long then = turns[0];
	usleep(100000);
	is_int(turns[0] - then, 0, "V05 a stopped process does not run");
	must(kill(child, SIGTERM));
	usleep(50000);
	is_int(waitpid(child, &status, WNOHANG), 0, "V05 SIGTERM has to wait");

	must(kill(child, SIGCONT));
	is_int(reap(child), -SIGTERM, "V05 until SIGCONT: then it acts");

	child = spawn(for (;;) turns[0]++);
	must(kill(child, SIGSTOP));
	must(waitpid(child, &status, WUNTRACED));
	must(kill(child, SIGCONT));
	is_int(waitpid(child, &status, WCONTINUED), child, "V05 WCONTINUED: going on is reported");
	is_int(status, 0xffff, "V05 as such");
	then = turns[0];
	ok(wait_until(turns[0] > then), "V05 it runs again");
	must(kill(child, SIGSTOP));
	must(waitpid(child, &status, WUNTRACED));
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "V13 SIGKILL does not wait for SIGCONT");

	/* Stopped and continued in a sleep: the sleep goes on to its end. */
	child = spawn(exit(usleep(300000) == 0 ? 3 : 4));
	usleep(50000);
	must(kill(child, SIGSTOP));
	usleep(20000);
	must(kill(child, SIGCONT));
	is_int(reap(child), 3, "V05 a sleep is not cut short by a stop");
	return done();
}
