/*
 * What a port saves when the CPU comes into the kernel, as the rest of the kernel reads it. The
 * struct is the port's; it says by macros which member is which:
 *
 *     FRAME_PC FRAME_SP FRAME_FP   where it was; FP leads to what the function left on its stack
 *     FRAME_NUMBER                 of the system call
 *     FRAME_RESULT                 … its result; until it has one, a word that it overwrites
 *     SYSCALL_SIZE(frame)          bytes of the instruction that made the call
 *
 * and has, as functions, trap_from_user() and syscall_call().
 */
#ifndef ARCH_TRAP_FRAME_H
#define ARCH_TRAP_FRAME_H

#include <lib/types.h>
#include <machine/trap_frame.h>

static inline vaddr_t
trap_pc(const struct trap_frame *frame)
{
	return frame->FRAME_PC;
}

static inline vaddr_t
trap_sp(const struct trap_frame *frame)
{
	return frame->FRAME_SP;
}

static inline void
trap_set_sp(struct trap_frame *frame, vaddr_t sp)
{
	frame->FRAME_SP = sp;
}

static inline vaddr_t
trap_fp(const struct trap_frame *frame)
{
	return frame->FRAME_FP;
}

static inline unsigned long
syscall_number(const struct trap_frame *frame)
{
	return frame->FRAME_NUMBER;
}

static inline void
syscall_return(struct trap_frame *frame, long value)
{
	frame->FRAME_RESULT = value;
}

static inline long
syscall_result(const struct trap_frame *frame)
{
	return frame->FRAME_RESULT;
}

/* Before a call returns, what its result will overwrite … */
static inline unsigned long
syscall_first_word(const struct trap_frame *frame)
{
	return frame->FRAME_RESULT;
}

/* … so that the program can go back to where it is made once more. */
static inline void
syscall_repeat(struct trap_frame *frame, unsigned long first_word)
{
	frame->FRAME_RESULT = first_word;
	frame->FRAME_PC -= SYSCALL_SIZE(frame);
}

/* The opposite: it is not to be made again, and has this result. */
static inline void
syscall_give_up(struct trap_frame *frame, long value)
{
	frame->FRAME_RESULT = value;
	frame->FRAME_PC += SYSCALL_SIZE(frame);
}

#endif
