/* Floating point: a computation's registers survive switches and forks, in each process its own. */
#include "_tap.h"

/* Long enough for many switches; the same bits come out however often it is interrupted. */
static double
series(int seed)
{
	double sum = 0, x = 1.0 + seed / 16.0;
	for (int i = 1; i < 300000; i++) {
		x = x * 1.0000001 + 1.0 / (i + seed);
		sum += x / i;
	}
	return sum;
}

static int
same(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

int
main(void)
{
	double alone[4];
	for (int i = 0; i < 4; i++)
		alone[i] = series(i);
	ok(!same(alone[0], alone[1]), "V12 two seeds, two results");

	for (int i = 0; i < 4; i++)
		spawn(for (int n = 0; n < 4; n++) if (!same(series(i), alone[i])) exit(1));
	int right = 0, status;
	while (wait(&status) > 0)
		right += status == 0;
	is_int(right, 4, "V12 four at once compute what each computed alone");

	/* One computes while others only switch: sleeping, faulting, forking. */
	pid_t busy = spawn(exit(same(series(3), alone[3]) ? 0 : 1));
	for (int i = 0; i < 20; i++)
		in_child(volatile double x = i; x = x * 3 + 1; usleep(2000));
	is_int(reap(busy), 0, "V12 nor do short-lived ones disturb it");

	volatile double before = 2.5;
	double inside = before * 4;
	pid_t child = fork();
	inside = inside / 2 + before;
	if (child == 0)
		_exit(inside == 7.5 ? 0 : 1);
	is_int(reap(child), 0, "V12 a computation goes on in a child");
	ok(inside == 7.5, "V12 and in its parent");
	return done();
}
