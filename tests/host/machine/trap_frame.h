/* Nothing here comes in through a trap. */
#ifndef MACHINE_TRAP_FRAME_H
#define MACHINE_TRAP_FRAME_H

struct trap_frame {
	unsigned long pc, sp, fp, number, result;
};

#define FRAME_PC pc
#define FRAME_SP sp
#define FRAME_FP fp
#define FRAME_NUMBER number
#define FRAME_RESULT result
#define SYSCALL_SIZE(frame) 1

#endif
