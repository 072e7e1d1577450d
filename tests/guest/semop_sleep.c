/* Sleeping until all can be done: who is woken, in which order, and how many are counted asleep. */
#include "_sem.h"

static int id;
static volatile int *order; /* order[0]: how many have gone on; then who */
static int seen;

/* A child that does the operations, and then notes its name. The next one comes only behind it. */
#define sleeper(name, ...) \
	({ \
		int asleep_ = all_asleep(); \
		pid_t child_ = spawn(must(sem_all(id, __VA_ARGS__)); \
			order[1 + __sync_fetch_and_add(&order[0], 1)] = name); \
		wait_until(all_asleep() == asleep_ + 1); \
		child_; \
	})

static int
all_asleep(void)
{
	int count = 0;
	for (int i = 0; i < 3; i++)
		count += waiting_for_more(id, i) + waiting_for_zero(id, i);
	return count;
}

static void
reap_all(int count)
{
	while (count-- > 0)
		must(wait(0));
}

static int
all_noted(int count)
{
	for (int i = 1; i <= count; i++)
		if (!order[i])
			return 0;
	return order[0] == count;
}

/*
 * When so many in all have gone on: those since the last time, as digits. Who of several runs first
 * is the scheduler's affair, so they are sorted.
 */
static int
gone_on(int count)
{
	int digits = 0;
	wait_until(all_noted(count));
	for (int name = 1; name < 10; name++)
		for (int i = seen + 1; i <= order[0]; i++)
			if (order[i] == name)
				digits = digits * 10 + name;
	seen = order[0];
	return digits;
}

static void
begin(void)
{
	id = new_set(3);
	memset((void *)order, 0, PAGE);
	seen = 0;
}

int
main(void)
{
	order = shared_pages(1);

	begin();
	pid_t child = sleeper(1, {0, -2, 0});
	is_int(waiting_for_more(id, 0), 1, "E01 GETNCNT counts a sleeper");
	is_int(waiting_for_zero(id, 0), 0, "E01 GETZCNT does not");
	is_int(waiting_for_more(id, 1), 0, "E01 nor does another semaphore");
	must(sem_do(id, 0, 1, 0));
	is_int(waiting_for_more(id, 0), 1, "E01 not enough for it");
	must(sem_do(id, 0, 1, 0));
	is_int(gone_on(1), 1, "E01 enough for it");
	is_int(value_of(id, 0), 0, "E01 it was taken for it");
	is_int(pid_of(id, 0) == child, 1, "E01 GETPID: the sleeper");
	is_int(waiting_for_more(id, 0), 0, "E01 GETNCNT: nobody");
	reap_all(1);
	remove_set(id);

	begin();
	set_value(id, 0, 2);
	sleeper(1, {0, 0, 0});
	is_int(waiting_for_zero(id, 0), 1, "E01 GETZCNT counts a sleeper");
	is_int(waiting_for_more(id, 0), 0, "E01 GETNCNT does not");
	must(sem_do(id, 0, -1, 0));
	is_int(waiting_for_zero(id, 0), 1, "E01 not 0 yet");
	must(sem_do(id, 0, -1, 0));
	is_int(gone_on(1), 1, "E01 0");
	reap_all(1);
	remove_set(id);

	begin();
	for (int i = 1; i <= 4; i++)
		sleeper(i, {0, -1, 0});
	is_int(waiting_for_more(id, 0), 4, "E01 four asleep");
	int right = 0;
	for (int i = 1; i <= 4; i++) {
		must(sem_do(id, 0, 1, 0));
		right += gone_on(i) == i;
	}
	is_int(right, 4, "E01 who came first goes on first");
	reap_all(4);
	remove_set(id);

	begin();
	sleeper(1, {0, -3, 0});
	sleeper(2, {0, -1, 0});
	must(sem_do(id, 0, 1, 0));
	is_int(gone_on(1), 2, "E01 one that cannot holds nobody up");
	must(sem_do(id, 0, 3, 0));
	is_int(gone_on(2), 1, "E01 then the first");
	reap_all(2);
	remove_set(id);

	begin();
	sleeper(1, {0, -2, 0});
	sleeper(2, {0, -1, 0});
	must(sem_do(id, 0, 2, 0));
	is_int(gone_on(1), 1, "E01 the first takes all");
	is_int(waiting_for_more(id, 0), 1, "E01 the second sleeps on");
	must(sem_do(id, 0, 1, 0));
	is_int(gone_on(2), 2, "E01 until there is more");
	reap_all(2);
	remove_set(id);

	begin();
	sleeper(1, {0, -1, 0}, {1, -1, 0});
	is_int(waiting_for_more(id, 0), 1, "E01 two operations: asleep for the first");
	is_int(waiting_for_more(id, 1), 0, "E01 not for the second");
	must(sem_do(id, 0, 1, 0));
	is_int(waiting_for_more(id, 0), 0, "E01 then not for the first");
	is_int(waiting_for_more(id, 1), 1, "E01 but for the second");
	is_int(value_of(id, 0), 1, "E01 which has not been done");
	must(sem_do(id, 0, -1, 0));
	is_int(waiting_for_more(id, 0), 1, "E01 somebody took it: asleep for the first again");
	is_int(waiting_for_more(id, 1), 0, "E01 and only for it");
	must(sem_do(id, 1, 1, 0));
	is_int(order[0], 0, "E01 the second alone does not help");
	must(sem_do(id, 0, 1, 0));
	is_int(gone_on(1), 1, "E01 both do");
	is_int(value_of(id, 0) + value_of(id, 1), 0, "E01 and both are taken");
	reap_all(1);
	remove_set(id);

	begin();
	sleeper(1, {0, -1, 0});
	sleeper(2, {1, -1, 0}, {0, -1, 0});
	sleeper(3, {0, -1, 0});
	sleeper(4, {1, -1, 0});
	must(sem_all(id, {0, 2, 0}, {1, 1, 0}));
	is_int(gone_on(2), 12, "E01 single and several, in the order of coming");
	must(sem_all(id, {0, 1, 0}, {1, 1, 0}));
	is_int(gone_on(4), 34, "E01 the rest");
	is_int(value_of(id, 0) + value_of(id, 1), 0, "E01 all is taken");
	reap_all(4);
	remove_set(id);

	begin();
	set_value(id, 0, 1);
	sleeper(1, {0, -2, 0}, {1, 3, 0});
	sleeper(2, {1, -2, 0}, {2, 1, 0});
	sleeper(3, {2, -1, 0});
	must(sem_do(id, 0, 1, 0));
	is_int(gone_on(3), 123, "E01 one lets the next go on, all in one call");
	is_int(value_of(id, 0) * 100 + value_of(id, 1) * 10 + value_of(id, 2), 10,
		"E01 what is left");
	reap_all(3);
	remove_set(id);

	begin();
	set_value(id, 0, 1);
	sleeper(1, {0, 0, 0}, {1, 0, 0});
	is_int(waiting_for_zero(id, 0), 1, "E01 two waits for 0: asleep for the first");
	sleeper(2, {0, 0, 0}, {1, 1, 0});
	sleeper(3, {0, -1, 0}, {2, -1, 0});
	is_int(waiting_for_zero(id, 0), 2, "E01 another one, that will change something");
	must(sem_do(id, 2, 1, 0));
	is_int(gone_on(3), 123, "E01 a zero by a sleeper's operation lets both go on");
	is_int(value_of(id, 1), 1, "E01 the change is done");
	reap_all(3);
	remove_set(id);

	begin();
	sleeper(1, {0, -1, 0}, {1, -1, IPC_NOWAIT});
	child = spawn_call(sem_all(id, {0, -1, 0}, {1, -1, IPC_NOWAIT}));
	wait_until(waiting_for_more(id, 0) == 2);
	must(sem_all(id, {0, 1, 0}, {1, 1, 0}));
	is_int(gone_on(1), 1, "E01 the first of two goes on");
	must(sem_do(id, 0, 1, 0));
	is_int(reap(child), EAGAIN, "E01 the second cannot, at an operation that must not wait");
	is_int(value_of(id, 0), 1, "E01 and has taken nothing");
	reap_all(1);
	remove_set(id);

	begin();
	child = spawn_call(sem_all(id, {0, 32767, 0}, {1, -1, 0}));
	wait_until(waiting_for_more(id, 1) == 1);
	must(sem_do(id, 0, 1, 0));
	is_int(reap(child), ERANGE, "E01 a sleeper's operation gets out of range");
	is_int(all_asleep(), 0, "E01 nobody is asleep any more");
	remove_set(id);

	begin();
	child = sleeper(1, {0, -1, 0});
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "E01 V13 a sleeper can be killed");
	is_int(waiting_for_more(id, 0), 0, "E01 and is not counted any more");
	must(sem_do(id, 0, 1, 0));
	is_int(value_of(id, 0), 1, "E01 and takes nothing");
	child = sleeper(1, {1, -1, 0}, {2, -1, 0});
	must(kill(child, SIGKILL));
	is_int(reap(child), -SIGKILL, "E01 V13 one with two operations, too");
	is_int(all_asleep(), 0, "E01 and is not counted any more");
	is_int(sem_do(id, 0, -1, 0), 0, "E01 others go on");
	remove_set(id);
	return done();
}
