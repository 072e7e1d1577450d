/*
 * What an address shows right after a switch is what this process has there: two processes with the
 * same page at different addresses and different pages at the same address, in turn; and more
 * processes at once than any machine has numbers for address spaces (256 on ARM).
 */
#include "_tap.h"
#include <sched.h>

#define ROUNDS 400
#define MANY 300
#define MANY_ROUNDS 5

/* Whose turn it is lies in a page of its own. */
static void
wait_for(volatile int *turn, int whose)
{
	while (*turn != whose)
		sched_yield();
}

static int
take_turns(volatile int *turn, int me, int own, int common, char *fixed, char *elsewhere)
{
	int wrong = 0;
	char *mine = must(shmat(own, fixed, SHM_REMAP)),
	     *ours = must(shmat(common, elsewhere, SHM_REMAP));
	poke_word(mine, 1000 + me);
	for (int i = 0; i < ROUNDS; i++) {
		wait_for(turn, me);
		wrong += peek_word(mine) != 1000u + me + i * 2;
		poke_word(mine, 1000 + me + (i + 1) * 2);
		wrong += peek_word(ours) != 2u * i + me;
		poke_word(ours, 2 * i + me + 1);
		*turn = !me;
	}
	must(shmdt(mine));
	must(shmdt(ours));
	return wrong;
}

static void
two_in_turn(void)
{
	volatile int *turn = shared_pages(1);
	char *room = shm_room(3 * SHMLBA);
	int a = new_segment(PAGE), b = new_segment(PAGE), common = new_segment(PAGE);
	pid_t child = spawn(exit(take_turns(turn, 1, b, common, room, room + 2 * SHMLBA) != 0));
	is_int(take_turns(turn, 0, a, common, room, room + SHMLBA), 0,
		"S18 V06 one address, two pages; one page, two addresses: here");
	is_int(reap(child), 0, "S18 V06 and in the other process");
	must(shmctl(a, IPC_RMID, 0));
	must(shmctl(b, IPC_RMID, 0));
	must(shmctl(common, IPC_RMID, 0));
}

static int
stay(volatile int *own, volatile int *started, volatile int *over, int me)
{
	*own = me;
	__sync_fetch_and_add(started, 1);
	while (*started < MANY)
		sched_yield();
	for (int i = 0; i < MANY_ROUNDS; i++) {
		if (*own != me)
			return 1;
		sched_yield();
	}
	__sync_fetch_and_add(over, 1);
	return 0;
}

static void
many_at_once(void)
{
	volatile int *shared = shared_pages(1),
		     *own = (int *)private_pages(1, PROT_READ | PROT_WRITE);
	int right = 0, status;
	for (int i = 0; i < MANY; i++)
		spawn(exit(stay(own, shared, shared + 1, i + 1)));
	*own = -1;
	while (wait(&status) > 0)
		right += status == 0;
	is_int(right, MANY, "V06 three hundred processes, each with its own page at one address");
	is_int(shared[1], MANY, "V06 all were there at once");
	is_int(*own, -1, "V06 and their parent has its own");
}

/* One after the other: a number given again must bring nothing of its last owner's along. */
static void
many_in_a_row(void)
{
	volatile char *page = private_pages(1, PROT_READ | PROT_WRITE);
	int wrong = 0;
	for (int i = 0; i < 2 * MANY; i++) {
		pid_t child = fork();
		if (child == 0) {
			if (*page)
				_exit(1);
			*page = 1;
			must(munmap((char *)page, PAGE));
			_exit(0);
		}
		wrong += reap(child) != 0;
	}
	is_int(wrong, 0, "V02 V06 six hundred in a row find the page as their parent left it");
}

int
main(void)
{
	two_in_turn();
	many_at_once();
	many_in_a_row();
	return done();
}
