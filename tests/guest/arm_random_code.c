/*
 * Random words run as a program, with a system call here and there: it may do to itself what it
 * likes, and nobody else notices. For nopage only: as root it could do to Linux what it likes too.
 */
#include "_tap.h"

#define ROUNDS 300
#define WORDS (2 * PAGE / 4)

#define MOV_R7 0xe3a07000 /* mov r7, #0 */
#define SVC 0xef000000

static unsigned
random_below(unsigned bound)
{
	return (unsigned)(rand() >> 8) % bound;
}

/* A call that there may be, but none that ends all. */
static void
put_call(unsigned *at)
{
	unsigned number = random_below(256);
	if (number == SYS_reboot || number == SYS_kill || number == SYS_tkill)
		number = SYS_getpid;
	at[0] = MOV_R7 | number;
	at[1] = SVC;
}

static void
run_random_words(unsigned seed)
{
	unsigned *code = must(mmap(0, WORDS * 4, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	srand(seed);
	for (unsigned i = 0; i < WORDS; i++) /* most are always executed, and not a call */
		code[i] = ((unsigned)rand() & 0x0effffff) |
			  (random_below(4) ? 0xe0000000 : rand() & 0xf0000000);
	for (int i = 0; i < 64; i++)
		put_call(code + random_below(WORDS - 1));
	__builtin___clear_cache((char *)code, (char *)(code + WORDS));
	((void (*)(void))(code + random_below(WORDS / 2)))();
}

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free")), tasks = counter("tasks");
	int killed = 0;
	for (int i = 0; i < ROUNDS; i++) {
		pid_t child =
			spawn(setpgid(0, 0); alarm(1); close(1); close(2); run_random_words(i));
		setpgid(child, child);
		killed += reap(child) < 0;
		while (kill(-child, SIGKILL) == 0) /* what it forked */
			usleep(1000);
	}
	ok(killed > ROUNDS / 2, "V08 V09 most programs of random words are killed");
	counts(counter("tasks"), tasks, "V13 no task is left");
	counts(counter("frames_free"), frames, "V08 every frame is back");
	return done();
}
