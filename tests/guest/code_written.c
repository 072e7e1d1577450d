/* Pages that are written and then executed: what runs is what was written last, in each process. */
#include "_tap.h"

#define RX (PROT_READ | PROT_EXEC)
#define RW (PROT_READ | PROT_WRITE)
#define LENGTH 64 /* enough for each of the functions, which lean on nothing around them */

typedef int (*function)(void);

__attribute__((noinline, aligned(LENGTH))) static int
seven(void)
{
	return 7;
}

__attribute__((noinline, aligned(LENGTH))) static int
eight(void)
{
	return 8;
}

static void
write_code(char *page, function f)
{
	memcpy(page, (void *)unknown(f), LENGTH);
	__builtin___clear_cache(page, page + LENGTH);
}

static int
run(char *page)
{
	return ((function)unknown(page))();
}

static void
in_turn(void)
{
	char *page = private_pages(1, RW);
	int wrong = 0;
	for (int i = 0; i < 100; i++) {
		must(mprotect(page, PAGE, RW));
		write_code(page, i & 1 ? eight : seven);
		must(mprotect(page, PAGE, RX));
		wrong += run(page) != 7 + (i & 1);
	}
	is_int(wrong, 0, "V04 written, made executable, run, a hundred times");
	is_int(in_child(poke(page, 1)), -SIGSEGV, "V04 it is not writable then");
}

static void
in_copies(void)
{
	char *page = private_pages(1, RW | PROT_EXEC);
	write_code(page, seven);
	is_int(run(page), 7, "V02 written and run");
	is_int(in_child(write_code(page, eight), exit(run(page))), 8, "V02 a child writes another");
	is_int(run(page), 7, "V02 and its parent still runs its own");
	int wrong = 0;
	for (int i = 0; i < 50; i++)
		wrong += in_child(write_code(page, i & 1 ? seven : eight), exit(run(page))) !=
			 8 - (i & 1);
	is_int(wrong, 0, "V02 fifty children, one frame after the other");
}

static void
through_another_address(void)
{
	int id = must(shmget(IPC_PRIVATE, PAGE, 0700));
	char *writer = must(shmat(id, 0, 0)), *runner = must(shmat(id, 0, SHM_RDONLY | SHM_EXEC));
	write_code(writer, seven);
	__builtin___clear_cache(runner, runner + LENGTH);
	is_int(run(runner), 7, "S14 written through one attach, run through another");
	is_int(in_child(write_code(writer, eight); __builtin___clear_cache(runner, runner + LENGTH);
			exit(run(runner))),
		8, "S14 and by a child");
	__builtin___clear_cache(runner, runner + LENGTH);
	is_int(run(runner), 8, "S14 what the child wrote is run here");
	must(shmdt(writer));
	must(shmdt(runner));
	must(shmctl(id, IPC_RMID, 0));
}

int
main(void)
{
	in_turn();
	in_copies();
	through_another_address();
	return done();
}
