/*
 * kernel/ipc/sem*.c: processes operate, sleep, are interrupted, end; sets are set and removed, all
 * at random. The model has for each set one list of sleepers, by their coming, and tries all of
 * them again after every change: that is what the lists of a set and of its semaphores must come
 * to.
 */
#include <abi/errno.h>
#include <ipc/sem.h>
#include <task/clock.h>
#include <task/timer.h>
#include "mock.h"
#include "test.h"

#define PROCESSES 8
#define SETS 3
#define NUMBERS 3 /* semaphores of a set */
#define OPS 4

#define ASLEEP 1

struct model_set {
	int id; /* -1: there is none */
	int values[NUMBERS], pids[NUMBERS];
	unsigned long otime;
};

static struct model_set sets[SETS];

static struct actor {
	struct task *task;
	struct wait_queue orders;
	bool working; /* in semop */
	long result;  /* of the last semop */
	/* the call */
	struct model_set *set;
	struct sembuf ops[OPS];
	unsigned count;
	bool timed;
	uint64_t deadline;
	/* the model's part */
	bool asleep, alters;
	long expected;
	unsigned long came, blocking;
	int adjust[SETS][NUMBERS];
	bool has_undo[SETS];
	unsigned long undo_made[SETS];
} actors[PROCESSES];

static struct actor *ended[PROCESSES * 2]; /* who came home in this step, in order */
static unsigned ended_count;
static struct actor *woken[PROCESSES * 2]; /* who should have */
static unsigned woken_count;
static unsigned long clock_of_coming;
static bool over;

/* --- the processes --- */

static void
act(void *argument)
{
	struct actor *me = argument;

	for (;;) {
		wait_sleep(&me->orders, SLEEP_KILLABLE);
		if (over)
			return;
		struct timespec64 time = {.tv_nsec = me->deadline - mock_clock_ns};
		me->result = sem_operate(me->set->id, me->ops, me->count, me->timed ? &time : NULL);
		me->working = false;
		ended[ended_count++] = me;
		me->task->signals.pending.set = 0;
	}
}

/* --- the model --- */

static int
number_of(const struct model_set *set)
{
	return set - sets;
}

static int
pid_of(const struct actor *actor)
{
	return actor->task->process->pid;
}

/* All or none. */
static long
model_try(struct actor *actor)
{
	int values[NUMBERS], adjust[NUMBERS], set = number_of(actor->set);

	memcpy(values, actor->set->values, sizeof(values));
	memcpy(adjust, actor->adjust[set], sizeof(adjust));
	for (unsigned i = 0; i < actor->count; i++) {
		const struct sembuf *op = &actor->ops[i];
		int *value = &values[op->sem_num];
		actor->blocking = i;
		if (op->sem_op == 0 ? *value != 0 : *value + op->sem_op < 0)
			return op->sem_flg & IPC_NOWAIT ? -EAGAIN : ASLEEP;
		*value += op->sem_op;
		if (*value > 32767)
			return -ERANGE;
		if (op->sem_flg & SEM_UNDO)
			adjust[op->sem_num] -= op->sem_op;
		if (adjust[op->sem_num] < -32768 || adjust[op->sem_num] > 32767)
			return -ERANGE;
	}
	memcpy(actor->set->values, values, sizeof(values));
	memcpy(actor->adjust[set], adjust, sizeof(adjust));
	for (unsigned i = 0; i < actor->count; i++)
		actor->set->pids[actor->ops[i].sem_num] = pid_of(actor);
	return 0;
}

static void
model_wake(struct actor *actor, long result)
{
	actor->asleep = false;
	actor->expected = result;
	woken[woken_count++] = actor;
}

/* The sleeper of that set and sort that came next after `came`. */
static struct actor *
next_sleeper(const struct model_set *set, bool alters, unsigned long came)
{
	struct actor *next = NULL;

	for (struct actor *a = actors; a < &actors[PROCESSES]; a++)
		if (a->asleep && a->set == set && a->alters == alters && a->came > came &&
			(!next || a->came < next->came))
			next = a;
	return next;
}

static bool
has_zero(const struct model_set *set)
{
	for (int i = 0; i < NUMBERS; i++)
		if (!set->values[i])
			return true;
	return false;
}

static bool
touched_zero(const struct actor *actor)
{
	for (unsigned i = 0; i < actor->count; i++)
		if (!actor->set->values[actor->ops[i].sem_num])
			return true;
	return false;
}

/* Those with one operation come first: they know exactly what they wait for. */
static void
model_zeros(struct model_set *set)
{
	struct actor *a;

	for (int several = 0; several < 2; several++)
		for (unsigned long came = 0; (a = next_sleeper(set, false, came));) {
			came = a->came;
			if ((a->count > 1) != several)
				continue;
			long result = model_try(a);
			if (result == ASLEEP)
				continue;
			if (!result)
				set->otime = mock_clock_ns / NS_PER_SECOND;
			model_wake(a, result);
		}
}

/* Values have changed; a wait for 0 is looked at where there is one. */
static void
model_update(struct model_set *set, bool zero)
{
	struct actor *a;

	if (zero)
		model_zeros(set);
	for (unsigned long came = 0; (a = next_sleeper(set, true, came));) {
		came = a->came;
		long result = model_try(a);
		if (result == ASLEEP)
			continue;
		a->asleep = false;
		if (!result) {
			set->otime = mock_clock_ns / NS_PER_SECOND;
			if (touched_zero(a))
				model_zeros(set);
			came = 0; /* from the first one */
		}
		model_wake(a, result);
	}
}

static void
model_operate(struct actor *actor)
{
	struct model_set *set = actor->set;
	int n = number_of(set);
	bool undo = false;

	actor->alters = false;
	for (unsigned i = 0; i < actor->count; i++) {
		actor->alters |= actor->ops[i].sem_op != 0;
		undo |= actor->ops[i].sem_flg & SEM_UNDO;
	}
	if (undo && !actor->has_undo[n]) {
		actor->has_undo[n] = true;
		actor->undo_made[n] = ++clock_of_coming;
	}
	actor->expected = model_try(actor);
	if (actor->expected == ASLEEP && actor->timed && actor->deadline <= mock_clock_ns)
		actor->expected = -EAGAIN;
	if (actor->expected == ASLEEP) {
		actor->asleep = true;
		actor->came = ++clock_of_coming;
		return;
	}
	woken[woken_count++] = actor; /* it comes home before it lets others run */
	if (actor->expected)
		return;
	set->otime = mock_clock_ns / NS_PER_SECOND;
	if (actor->alters)
		model_update(set, touched_zero(actor));
}

static void
model_end(struct actor *actor)
{
	for (;;) { /* the newest first */
		int newest = -1;
		for (int n = 0; n < SETS; n++)
			if (actor->has_undo[n] &&
				(newest < 0 || actor->undo_made[n] > actor->undo_made[newest]))
				newest = n;
		if (newest < 0)
			return;
		struct model_set *set = &sets[newest];
		for (int i = 0; i < NUMBERS; i++) {
			int value = set->values[i] + actor->adjust[newest][i];
			if (actor->adjust[newest][i])
				set->pids[i] = pid_of(actor);
			set->values[i] = value < 0 ? 0 : value > 32767 ? 32767 : value;
			actor->adjust[newest][i] = 0;
		}
		actor->has_undo[newest] = false;
		set->otime = mock_clock_ns / NS_PER_SECOND;
		model_update(set, has_zero(set));
	}
}

static void
model_set_value(struct model_set *set, int number, int value)
{
	set->values[number] = value;
	set->pids[number] = boot_process.pid;
	for (int i = 0; i < PROCESSES; i++)
		actors[i].adjust[number_of(set)][number] = 0;
}

/* --- the steps --- */

static int
some_operation(void)
{
	switch (pick(12)) {
	case 0:
	case 1:
	case 2:
		return 0;
	case 3:
		return pick(4) ? 2 : 32767;
	case 4:
		return pick(4) ? -2 : -32767;
	default:
		return pick(9) < 4 ? 1 : -1;
	}
}

static void
call(struct actor *actor)
{
	actor->set = &sets[pick(SETS)];
	if (actor->set->id < 0)
		return;
	actor->count = pick(3) ? 1 : 1 + pick(OPS);
	for (unsigned i = 0; i < actor->count; i++)
		actor->ops[i] = (struct sembuf){pick(NUMBERS), some_operation(),
			(pick(5) ? 0 : IPC_NOWAIT) | (pick(3) ? 0 : SEM_UNDO)};
	actor->timed = pick(4) == 0;
	actor->deadline = mock_clock_ns + pick(60) * 100000000ull % NS_PER_SECOND;
	actor->working = true;
	model_operate(actor);
	wait_wake_all(&actor->orders);
}

static void
interrupt(struct actor *actor)
{
	actor->task->signals.pending.set = 1;
	sched_wake(actor->task, -EINTR);
	if (actor->asleep)
		model_wake(actor, -EINTR);
}

static void
pass_time(void)
{
	struct actor *next;

	mock_clock_ns += pick(400) * 1000000ull;
	do { /* the earliest deadline first; of equal ones who began first */
		next = NULL;
		for (struct actor *a = actors; a < &actors[PROCESSES]; a++)
			if (a->asleep && a->timed && a->deadline <= mock_clock_ns &&
				(!next || a->deadline < next->deadline ||
					(a->deadline == next->deadline && a->came < next->came)))
				next = a;
		if (next)
			model_wake(next, -EAGAIN);
	} while (next);
	timer_tick(mock_clock_ns);
}

static void
end(struct actor *actor)
{
	sem_process_ended(actor->task->process);
	check(!actor->task->process->undo);
	model_end(actor);
}

static void
make_or_remove(struct model_set *set)
{
	if (set->id < 0) {
		*set = (struct model_set){.id = sem_get(IPC_PRIVATE, NUMBERS, 0600)};
		check(set->id >= 0);
		return;
	}
	check_equal(sem_control(set->id, 0, IPC_RMID, 0, false), 0);
	set->id = -1;
	for (struct actor *a = actors; a < &actors[PROCESSES]; a++) {
		if (a->asleep && a->set == set)
			model_wake(a, -EIDRM);
		a->has_undo[number_of(set)] = false;
		memset(a->adjust[number_of(set)], 0, sizeof(a->adjust[0]));
	}
}

static void
set_some(struct model_set *set)
{
	uint16_t values[NUMBERS];
	int number = pick(NUMBERS);

	if (set->id < 0)
		return;
	for (int i = 0; i < NUMBERS; i++)
		values[i] = pick(3);
	if (pick(2)) {
		check_equal(sem_control(set->id, number, SETVAL, values[number], false), 0);
		model_set_value(set, number, values[number]);
	} else {
		check_equal(sem_control(set->id, 0, SETALL, (unsigned long)values, false), 0);
		for (int i = 0; i < NUMBERS; i++)
			model_set_value(set, i, values[i]);
	}
	model_update(set, has_zero(set));
}

static void
one_step(void)
{
	struct actor *actor = &actors[pick(PROCESSES)];

	switch (pick(12)) {
	case 0:
		if (pick(4) == 0)
			make_or_remove(&sets[pick(SETS)]);
		break;
	case 1:
		set_some(&sets[pick(SETS)]);
		break;
	case 2:
		if (actor->working)
			interrupt(actor);
		else if (pick(3) == 0)
			end(actor);
		break;
	case 3:
		pass_time();
		break;
	default:
		if (!actor->working)
			call(actor);
	}
}

/* --- both compared --- */

static void
check_sleepers(struct model_set *set, int number)
{
	unsigned more = 0, zero = 0;

	for (struct actor *a = actors; a < &actors[PROCESSES]; a++) {
		const struct sembuf *op = &a->ops[a->blocking];
		if (!a->asleep || a->set != set || op->sem_num != number)
			continue;
		more += op->sem_op < 0;
		zero += op->sem_op == 0;
	}
	check_equal(sem_control(set->id, number, GETNCNT, 0, false), more);
	check_equal(sem_control(set->id, number, GETZCNT, 0, false), zero);
}

static void
check_sets(void)
{
	struct semid64_ds now;

	for (struct model_set *set = sets; set < &sets[SETS]; set++) {
		if (set->id < 0)
			continue;
		for (int i = 0; i < NUMBERS; i++) {
			check_equal(sem_control(set->id, i, GETVAL, 0, false), set->values[i]);
			check_equal(sem_control(set->id, i, GETPID, 0, false), set->pids[i]);
			check_sleepers(set, i);
		}
		check_equal(sem_control(set->id, 0, IPC_STAT, (unsigned long)&now, false), 0);
		check_equal(now.sem_otime, set->otime);
	}
}

/*
 * Who came home is who should. The order is the model's for those who waited for the same thing:
 * sleepers of different semaphores need not know of each other.
 */
static bool
is_ordered(const struct actor *first, const struct actor *second)
{
	return first->set == second->set && first->count == 1 && second->count == 1 &&
	       first->alters == second->alters &&
	       first->ops[0].sem_num == second->ops[0].sem_num && !first->expected &&
	       !second->expected;
}

static unsigned
place_of(const struct actor *actor)
{
	for (unsigned i = 0; i < ended_count; i++)
		if (ended[i] == actor)
			return i;
	check(!"somebody who should have come home");
	return 0;
}

static void
check_homecomers(void)
{
	check_equal(ended_count, woken_count);
	for (unsigned i = 0; i < woken_count; i++) {
		check_equal(woken[i]->result, woken[i]->expected);
		check(!woken[i]->working);
		for (unsigned k = i + 1; k < woken_count; k++)
			if (is_ordered(woken[i], woken[k]))
				check(place_of(woken[i]) < place_of(woken[k]));
	}
}

static void
random_processes(void)
{
	unsigned long results[4] = {0};

	machine_start();
	mock_clock_ns = 1000 * NS_PER_SECOND;
	for (int i = 0; i < SETS; i++)
		sets[i].id = -1;
	for (struct actor *a = actors; a < &actors[PROCESSES]; a++) {
		wait_queue_init(&a->orders);
		a->task = mock_task(act, a);
	}
	run_tasks();
	for (int i = 0; i < 60000; i++) {
		ended_count = woken_count = 0;
		one_step();
		run_tasks();
		check_homecomers();
		check_sets();
		sem_check();
		for (unsigned k = 0; k < ended_count; k++)
			results[ended[k]->result == 0 ? 0 : ended[k]->result == -EAGAIN ? 1
				: ended[k]->result == -EINTR ? 2 : 3]++;
	}
	for (int i = 0; i < 4; i++)
		check(results[i] > 100); /* it did happen */
	for (struct actor *a = actors; a < &actors[PROCESSES]; a++)
		if (a->working)
			interrupt(a);
	run_tasks();
	for (int i = 0; i < SETS; i++)
		if (sets[i].id >= 0)
			make_or_remove(&sets[i]);
	for (struct actor *a = actors; a < &actors[PROCESSES]; a++)
		end(a);
	over = true;
	for (struct actor *a = actors; a < &actors[PROCESSES]; a++)
		wait_wake_all(&a->orders);
	run_tasks();
	check_equal(sem_used, 0);
	check_equal(sem_undo_count(), 0);
	machine_end();
}

/* --- single points --- */

static long
operate(int id, struct sembuf *ops, unsigned count)
{
	return sem_operate(id, ops, count, NULL);
}

static void
no_memory(void)
{
	struct sembuf ops[100] = {{0, 1, SEM_UNDO}};

	machine_start();
	for (kmalloc_budget = 0; sem_get(9, 2, IPC_CREAT | 0600) == -ENOMEM; kmalloc_budget++)
		check_equal(sem_used, 0);
	kmalloc_budget = ~0ul;
	int id = sem_get(9, 2, 0);
	for (unsigned long budget = 0;; budget++) {
		kmalloc_budget = budget;
		long result = operate(id, ops, 1);
		kmalloc_budget = ~0ul;
		if (!result)
			break;
		check_equal(result, -ENOMEM);
		check_equal(sem_control(id, 0, GETVAL, 0, false), 0);
		check_equal(sem_undo_count(), 0);
	}
	kmalloc_budget = 0;
	check_equal(operate(id, ops, 100), -ENOMEM); /* no room for so many */
	check_equal(sem_control(id, 0, GETALL, (unsigned long)ops, false), -ENOMEM);
	check_equal(operate(id, ops, 1), 0); /* the undo is there */
	kmalloc_budget = ~0ul;
	sem_process_ended(&boot_process);
	check_equal(sem_control(id, 0, GETVAL, 0, false), 0);
	check_equal(sem_control(id, 0, IPC_RMID, 0, false), 0);
	machine_end();
}

static void
limits(void)
{
	struct sembuf op = {0, 1, 0};

	machine_start();
	sem_msl = 5;
	sem_mns = 7;
	sem_opm = 1;
	check_equal(sem_get(IPC_PRIVATE, 6, 0600), -EINVAL);
	int a = sem_get(IPC_PRIVATE, 5, 0600);
	check_equal(sem_get(IPC_PRIVATE, 3, 0600), -ENOSPC);
	int b = sem_get(IPC_PRIVATE, 2, 0600);
	check_equal(sem_get(IPC_PRIVATE, 1, 0600), -ENOSPC);
	check(a >= 0 && b >= 0);
	check_equal(operate(a, (struct sembuf[]){{0, 1, 0}, {1, 1, 0}}, 2), -E2BIG);
	sem_opm = 0;
	check_equal(operate(a, &op, 1), -E2BIG);
	sem_opm = 500;
	check_equal(sem_control(a, 0, IPC_RMID, 0, false), 0);
	sem_ids.limit = 1;
	check_equal(sem_get(IPC_PRIVATE, 1, 0600), -ENOSPC);
	check_equal(sem_control(b, 0, IPC_RMID, 0, false), 0);
	sem_msl = sem_ids.limit = 32000;
	sem_mns = 1 << 30;
	check_equal(sem_get(IPC_PRIVATE, 32001, 0600), -EINVAL);
	check_equal(sem_used, 0);
	machine_end();
}

/* More sets than there are slots to begin with, and back again. */
static void
many_sets(void)
{
	static int ids[1000];
	unsigned short newest = 0;

	machine_start();
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++) {
			ids[i] = sem_get(i + 1, 1, IPC_CREAT | IPC_EXCL | 0600);
			check(ids[i] >= 0);
			check(round == 0 || ids[i] / 32768 >= newest);
		}
		sem_check();
		for (int i = 0; i < 1000; i++)
			check_equal(sem_get(i + 1, 0, 0), ids[i]);
		newest = sem_ids.newest_seq + 1;
		for (int i = 0; i < 1000; i++)
			check_equal(sem_control(ids[(i * 7) % 1000], 0, IPC_RMID, 0, false), 0);
		sem_check();
		for (int i = 0; i < 1000; i++)
			check(!sem_find(ids[i]));
	}
	sem_ids.next_id = 5 * 32768 + 3000;
	int id = sem_get(IPC_PRIVATE, 1, 0600);
	check_equal(id, 5 * 32768 + 3000);
	check_equal(sem_control(id, 0, IPC_RMID, 0, false), 0);
	machine_end();
}

static void
broken_value(void)
{
	machine_start();
	sem_find(sem_get(IPC_PRIVATE, 1, 0600))->sems[0].value = -1;
	sem_check();
}

static void
sleep_on(void *argument)
{
	operate(*(int *)argument, &(struct sembuf){0, -1, 0}, 1);
}

static void
broken_sleeper(void)
{
	machine_start();
	static int id;
	id = sem_get(IPC_PRIVATE, 1, 0600);
	mock_task(sleep_on, &id);
	run_tasks();
	sem_check();
	sem_find(id)->sems[0].value = 1;
	sem_check();
}

static void
broken_count(void)
{
	machine_start();
	sem_get(IPC_PRIVATE, 1, 0600);
	sem_used++;
	sem_check();
}

const struct test tests[] = {
	{"E01 processes at random, against a list of sleepers", random_processes, NULL},
	{"E01 no memory at any step: nothing has changed", no_memory, NULL},
	{"E01 limits, exact at the edge", limits, NULL},
	{"E01 E03 slots grow, and shrink when nothing is there", many_sets, NULL},
	{"the laws notice a value out of range", broken_value, "is -1"},
	{"the laws notice a sleeper that could go on", broken_sleeper, "could go on"},
	{"the laws notice a wrong count", broken_count, "the count says 2"},
	{0},
};
