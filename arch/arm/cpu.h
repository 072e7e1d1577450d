/*
 * The CPU's own instructions and registers, and what the files of this port tell each other.
 * Nothing outside arch/arm includes this. "ARM ARM" is the ARM Architecture Reference Manual,
 * ARMv7-A and ARMv7-R edition (DDI 0406C).
 */
#ifndef ARM_CPU_H
#define ARM_CPU_H

#include "arch/common/common.h"
#include "layout.h"
#include <lib/types.h>
#include <machine/page.h>

struct fpu_state;
struct mmu;
struct trap_frame;

/* All before is done, and seen by table walks, before what follows (A3.8, "Memory barriers"). */
static inline void
dsb(void)
{
	__asm__ volatile("dsb" : : : "memory");
}

/* What comes after is fetched anew, and sees the changes of control registers (B3.15.5). */
static inline void
isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

/* Registers of the system coprocessor (B4.1). */
#define SYSTEM_REGISTER_READ(name, where)                                                          \
	static inline uint32_t read_##name(void)                                                   \
	{                                                                                          \
		uint32_t value;                                                                    \
		__asm__ volatile("mrc p15, " where : "=r"(value) : : "memory");                    \
		return value;                                                                      \
	}
#define SYSTEM_REGISTER_WRITE(name, where)                                                         \
	static inline void write_##name(uint32_t value)                                            \
	{                                                                                          \
		__asm__ volatile("mcr p15, " where : : "r"(value) : "memory");                     \
	}
#define SYSTEM_REGISTER(name, where)                                                               \
	SYSTEM_REGISTER_READ(name, where)                                                          \
	SYSTEM_REGISTER_WRITE(name, where)

SYSTEM_REGISTER(ttbr0, "0, %0, c2, c0, 0")	 /* the first-level table, and how to read it */
SYSTEM_REGISTER(dacr, "0, %0, c3, c0, 0")	 /* who may access which domain */
SYSTEM_REGISTER_READ(dfsr, "0, %0, c5, c0, 0")	 /* the last data abort: why */
SYSTEM_REGISTER_READ(dfar, "0, %0, c6, c0, 0")	 /* … and at which address */
SYSTEM_REGISTER_READ(ifsr, "0, %0, c5, c0, 1")	 /* the last prefetch abort: why */
SYSTEM_REGISTER_READ(ifar, "0, %0, c6, c0, 2")	 /* … and where */
SYSTEM_REGISTER(contextidr, "0, %0, c13, c0, 1") /* the ASID */
SYSTEM_REGISTER_WRITE(vbar, "0, %0, c12, c0, 0") /* the vectors */
SYSTEM_REGISTER(tpidrurw, "0, %0, c13, c0, 2")	 /* thread registers: programs may write this */
SYSTEM_REGISTER(tpidruro, "0, %0, c13, c0, 3")	 /* … and may only read this */
SYSTEM_REGISTER_READ(ctr, "0, %0, c0, c0, 1")	 /* the caches' line sizes */
SYSTEM_REGISTER_READ(pmccntr, "0, %0, c9, c13, 0")	/* cycles */
SYSTEM_REGISTER_READ(cntfrq, "0, %0, c14, c0, 0")	/* the timer's ticks a second */
SYSTEM_REGISTER_WRITE(cntkctl, "0, %0, c14, c1, 0")	/* what programs may read of it */
SYSTEM_REGISTER_WRITE(cntv_ctl, "0, %0, c14, c3, 1")	/* whether it interrupts */

/* Maintenance of caches, branch predictors and TLBs (B4.2); each needs a dsb to be complete. */
SYSTEM_REGISTER_WRITE(tlbiall, "0, %0, c8, c7, 0")  /* the TLB: everything */
SYSTEM_REGISTER_WRITE(tlbimva, "0, %0, c8, c7, 1")  /* one page of one ASID: address | ASID */
SYSTEM_REGISTER_WRITE(tlbiasid, "0, %0, c8, c7, 2") /* all of one ASID, but for global pages */
SYSTEM_REGISTER_WRITE(dccmvau, "0, %0, c7, c11, 1") /* data written reaches what fetches see */
SYSTEM_REGISTER_WRITE(iciallu, "0, %0, c7, c5, 0")  /* the instruction cache */
SYSTEM_REGISTER_WRITE(bpiall, "0, %0, c7, c5, 6")   /* the branch predictor */

/* linker/arm.ld */
extern char kernel_constants[]; /* where the code ends */

/* vectors.S, switch.S, uaccess.S */
extern char vectors[], guarded_vectors[];
extern char uaccess_code[], uaccess_code_end[], uaccess_failed[];
void leave_to_user(void);
void guarded_leave_to_user(void);
void task_start(void);
void switch_stacks(uint32_t *save, uint32_t load);

/* Bring-up of each part, in the order of arch_init and arch_devices_init. */
void clock_start(void);
void mmu_init(void);
void guard_init(void);
void timer_start_ticks(void);

/* fpu.S */
void fpu_save(struct fpu_state *state);
void fpu_load(const struct fpu_state *state);
void fpu_clear_vector_mode(void);

/* trap.c: what a fault status says (ARM ARM B3.13). */
enum abort_kind {
	ABORT_OTHER,
	ABORT_ALIGNMENT,
	ABORT_BREAKPOINT,
	ABORT_REFUSED, /* there is an entry: not marked as accessed, or its rights refuse */
	ABORT_MISSING, /* there is none */
};
#define ABORT_WRITE (1u << 11)
#define ABORT_FETCH (1u << 31) /* ours: the status is a prefetch abort's */
#define ABORT_NONE 0u	       /* ours: it was an undefined instruction */
enum abort_kind abort_kind(uint32_t status);
const char *abort_name(uint32_t status);

/* guard.c */
extern bool guarded; /* guard=1: the kernel touches user memory in the copy routines alone */
extern void (*leave_for_first_time)(void); /* how a new task gets to user mode */

/* asid.c: give the space a number if it has none of this generation; the CPU sees it % ASIDS. */
#define ASIDS 256 /* 0 is nobody's */
unsigned long asid_of(struct mmu *mmu);

/* mmu.c */
/*
 * An access that the page's rights allow, but that the CPU refused because the entry was not marked
 * as accessed (or, for a write, as dirty), marks it. False: that was not why.
 */
bool mmu_mark(struct mmu *mmu, vaddr_t address, bool write);

#endif
