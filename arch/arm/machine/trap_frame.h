/*
 * What vectors.S saves on the kernel stack when the CPU comes in from user mode or is interrupted
 * in the kernel, in the order in which it lies there (lowest address first).
 */
#ifndef MACHINE_TRAP_FRAME_H
#define MACHINE_TRAP_FRAME_H

#include <lib/types.h>

struct trap_frame {
	uint32_t kernel_lr; /* the kernel's own lr, when it was interrupted */
	uint32_t r[13];
	uint32_t sp, lr; /* user mode's */
	uint32_t pc, cpsr;
};

#define CPSR_THUMB 0x20u
#define CPSR_MODE 0x0fu /* the mode's low bits: 0 in user mode alone */

/* The system-call ABI is Linux's EABI, svc 0: arguments in r0 to r5. */
#define FRAME_PC pc
#define FRAME_SP sp
#define FRAME_FP r[11]
#define FRAME_NUMBER r[7]
#define FRAME_RESULT r[0]
#define SYSCALL_SIZE(frame) ((frame)->cpsr & CPSR_THUMB ? 2 : 4)

static inline bool
trap_from_user(const struct trap_frame *frame)
{
	return !(frame->cpsr & CPSR_MODE);
}

/* Call `handler` with the frame's six arguments. */
static inline long
syscall_call(const struct trap_frame *f, long (*handler)(long, long, long, long, long, long))
{
	return handler(f->r[0], f->r[1], f->r[2], f->r[3], f->r[4], f->r[5]);
}

#endif
