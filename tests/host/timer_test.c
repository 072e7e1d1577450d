/* kernel/task/timer.c against an array of deadlines. */
#include <task/timer.h>
#include "test.h"

#define TIMERS 24

static struct timer timers[TIMERS];
static uint64_t model[TIMERS]; /* the deadline; 0: does not run */
static uint64_t now, last_expired;
static unsigned expired;

static void
expire(struct timer *timer)
{
	unsigned i = timer - timers;

	check(model[i] && model[i] <= now);
	check(model[i] >= last_expired); /* in the order of their deadlines */
	last_expired = model[i];
	check(!timer_running(timer));
	model[i] = 0;
	expired++;
	if (pick(8) == 0) /* starts again, due at once or later */
		timer_start(timer, model[i] = now + pick(2) * 5);
}

static void
random_timers(void)
{
	for (int i = 0; i < TIMERS; i++)
		timer_init(&timers[i], expire);
	for (int round = 0; round < 20000; round++) {
		unsigned i = pick(TIMERS);
		if (pick(3) == 0) {
			timer_stop(&timers[i]);
			model[i] = 0;
		} else {
			timer_start(&timers[i], model[i] = now + 1 + pick(100));
		}
		now += pick(10);
		last_expired = 0;
		timer_tick(now);
		for (i = 0; i < TIMERS; i++) {
			check(!model[i] || model[i] > now);
			check_equal(timer_running(&timers[i]), model[i] != 0);
		}
	}
	check(expired > 1000);
}

const struct test tests[] = {
	{"random starts and stops: never early, in order, each once", random_timers, NULL},
	{0},
};
