/*
 * A handler may run between any two instructions, and use every register: the program must not
 * notice. (What the frame holds on each port: x86_signal_frame, arm_signal_frame.)
 */
#include "_tap.h"
#include <sys/time.h>

static volatile int calls, misaligned;
static volatile double spoilt;

static double
series(int seed, int rounds)
{
	double sum = 0, x = 1.0 + seed / 16.0;
	for (int i = 1; i < rounds; i++) {
		x = x * 1.0000001 + 1.0 / (i + seed);
		sum += x / i;
	}
	return sum;
}

static double alone;

static int
is_as_alone(void)
{
	double now = series(3, 300000);
	return memcmp(&now, &alone, sizeof(now)) == 0;
}

static void
spoil(int number)
{
	struct {
		double d;
	} on_stack __attribute__((aligned(8)));
	(void)number;
	calls++;
	on_stack.d = calls;
	misaligned += (unsigned long)unknown(&on_stack) % 8 != 0;
	spoilt = series(calls, 50);
}

static void
run_timer(long us)
{
	struct itimerval timer = {{0, us}, {0, us}};
	must(setitimer(ITIMER_REAL, &timer, 0));
}

/* Integers through all registers that a compiler can find. */
static unsigned
mix(unsigned seed, int rounds)
{
	unsigned a = seed, b = 1, c = 2, d = 3, e = 4, f = 5;
	for (int i = 0; i < rounds; i++) {
		a = a * 1664525 + b;
		b = (b ^ a) + (c << 3);
		c += d ^ (e >> 2);
		d = d * 5 + f;
		e ^= a + f;
		f += b - c;
	}
	return a ^ b ^ c ^ d ^ e ^ f;
}

/* A handler that calls what it interrupted, deeper and deeper. */
static volatile int nested;

static void
nest(int number)
{
	if (nested++ < 8)
		raise(number);
	spoilt = series(nested, 20);
}

static void
use_stack(int number)
{
	char room[6000];
	(void)number;
	memset(room, 0xaa, sizeof(room));
	spoilt += peek(room + 17);
	calls++;
}

int
main(void)
{
	unsigned mixed = mix(7, 3000000);
	struct sigaction action = {.sa_handler = spoil, .sa_flags = SA_RESTART};

	alone = series(3, 300000);

	must(sigaction(SIGALRM, &action, 0));
	run_timer(1000);
	int same = 0;
	for (int i = 0; i < 10; i++)
		same += is_as_alone();
	is_int(same, 10, "V12 floating point goes on as if no handler had run");
	ok(wait_until(calls > 10), "V05 they did run");
	is_int(misaligned, 0, "V05 on a stack that is aligned");
	int before = calls, tries;
	for (tries = 0; tries < 100 && calls < before + 10; tries++)
		same += mix(7, 3000000) == mixed;
	is_int(same - 10, tries, "V12 integers, too");
	is_int(in_child(run_timer(1000); exit(is_as_alone())), 1, "V12 and in a child");
	run_timer(0);

	action.sa_flags = SA_NODEFER | SA_RESTART;
	action.sa_handler = nest;
	must(sigaction(SIGUSR1, &action, 0));
	volatile double outside = 1.5;
	double inside = outside * 3;
	raise(SIGUSR1);
	is_int(nested, 9, "V05 handlers nest");
	ok(inside + outside == 6.0, "V12 and unwind");

	/* Four processes at once, each with its handlers. */
	int right = 0;
	action.sa_handler = spoil;
	must(sigaction(SIGALRM, &action, 0));
	for (int i = 0; i < 4; i++)
		spawn(run_timer(2000 + i); for (int n = 0; n < 3; n++)
			if (!is_as_alone()) exit(1); run_timer(0));
	for (int status; wait(&status) > 0;)
		right += status == 0;
	is_int(right, 4, "V12 four at once");

	/* On a stack of its own. */
	char *room = private_pages(4, PROT_READ | PROT_WRITE);
	stack_t stack = {.ss_sp = room, .ss_size = 4 * PAGE}, old;
	must(sigaltstack(&stack, 0));
	action.sa_handler = use_stack;
	action.sa_flags = SA_ONSTACK;
	must(sigaction(SIGUSR2, &action, 0));
	calls = 0;
	raise(SIGUSR2);
	is_int(calls, 1, "V05 SA_ONSTACK");
	ok(peek(room + 3 * PAGE + 100) || peek(room + 2 * PAGE + 100) == 0xaa ||
		memchr(room, 0xaa, 4 * PAGE), "V05 it ran on the other stack");
	must(sigaltstack(0, &old));
	ok(old.ss_sp == room && old.ss_size == 4 * PAGE && old.ss_flags == 0,
		"V05 sigaltstack tells");
	return done();
}
