/*
 * What a handler finds on its stack: Linux's layouts for i386 (arch/x86/include/uapi/asm/
 * sigcontext.h, ucontext.h, and arch/x86/include/asm/sigframe.h).
 */
#ifndef MACHINE_SIGNAL_H
#define MACHINE_SIGNAL_H

#include <abi/signal.h>
#include <stdint.h>

/* The registers as the signal found them; the handler may change them. */
struct sigcontext {
	union {
		struct {
			uint32_t gs, fs, es, ds; /* 16 bits of each count */
			uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax;
			uint32_t trapno, err; /* of the last exception */
			uint32_t eip, cs, eflags;
			uint32_t esp_at_signal, ss;
		};
		int gregs[19]; /* the C libraries' view */
	};
	struct fpstate *fpregs; /* NULL: fresh registers */
	unsigned long oldmask;	/* the first 32 blocked signals */
	unsigned long cr2;	/* of the last page fault */
};

/* Places in gregs. */
#define REG_GS 0
#define REG_FS 1
#define REG_ES 2
#define REG_DS 3
#define REG_EDI 4
#define REG_ESI 5
#define REG_EBP 6
#define REG_ESP 7
#define REG_EBX 8
#define REG_EDX 9
#define REG_ECX 10
#define REG_EAX 11
#define REG_TRAPNO 12
#define REG_ERR 13
#define REG_EIP 14
#define REG_CS 15
#define REG_EFL 16
#define REG_UESP 17
#define REG_SS 18

/* FPU and SSE registers: as fnsave leaves the FPU's, and then all of them as fxsave does. */
struct fpstate {
	uint32_t cw, sw, tag, ip, cs, operand, ds;
	uint16_t st[8][5];
	uint16_t status; /* sw again */
	uint16_t magic;	 /* 0: fxsave follows */
	uint8_t fxsave[512];
};

struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;
};

/* On the stack of a handler without SA_SIGINFO; sigreturn comes back to it. */
struct sigframe {
	uint32_t return_address;
	int signal;
	struct sigcontext context;
	uint8_t unused[624]; /* where the FPU's registers were once */
	unsigned long mask_high; /* the other 32 blocked signals */
	uint8_t code[8];
};

/* The same with SA_SIGINFO; rt_sigreturn. */
struct rt_sigframe {
	uint32_t return_address;
	int signal;
	siginfo_t *info_address;
	struct ucontext *context_address;
	siginfo_t info;
	struct ucontext context;
	uint8_t code[8];
};

_Static_assert(sizeof(struct sigcontext) == 88, "Linux's layout");
_Static_assert(sizeof(struct fpstate) == 624, "Linux's layout");
_Static_assert(sizeof(struct sigframe) == 732, "Linux's layout");
_Static_assert(sizeof(struct rt_sigframe) == 268, "Linux's layout");

#endif
