/* Nothing can be put on the stack's guard. For nopage only: Linux allows it to those who ask. */
#include "_tap.h"

/* Where the stack begins now, by /proc/self/maps. */
static unsigned long
stack_start(void)
{
	char *maps = file_text("/proc/self/maps"), *at = strstr(maps, "[stack]");
	while (at && at > maps && at[-1] != '\n')
		at--;
	return at ? strtoul(at, 0, 16) : 0;
}

int
main(void)
{
	unsigned long start = stack_start();
	int id = new_segment(PAGE);
	if (!ok(start != 0, "V01 maps tells where the stack begins"))
		return done();
	start &= -SHMLBA;
	fails(shmat(id, (void *)(start + SHMLBA), 0), EINVAL, "S12 on the stack");
	fails(shmat(id, (void *)(start - SHMLBA), 0), EINVAL, "S12 on its guard, close below it");
	fails(shmat(id, (void *)((start - 100 * PAGE) & -SHMLBA), 0), EINVAL,
		"S12 on its guard, further below");
	char *p = (char *)works(
		shmat(id, (void *)(start - 1000 * SHMLBA), 0), "S12 far below there is room");
	is_int(nattch(id), 1, "S12 refused attaches are not counted");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
