/*
 * Pipes whose bytes come from, and go to, pages that nobody has touched yet: the copies may sleep
 * half way, and nothing is lost or doubled, whoever is killed meanwhile.
 */
#include "_tap.h"

#define PAGES 40
#define SIZE (PAGES * (int)PAGE)

static char got[SIZE];

/* Shared memory without a name, for who is killed would leave a segment behind. */
static char *
fresh(void)
{
	return shared_pages(PAGES);
}

static int
all_zero(const char *p, int size)
{
	for (int i = 0; i < size; i++)
		if (p[i])
			return 0;
	return 1;
}

/*
 * Several writers from untouched pages, several readers into untouched pages: bytes in = bytes out.
 */
static void
test_crowd(void)
{
	int fd[2];
	volatile long *read_by = shared_pages(1);
	must(pipe(fd));
	pid_t reader[3], writer[3];
	for (int n = 0; n < 3; n++)
		reader[n] = spawn(close(fd[1]); char *p = fresh(); long got; int at = 0;
			while ((got = read(fd[0], p + at, 5000)) > 0) {
				read_by[n] += got;
				at = (at + 5000) % (SIZE - 5000);
			});
	for (int n = 0; n < 3; n++)
		writer[n] = spawn(char *p = fresh();
			for (int at = 0; at < SIZE; at += 5 * (int)PAGE)
			if (write(fd[1], p + at, PAGE * 5) != PAGE * 5)
				_exit(1));
	close(fd[1]);
	for (int n = 0; n < 3; n++)
		is_int(reap(writer[n]), 0, "V05 a writer of untouched pages has written all");
	for (int n = 0; n < 3; n++)
		is_int(reap(reader[n]), 0, "V05 a reader into untouched pages is at the end");
	is_int(read_by[0] + read_by[1] + read_by[2], 3 * SIZE,
		"V05 together they have read it all");
	close(fd[0]);
	munmap((void *)read_by, PAGE);
}

/* Two parts of the same pages through two pipes: what one copies the other must not move. */
static void
test_order(void)
{
	int fd[2], right = 1, at = 0;
	must(pipe(fd));
	pid_t child = spawn(close(fd[0]); char *p = fresh(); for (int i = 0; i < SIZE; i += 1000) {
		int size = SIZE - i < 1000 ? SIZE - i : 1000;
		for (int n = i; n < i + size; n++)
			p[n] = n / 7;
		if (write(fd[1], p + i, size) != size)
			_exit(1);
	});
	close(fd[1]);
	for (char *p = fresh(); at < SIZE;) {
		int n = read(fd[0], p + at, 3333 < SIZE - at ? 3333 : SIZE - at);
		if (n <= 0)
			break;
		for (int i = at; i < at + n; i++)
			right &= p[i] == (char)(i / 7);
		at += n;
		if (at == SIZE)
			munmap(p, SIZE);
	}
	ok(right && at == SIZE, "V05 every byte in its place");
	is_int(reap(child), 0, "V05 all of it was written");
	close(fd[0]);
}

/* Killed at any moment of a copy: the pipe goes on for the others. */
static void
test_killed(void)
{
	int fd[2];
	must(pipe(fd));
	for (int i = 0; i < 40; i++) {
		pid_t child = spawn(char *p = fresh(); for (;;) {
			write(fd[1], p, 3 * PAGE);
			read(fd[0], p + 5 * PAGE, 3 * PAGE);
			munmap(p, SIZE);
			p = fresh();
		});
		usleep(i % 7 * 300);
		kill(child, SIGKILL);
		if (reap(child) != -SIGKILL)
			break;
	}
	must(fcntl(fd[0], F_SETFL, O_NONBLOCK));
	must(fcntl(fd[1], F_SETFL, O_NONBLOCK));
	while (read(fd[0], got, SIZE) > 0)
		;
	is_int(errno, EAGAIN, "V06 after forty were killed the pipe can be read empty");
	is_int(write(fd[1], got, 65536), 65536, "V06 and filled");
	is_int(read(fd[0], got, SIZE), 65536, "V06 and read");
	close(fd[0]), close(fd[1]);
}

int
main(void)
{
	long objects = counter("objects"), frames = counter("frames_free");
	int fd[2];
	must(pipe(fd));
	char *p = fresh(), *q = fresh();
	is_int(write(fd[1], p + 1, 2 * PAGE), 2 * PAGE, "V05 from pages that were never touched");
	is_int(read(fd[0], q + 1, 2 * PAGE), 2 * PAGE, "V05 into such pages");
	ok(all_zero(q, 3 * PAGE), "V05 zeros");
	close(fd[0]), close(fd[1]);
	must(munmap(p, SIZE));
	must(munmap(q, SIZE));
	test_order();
	test_crowd();
	test_killed();
	counts(counter("shm_objects"), 0, "V06 no shared object is left");
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	return done();
}
