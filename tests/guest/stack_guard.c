/* Nothing can be put on the stack's guard. For nopage only: Linux allows it to those who ask. */
#include "_tap.h"

int
main(void)
{
	/* The lowest page of the stack that is there: below it the guard begins, or the stack
	 * grows. */
	unsigned long here = (unsigned long)__builtin_frame_address(0) & -PAGE,
		      limit = here - 0x2000000;
	int id = new_segment(PAGE), put = 0, refused = 0;
	for (unsigned long at = here; at > limit; at -= PAGE) {
		char *p = shmat(id, (void *)at, 0);
		if (p == (void *)-1) {
			refused += errno == EINVAL;
			continue;
		}
		put = 1;
		must(shmdt(p));
		break;
	}
	ok(put, "S12 far below the stack there is room for an attach");
	ok(refused >= 2, "S12 the stack and its guard are refused with EINVAL");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
