/*
 * What entry.asm saves on the kernel stack when the CPU comes in from user mode or is interrupted
 * in the kernel, in the order in which it lies there (lowest address first).
 */
#ifndef MACHINE_TRAP_FRAME_H
#define MACHINE_TRAP_FRAME_H

#include <lib/types.h>

struct trap_frame {
	/* saved by pusha */
	uint32_t edi, esi, ebp;
	uint32_t pusha_esp; /* of no use */
	uint32_t ebx, edx, ecx, eax;
	/* saved by entry.asm */
	uint32_t es, ds;
	uint32_t vector; /* of the exception or interrupt */
	uint32_t error;	 /* the CPU's error code, or 0 */
	/* saved by the CPU */
	uint32_t eip, cs, eflags;
	uint32_t esp, ss; /* only when it came from user mode */
};

static inline bool
trap_from_user(const struct trap_frame *frame)
{
	return frame->cs & 3;
}

static inline vaddr_t
trap_pc(const struct trap_frame *frame)
{
	return frame->eip;
}

static inline vaddr_t
trap_sp(const struct trap_frame *frame)
{
	return frame->esp;
}

static inline void
trap_set_sp(struct trap_frame *frame, vaddr_t sp)
{
	frame->esp = sp;
}

/* The frame pointer: leads to what the interrupted function left on its stack. */
static inline vaddr_t
trap_fp(const struct trap_frame *frame)
{
	return frame->ebp;
}

/*
 * The system-call ABI (Linux's, int 0x80): number in eax, arguments in ebx ecx edx esi edi ebp,
 * result in eax.
 */
static inline unsigned long
syscall_number(const struct trap_frame *frame)
{
	return frame->eax;
}

static inline void
syscall_return(struct trap_frame *frame, long value)
{
	frame->eax = value;
}

static inline long
syscall_result(const struct trap_frame *frame)
{
	return frame->eax;
}

/*
 * Before a call returns, what its result will overwrite (the number); and the way back to where it
 * is made once more.
 */
static inline unsigned long
syscall_first_word(const struct trap_frame *frame)
{
	return frame->eax;
}

#define INT_SIZE 2 /* int 0x80 */

static inline void
syscall_repeat(struct trap_frame *frame, unsigned long first_word)
{
	frame->eax = first_word;
	frame->eip -= INT_SIZE;
}

/* The opposite: it is not to be made again, and has this result. */
static inline void
syscall_give_up(struct trap_frame *frame, long value)
{
	frame->eax = value;
	frame->eip += INT_SIZE;
}

/* Call `handler` with the frame's six arguments. */
static inline long
syscall_call(const struct trap_frame *f, long (*handler)(long, long, long, long, long, long))
{
	return handler(f->ebx, f->ecx, f->edx, f->esi, f->edi, f->ebp);
}

#endif
