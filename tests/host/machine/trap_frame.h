/* Nothing here comes in through a trap. */
#ifndef MACHINE_TRAP_FRAME_H
#define MACHINE_TRAP_FRAME_H

struct trap_frame;

static inline unsigned long
syscall_first_word(const struct trap_frame *frame)
{
	(void)frame;
	return 0;
}

#endif
