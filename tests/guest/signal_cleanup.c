/*
 * The classic: a server removes its segment when it is interrupted. With the word `wait` it is that
 * server, for ^C on the terminal (test_programs.py).
 */
#include "_tap.h"

static volatile int id = -1;

static void
clean_up(int number)
{
	shmctl(id, IPC_RMID, 0);
	_exit(number);
}

static void
serve(int *announce)
{
	signal(SIGINT, clean_up);
	signal(SIGTERM, clean_up);
	id = new_segment(PAGE);
	char *page = must(shmat(id, 0, 0));
	page[0] = 1;
	if (announce)
		*announce = id;
	else
		write(1, "waiting\n", 8);
	for (;;)
		pause();
}

int
main(int argc, char **argv)
{
	int *announced = shared_pages(1);

	if (argc > 1 && strcmp(argv[1], "wait") == 0)
		serve(NULL);
	static const int signals[] = {SIGINT, SIGTERM};
	for (int i = 0; i < 2; i++) {
		*announced = -1;
		pid_t child = spawn(serve(announced));
		wait_until(*announced != -1);
		is_int(nattch(*announced), 1, "V05 S23 a server and its segment");
		must(kill(child, signals[i]));
		is_int(reap(child), signals[i], "V05 its handler runs");
		struct shmid_ds ds;
		fails(shmctl(*announced, IPC_STAT, &ds), EINVAL, "V05 S23 and the segment is gone");
	}
	pid_t child = spawn(serve(announced + 1));
	wait_until(announced[1]);
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "V05 SIGKILL asks nobody");
	is_int(nattch(announced[1]), 0, "S21 and the segment stays, detached");
	must(shmctl(announced[1], IPC_RMID, 0));
	return done();
}
