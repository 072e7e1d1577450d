/* The list of running timers, the next one first. */
#include <task/timer.h>

static struct list running = LIST_INIT(running);

void
timer_init(struct timer *timer, void (*expire)(struct timer *timer))
{
	list_init(&timer->link);
	timer->deadline = 0;
	timer->expire = expire;
}

void
timer_start(struct timer *timer, uint64_t deadline)
{
	list_remove(&timer->link); /* first: it may run already, and be the next one */
	timer->deadline = deadline;
	struct list *place = running.next;
	while (place != &running && list_entry(place, struct timer, link)->deadline <= deadline)
		place = place->next;
	list_add_before(place, &timer->link);
}

void
timer_stop(struct timer *timer)
{
	list_remove(&timer->link);
}

bool
timer_running(const struct timer *timer)
{
	return !list_empty(&timer->link);
}

void
timer_tick(uint64_t now)
{
	while (!list_empty(&running)) {
		struct timer *first = list_entry(running.next, struct timer, link);
		if (first->deadline > now)
			return;
		list_remove(&first->link);
		first->expire(first);
	}
}
