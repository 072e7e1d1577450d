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

/* The system-call ABI is Linux's, int 0x80: arguments in ebx ecx edx esi edi ebp. */
#define FRAME_PC eip
#define FRAME_SP esp
#define FRAME_FP ebp
#define FRAME_NUMBER eax
#define FRAME_RESULT eax
#define SYSCALL_SIZE(frame) 2

static inline bool
trap_from_user(const struct trap_frame *frame)
{
	return frame->cs & 3;
}

/* Call `handler` with the frame's six arguments. */
static inline long
syscall_call(const struct trap_frame *f, long (*handler)(long, long, long, long, long, long))
{
	return handler(f->ebx, f->ecx, f->edx, f->esi, f->edi, f->ebp);
}

#endif
