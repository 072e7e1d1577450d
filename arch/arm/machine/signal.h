/*
 * What a handler finds on its stack: Linux's layouts for ARM (arch/arm/include/uapi/asm/
 * sigcontext.h, arch/arm/include/asm/ucontext.h, arch/arm/kernel/signal.h).
 */
#ifndef MACHINE_SIGNAL_H
#define MACHINE_SIGNAL_H

#include <abi/signal.h>
#include <stdint.h>

/* The registers as the signal found them; the handler may change them. */
struct sigcontext {
	unsigned long trap_no, error_code; /* of the last exception */
	unsigned long oldmask;
	unsigned long arm_r0, arm_r1, arm_r2, arm_r3, arm_r4, arm_r5, arm_r6, arm_r7;
	unsigned long arm_r8, arm_r9, arm_r10, arm_fp, arm_ip, arm_sp, arm_lr, arm_pc, arm_cpsr;
	unsigned long fault_address; /* of the last page fault */
};

/* VFP's and NEON's registers: the first, and here only, block in uc_regspace. A 0 ends the list. */
#define VFP_MAGIC 0x56465001
struct vfp_sigframe {
	unsigned long magic, size;
	uint64_t d[32];
	unsigned long fpscr, unused;
	unsigned long fpexc, fpinst, fpinst2; /* not looked at */
} __attribute__((aligned(8)));

struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;
	int uc_unused[32 - sizeof(sigset_t) / sizeof(int)];
	unsigned long uc_regspace[128] __attribute__((aligned(8)));
};

/* On the stack of a handler without SA_SIGINFO; sigreturn comes back to it. */
struct sigframe {
	struct ucontext context;
	unsigned long unused[4];
};

/* The same with SA_SIGINFO; rt_sigreturn. */
struct rt_sigframe {
	siginfo_t info;
	struct sigframe frame;
};

_Static_assert(sizeof(struct sigcontext) == 84, "Linux's layout");
_Static_assert(sizeof(struct vfp_sigframe) == 288, "Linux's layout");
_Static_assert(sizeof(struct ucontext) == 744, "Linux's layout");

#endif
