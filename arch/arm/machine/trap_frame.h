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

static inline bool
trap_from_user(const struct trap_frame *frame)
{
	return !(frame->cpsr & CPSR_MODE);
}

static inline vaddr_t
trap_pc(const struct trap_frame *frame)
{
	return frame->pc;
}

static inline vaddr_t
trap_sp(const struct trap_frame *frame)
{
	return frame->sp;
}

static inline void
trap_set_sp(struct trap_frame *frame, vaddr_t sp)
{
	frame->sp = sp;
}

/* The frame pointer: leads to what the interrupted function left on its stack. */
static inline vaddr_t
trap_fp(const struct trap_frame *frame)
{
	return frame->r[11];
}

/*
 * The system-call ABI (Linux's EABI, svc 0): number in r7, arguments in r0 to r5, result in r0.
 */
static inline unsigned long
syscall_number(const struct trap_frame *frame)
{
	return frame->r[7];
}

static inline void
syscall_return(struct trap_frame *frame, long value)
{
	frame->r[0] = value;
}

static inline long
syscall_result(const struct trap_frame *frame)
{
	return frame->r[0];
}

/*
 * Before a call returns, what its result will overwrite (the first argument); and the way back to
 * where it is made once more.
 */
static inline unsigned long
syscall_first_word(const struct trap_frame *frame)
{
	return frame->r[0];
}

static inline void
syscall_repeat(struct trap_frame *frame, unsigned long first_word)
{
	frame->r[0] = first_word;
	frame->pc -= frame->cpsr & CPSR_THUMB ? 2 : 4;
}

/* The opposite: it is not to be made again, and has this result. */
static inline void
syscall_give_up(struct trap_frame *frame, long value)
{
	frame->r[0] = value;
	frame->pc += frame->cpsr & CPSR_THUMB ? 2 : 4;
}

/* Call `handler` with the frame's six arguments. */
static inline long
syscall_call(const struct trap_frame *f, long (*handler)(long, long, long, long, long, long))
{
	return handler(f->r[0], f->r[1], f->r[2], f->r[3], f->r[4], f->r[5]);
}

#endif
