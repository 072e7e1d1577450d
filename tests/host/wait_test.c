/* kernel/task/sched.c and wait.c: tasks sleep, are woken, killed and timed out at random. */
#include <abi/errno.h>
#include "mock.h"
#include "test.h"

#define SLEEPERS 12

static struct wait_queue queues[3];
static struct sleeper {
	struct task *task;
	int queue; /* -1: only for time */
	bool asleep;
	int expected; /* what the sleep must return */
} sleepers[SLEEPERS];
static unsigned long sleeps[3]; /* that ended with 0, -ERESTARTSYS, -ETIMEDOUT */
static bool over;

static void
sleep_for_ever(void *argument)
{
	struct sleeper *me = argument;

	while (!over) {
		bool limited = pick(2);
		uint64_t deadline = mock_clock_ns + 1 + pick(50);
		me->queue = limited && pick(4) == 0 ? -1 : (int)pick(3);
		struct wait_queue *queue = me->queue < 0 ? NULL : &queues[me->queue];
		me->asleep = true;
		me->expected = 1; /* nobody may wake it yet */
		int result = limited ? wait_sleep_until(queue, SLEEP_INTERRUPTIBLE, deadline)
				     : wait_sleep(queue, SLEEP_KILLABLE);
		me->asleep = false;
		check(current == me->task);
		if (result == -ETIMEDOUT && me->expected == 1) {
			check(limited && mock_clock_ns >= deadline);
		} else {
			check_equal(result, me->expected);
		}
		check(!timer_running(&me->task->wakeup));
		check(list_empty(&me->task->run_link));
		sleeps[result == 0 ? 0 : result == -ERESTARTSYS ? 1 : 2]++;
		me->task->signals.pending.set = 0;
		if (pick(4) == 0)
			wait_yield();
	}
}

static unsigned
asleep_on(int queue)
{
	unsigned count = 0;

	for (int i = 0; i < SLEEPERS; i++)
		count += sleepers[i].asleep && sleepers[i].queue == queue;
	return count;
}

static unsigned
length(struct wait_queue *queue)
{
	unsigned count = 0;

	list_for_each (link, &queue->sleepers)
		count++;
	return count;
}

static void
wake_some(int queue)
{
	if (pick(2)) { /* the one that sleeps longest */
		if (!list_empty(&queues[queue].sleepers)) {
			struct task *first =
				list_entry(queues[queue].sleepers.next, struct task, run_link);
			for (int i = 0; i < SLEEPERS; i++)
				if (sleepers[i].task == first)
					sleepers[i].expected = 0;
		}
		wait_wake_one(&queues[queue]);
		return;
	}
	for (int i = 0; i < SLEEPERS; i++)
		if (sleepers[i].queue == queue)
			sleepers[i].expected = 0;
	wait_wake_all(&queues[queue]);
}

static void
kill(struct sleeper *sleeper)
{
	sleeper->task->signals.pending.set = 1;
	sleeper->expected = -ERESTARTSYS;
	sched_wake(sleeper->task, -EINTR);
}

static void
random_sleeps(void)
{
	machine_start();
	for (int i = 0; i < 3; i++)
		wait_queue_init(&queues[i]);
	for (int i = 0; i < SLEEPERS; i++)
		sleepers[i].task = mock_task(sleep_for_ever, &sleepers[i]);
	for (int i = 0; i < 5000; i++) {
		run_tasks();
		for (int queue = 0; queue < 3; queue++)
			check_equal(length(&queues[queue]), asleep_on(queue)); /* nobody is lost */
		switch (pick(3)) {
		case 0:
			wake_some(pick(3));
			break;
		case 1:
			kill(&sleepers[pick(SLEEPERS)]);
			break;
		default:
			mock_clock_ns += pick(40);
			timer_tick(mock_clock_ns);
		}
	}
	check(sleeps[0] > 100 && sleeps[1] > 100 && sleeps[2] > 100);
	over = true;
	run_tasks();
	for (int i = 0; i < SLEEPERS; i++)
		kill(&sleepers[i]);
	run_tasks();
	check_equal(mock_tasks_ended, SLEEPERS);
}

/* Round robin: who yields stands behind all others. */
static char order[64];
static unsigned turns;

static void
take_turns(void *argument)
{
	for (int i = 0; i < 4; i++) {
		order[turns++] = *(char *)argument;
		wait_yield();
	}
}

static void
round_robin(void)
{
	machine_start();
	mock_task(take_turns, "a");
	mock_task(take_turns, "b");
	mock_task(take_turns, "c");
	run_tasks();
	check_text(order, "abcabcabcabc");
}

static void
overrun(void *argument)
{
	(void)argument;
	current->canary = 0;
	wait_yield();
}

static void
stack_ran_over(void)
{
	machine_start();
	mock_task(overrun, NULL);
	run_tasks();
}

const struct test tests[] = {
	{"V13 sleepers woken, killed and timed out at random: none is lost, none sleeps on",
		random_sleeps, NULL},
	{"V06 whoever yields goes behind all others", round_robin, NULL},
	{"V10 a kernel stack that ran over panics", stack_ran_over,
		"the kernel stack of pid 2 ran over"},
	{0},
};
