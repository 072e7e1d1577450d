/* The load, as on Linux: every five seconds each mean goes a little towards the number of now. */
#include <task/load.h>
#include <task/task.h>

#define INTERVAL 5 /* seconds */

/* What is left of a mean after an interval: e to the minus 5/60, 5/300 and 5/900. */
static const unsigned long kept[LOADS] = {60297, 64453, 65173};

static unsigned long loads[LOADS];
static unsigned since_last;

void
load_second(void)
{
	if (++since_last < INTERVAL)
		return;
	since_last = 0;
	uint64_t wanted = sched_ready_count() * LOAD_ONE;
	for (int i = 0; i < LOADS; i++) {
		uint64_t sum = loads[i] * (uint64_t)kept[i] + wanted * (LOAD_ONE - kept[i]);
		loads[i] = sum / LOAD_ONE;
	}
}

unsigned long
load_average(int i)
{
	return loads[i];
}
