/*
 * Random bytes run as a program, with jumps into the middle of them and a system call here and
 * there: it may do to itself what it likes, and nobody else notices. For nopage only: as root it
 * could do to Linux what it likes too.
 */
#include "_tap.h"

#define ROUNDS 300
#define BYTES (2 * PAGE)

static unsigned char
random_byte(void)
{
	return rand() >> 8;
}

static unsigned
random_below(unsigned bound)
{
	return (unsigned)(rand() >> 8) % bound;
}

/* mov eax, number; int 0x80: so that some calls are ones that there are, but none that ends all. */
static void
put_call(unsigned char *at)
{
	static const unsigned char code[] = {0xb8, 0, 0, 0, 0, 0xcd, 0x80};
	memcpy(at, code, sizeof(code));
	at[1] = random_byte();
	at[2] = random_below(2);
	if (at[2] == 0 && (at[1] == SYS_reboot || at[1] == SYS_kill || at[1] == SYS_tkill))
		at[1] = SYS_getpid;
}

static void
run_random_bytes(unsigned seed)
{
	unsigned char *code = must(mmap(0, BYTES, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	srand(seed);
	for (unsigned long i = 0; i < BYTES; i++)
		code[i] = random_byte();
	for (int i = 0; i < 32; i++)
		put_call(code + random_below(BYTES - 7));
	((void (*)(void))(code + random_below(BYTES / 2)))();
}

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free")), tasks = counter("tasks");
	int killed = 0;
	for (int i = 0; i < ROUNDS; i++) {
		pid_t child = spawn(setpgid(0, 0); alarm(1); close(1); close(2);
			run_random_bytes(i));
		setpgid(child, child);
		killed += reap(child) < 0;
		while (kill(-child, SIGKILL) == 0) /* what it forked */
			usleep(1000);
	}
	ok(killed > ROUNDS / 2, "V08 V09 most programs of random bytes are killed");
	counts(counter("tasks"), tasks, "V13 no task is left");
	counts(counter("frames_free"), frames, "V08 every frame is back");
	return done();
}
