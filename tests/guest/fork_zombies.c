/*
 * Children that nobody waits for take no more than their place in the table of processes, and that
 * is refused at some point: with EAGAIN, while there is memory left.
 */
#include "_tap.h"

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free")), tasks = counter("tasks");
	int granted = 0;
	pid_t pid;
	while (granted < 40000 && (pid = fork()) > 0)
		granted++;
	int refusal = errno;
	if (pid == 0)
		_exit(0);
	note("%d forks were granted", granted);
	ok(granted >= 100 && granted < 40000, "S20 V13 fork is refused after many");
	is_int(refusal, EAGAIN, "S20 with EAGAIN");
	int reaped = 0;
	while (wait(0) > 0)
		reaped++;
	is_int(reaped, granted, "V05 every one of them can be waited for");
	is_int(in_child(_exit(7)), 7, "V05 and forking works again");
	counts(counter("tasks"), tasks, "V13 no task is left");
	counts(counter("frames_free"), frames, "V13 every frame is back");
	return done();
}
