/*
 * x86: the frames on a handler's stack, to the byte; the registers that a handler changes; and
 * frames that were made up, which must not give a program what it could not have by itself.
 */
#include "_tap.h"
#include <setjmp.h>

static volatile int calls;
static struct sigframe plain;
static struct rt_sigframe with_info;
static struct fpstate fpu;
static unsigned long frame_at, fpu_at;

/* At a handler's first instruction the stack pointer is the frame's address; ebp is below it. */
#define frame_of_handler() ((unsigned long)__builtin_frame_address(0) + 4)

static void
keep_plain(int number)
{
	struct sigframe *f = (struct sigframe *)unknown(frame_of_handler());
	(void)number;
	plain = *f;
	frame_at = (unsigned long)f;
	fpu_at = (unsigned long)f->context.fpregs;
	fpu = *f->context.fpregs;
	calls++;
}

static void
keep_info(int number, siginfo_t *info, void *context)
{
	struct rt_sigframe *f = (struct rt_sigframe *)unknown(frame_of_handler());
	(void)number;
	with_info = *f;
	frame_at = (unsigned long)f;
	fpu = *f->context.uc_mcontext.fpregs;
	calls += info == &f->info && context == &f->context;
}

static void
handle(int number, void *handler, int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	must(sigaction(number, &action, 0));
	calls = 0;
}

/* Sends itself SIGUSR1 with known registers: whether they are the same behind it. */
__attribute__((noinline)) static int
send(unsigned seed)
{
	unsigned pid = getpid(), b = pid, c = SIGUSR1, d = seed, si = seed + 1, di = seed + 2;
	int result = SYS_kill;
	__asm__ volatile("int $0x80"
			 : "+a"(result), "+b"(b), "+c"(c), "+d"(d), "+S"(si), "+D"(di)
			 :
			 : "memory");
	return result == 0 && b == pid && c == SIGUSR1 && d == seed && si == seed + 1 &&
	       di == seed + 2;
}

static int
shows(const struct sigcontext *c, unsigned seed)
{
	return c->eax == 0 && (pid_t)c->ebx == getpid() && c->ecx == SIGUSR1 && c->edx == seed &&
	       c->esi == seed + 1 && c->edi == seed + 2 && c->cs == 0x73 && c->ss == 0x7b &&
	       c->ds == 0x7b && c->es == 0x7b && c->esp == c->esp_at_signal &&
	       (c->eflags & 0x200) && c->fpregs != 0;
}

static const unsigned char code[8] = {0x58, 0xb8, 0x77, 0, 0, 0, 0xcd, 0x80};
static const unsigned char rt_code[7] = {0xb8, 0xad, 0, 0, 0, 0xcd, 0x80};

static void
layout(void)
{
	handle(SIGUSR1, keep_plain, 0);
	is_int(send(1000), 1, "V05 registers behind a handler");
	is_int(plain.signal, SIGUSR1, "V05 sigframe: the number");
	ok(shows(&plain.context, 1000), "V05 the registers in it");
	is_int((frame_at + 4) % 16, 0, "V05 as after a call, at a multiple of 16");
	ok(memcmp(plain.code, code, sizeof(code)) == 0, "V05 the code of sigreturn, for debuggers");
	is_int(fpu.magic, 0, "V12 the FPU's registers are there, in both forms");
	is_int(fpu.cw & 0xffff, 0x37f, "V12 its control word");
	is_int(*(unsigned *)(fpu.fxsave + 24), 0x1f80, "V12 MXCSR");
	ok(fpu_at > frame_at && (fpu_at + 112) % 16 == 0,
		"V12 above the frame, where fxsave likes it");

	handle(SIGUSR1, keep_info, SA_SIGINFO);
	is_int(send(2000), 1, "V05 with SA_SIGINFO too");
	is_int(calls, 1, "V05 rt_sigframe: siginfo and ucontext lie in it");
	ok(shows(&with_info.context.uc_mcontext, 2000), "V05 the registers in it");
	is_int((frame_at + 4) % 16, 0, "V05 at a multiple of 16");
	ok(memcmp(with_info.code, rt_code, sizeof(rt_code)) == 0, "V05 rt_sigreturn's code");
	is_int(with_info.context.uc_stack.ss_flags, SS_DISABLE, "V05 uc_stack");
	is_int((long)with_info.context.uc_link, 0, "V05 uc_link");
}

/* --- a handler's first instruction --- */

volatile unsigned at_entry[4]; /* assembly knows it by this name */

__attribute__((naked)) static void
look(__attribute__((unused)) int number)
{
	__asm__("pushf; popl %ecx; movl %eax, at_entry; movl %ecx, at_entry + 4; "
		"fnstcw at_entry + 8; ret");
}

static void
entry(void)
{
	unsigned short word = 0x27f;
	handle(SIGUSR1, look, 0);
	__asm__ volatile("fldcw %0" : : "m"(word));
	__asm__ volatile("std; int $0x80; cld"
			 :
			 : "a"(SYS_kill), "b"(getpid()), "c"(SIGUSR1)
			 : "memory", "cc");
	is_int(at_entry[0], SIGUSR1, "V05 the number in eax, too");
	is_int(at_entry[1] & 0x400, 0, "V05 strings go upward");
	is_int(at_entry[2] & 0xffff, 0x37f, "V12 the FPU is fresh");
	__asm__ volatile("fnstcw %0; fninit" : "=m"(word));
	is_int(word, 0x27f, "V12 and behind it as it was");
	unsigned flags;
	__asm__ volatile("std; int $0x80; pushf; pop %0; cld"
			 : "=r"(flags)
			 : "a"(SYS_kill), "b"(getpid()), "c"(SIGUSR1)
			 : "memory", "cc");
	is_int(flags & 0x400, 0x400, "V05 flags come back");
}

/* --- what a fault leaves --- */

static volatile struct sigcontext at_fault;
static sigjmp_buf back;

static void
keep_fault(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	at_fault = ((ucontext_t *)context)->uc_mcontext;
	siglongjmp(back, 1);
}

static void
faults(void)
{
	handle(SIGSEGV, keep_fault, SA_SIGINFO);
	handle(SIGILL, keep_fault, SA_SIGINFO);
	if (!sigsetjmp(back, 1))
		poke(12, 1);
	ok(at_fault.trapno == 14 && at_fault.cr2 == 12 && at_fault.err == 6,
		"V05 a page fault: its number, address and error code");
	if (!sigsetjmp(back, 1))
		__asm__ volatile("ud2");
	is_int(at_fault.trapno, 6, "V05 an invalid instruction's number");
	if (!sigsetjmp(back, 1))
		__asm__ volatile("hlt");
	ok(at_fault.trapno == 13 && at_fault.err == 0, "V05 a general protection fault's");
}

static volatile siginfo_t told;
static unsigned long fault_eip;

static void
keep_told(int number, siginfo_t *info, void *context)
{
	(void)number;
	told = *info;
	fault_eip = ((ucontext_t *)context)->uc_mcontext.eip;
	siglongjmp(back, 1);
}

/* The signal's code, and whether si_addr is the instruction's. */
#define code_of(signal, ...) \
	({ \
		handle(signal, keep_told, SA_SIGINFO); \
		told.si_code = -100; \
		if (!sigsetjmp(back, 1)) \
			__asm__ volatile(__VA_ARGS__); \
		told.si_code; \
	})
#define told_pc() ((unsigned long)told.si_addr == fault_eip)

static void
codes(void)
{
	is_int(code_of(SIGFPE, "div %%ecx" ::"a"(1), "c"(0), "d"(0)), FPE_INTDIV,
		"V05 FPE_INTDIV");
	ok(told_pc(), "V05 at the instruction");
	is_int(code_of(SIGILL, "ud2"), ILL_ILLOPN, "V05 ILL_ILLOPN");
	ok(told_pc(), "V05 at the instruction");
	is_int(code_of(SIGTRAP, "int3"), SI_KERNEL, "V05 int3: SI_KERNEL");
	is_int((long)told.si_addr, 0, "V05 without an address");
	is_int(code_of(SIGTRAP, "pushf; orl $0x100, (%%esp); popf; nop" ::: "memory"), TRAP_TRACE,
		"V05 a single step: TRAP_TRACE");
	is_int(code_of(SIGSEGV, "hlt"), SI_KERNEL, "V05 hlt: SI_KERNEL");
	is_int(code_of(SIGSEGV, "mov %0, %%fs" ::"r"(0x68)), SI_KERNEL, "V05 a bad segment too");
	is_int((long)told.si_addr, 0, "V05 without an address");
	double zero = 0, one = 1, result;
	unsigned short word = 0x37b;
	is_int(code_of(SIGFPE, "fninit; fldcw %3; fldl %1; fdivl %2; fwait; fstpl %0"
			: "=m"(result)
			: "m"(one), "m"(zero), "m"(word)),
		FPE_FLTDIV, "V05 FPE_FLTDIV");
	word = 0x37e;
	is_int(code_of(SIGFPE, "fninit; fldcw %2; fldl %1; fdivl %1; fwait; fstpl %0"
			: "=m"(result)
			: "m"(zero), "m"(word)),
		FPE_FLTINV, "V05 FPE_FLTINV");
	__asm__ volatile("fninit");
}

/* --- what a handler changes --- */

static void
change(int number, siginfo_t *info, void *context)
{
	struct sigcontext *c = &((ucontext_t *)context)->uc_mcontext;
	(void)number;
	(void)info;
	c->eax = 111;
	c->edx = 222;
	c->edi = 333;
	c->fpregs->cw = 0xffff0c7f;
	((unsigned *)(c->fpregs->fxsave + 160))[1] = 444; /* xmm0 */
	sigaddset(&((ucontext_t *)context)->uc_sigmask, SIGUSR2);
}

static void
changes(void)
{
	int a = SYS_kill, d = 0, di = 0;
	unsigned short word;
	unsigned vector[4];
	sigset_t set;
	handle(SIGUSR1, change, SA_SIGINFO);
	__asm__ volatile("xorps %%xmm0, %%xmm0; int $0x80; fnstcw %3; movups %%xmm0, %4; fninit"
			 : "+a"(a), "+d"(d), "+D"(di), "=m"(word), "=m"(vector)
			 : "b"(getpid()), "c"(SIGUSR1)
			 : "memory");
	ok(a == 111 && d == 222 && di == 333, "V05 a handler changes registers");
	is_int(word, 0xc7f, "V12 the FPU's control word");
	is_int(vector[1], 444, "V12 a vector");
	must(sigprocmask(SIG_SETMASK, 0, &set));
	ok(sigismember(&set, SIGUSR2) && !sigismember(&set, SIGUSR1), "V05 the blocked signals");
	sigemptyset(&set);
	must(sigprocmask(SIG_SETMASK, &set, 0));
}

/* --- frames made up --- */

static size_t forged_place;
static unsigned forged_value;

static void
forge(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	*(unsigned *)((char *)context + forged_place) = forged_value;
}

/* In the FPU's part; the place is counted from its start. */
static void
forge_fpu(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	*(unsigned *)((char *)((ucontext_t *)context)->uc_mcontext.fpregs + forged_place) =
		forged_value;
}

/* How a child ends whose handler changes one word of what it returns to. */
#define forged(field, value, ...) \
	in_child(handle(SIGUSR1, forge, SA_SIGINFO); \
		 forged_place = __builtin_offsetof(ucontext_t, uc_mcontext.field); \
		 forged_value = (value); raise(SIGUSR1); __VA_ARGS__)
#define forged_fpu(place, value, ...) \
	in_child(handle(SIGUSR1, forge_fpu, SA_SIGINFO); forged_place = (place); \
		 forged_value = (value); raise(SIGUSR1); __VA_ARGS__)

static unsigned
flags_now(void)
{
	unsigned flags;
	__asm__ volatile("pushf; pop %0" : "=r"(flags));
	return flags;
}

/* (The emulator does not mind data through an empty segment; a CPU would.) */
#define SELECTOR(register) \
	({ \
		unsigned selector_; \
		__asm__ volatile("mov %%" register ", %0" : "=r"(selector_)); \
		selector_ & 0xffff; \
	})

static unsigned
mxcsr_now(void)
{
	unsigned word;
	__asm__ volatile("stmxcsr %0" : "=m"(word));
	return word;
}

static void
segments(void)
{
	is_int(forged(cs, 0x60), -SIGILL, "V08 the kernel's code segment");
	is_int(forged(cs, 0x63), -SIGILL, "V08 the same with the user's privilege");
	is_int(forged(cs, 0), -SIGILL, "V08 no code segment");
	is_int(forged(cs, 0x7b), -SIGILL, "V08 a data segment for code");
	is_int(forged(cs, 0x77), -SIGILL, "V08 a local one");
	is_int(forged(cs, 0xffff), -SIGILL, "V08 one beyond the table");
	is_int(forged(cs, 0x70, exit(3)), 3, "V05 the user's own, whatever privilege it asks for");
	is_int(forged(ss, 0x68), -SIGILL, "V08 the kernel's stack segment");
	is_int(forged(ss, 0), -SIGILL, "V08 no stack segment");
	is_int(forged(ss, 0x73), -SIGILL, "V08 code for a stack");
	is_int(forged(ss, 0x33), -SIGILL, "V08 an empty thread segment for a stack");
	is_int(forged(ds, 0x68, exit(SELECTOR("ds") == 0 ? 4 : 5)), 4, 
		"V08 ds with the kernel's: nothing");
	is_int(forged(ds, 0x83, exit(SELECTOR("ds") == 0 ? 4 : 5)), 4, "V08 the task state's");
	is_int(forged(es, 0xfff8, exit(SELECTOR("es") == 0 ? 4 : 5)), 4, "V08 es beyond the table");
	is_int(forged(gs, 0x68, exit(SELECTOR("gs") == 0 ? 4 : 5)), 4,
		"V08 gs with the kernel's: nothing");
	is_int(forged(fs, 0x60, exit(4)), 4, "V08 fs too");
	is_int(forged(gs, 0x7b, exit(SELECTOR("gs") == 0x7b ? 4 : 5)), 4, "V05 gs with the user's");
}

static void
flags_forged(void)
{
	is_int(forged(eflags, 0x3202, __asm__ volatile("cli")), -SIGSEGV,
		"V08 no privilege for I/O");
	is_int(forged(eflags, 0x23202, exit(flags_now() & 0x23000 ? 1 : 6)), 6,
		"V08 no virtual mode");
	is_int(forged(eflags, 0, exit(flags_now() & 0x200 ? 6 : 1)), 6, "V08 interrupts stay on");
	is_int(forged(eflags, 0x1a4000, exit(flags_now() & 0x1a0000 ? 1 : 6)), 6,
		"V08 nor the flags of virtual interrupts");
	is_int(forged(eflags, 0x302), -SIGTRAP, "V05 a single step is anybody's right");
}

static void
places(void)
{
	is_int(forged(eip, 0xc0100000), -SIGSEGV, "V08 back into the kernel");
	is_int(forged(eip, 0), -SIGSEGV, "V08 back to nowhere");
	is_int(forged(esp, 0, exit(7)), -SIGSEGV, "V08 without a stack");
	is_int(forged(esp, 0xc0100000, exit(7)), -SIGSEGV, "V08 on a stack in the kernel");
	is_int(forged(fpregs, 0xc0100000), -SIGSEGV, "V08 registers from the kernel");
	is_int(forged(fpregs, 16), -SIGSEGV, "V08 registers from nowhere");
	is_int(forged(fpregs, 0xbfffffff), -SIGSEGV, "V08 registers across the end");
	is_int(forged(fpregs, 0, exit(mxcsr_now() == 0x1f80 ? 7 : 1)), 7, "V12 none: fresh ones");
	is_int(in_child(__asm__ volatile("mov $119, %eax; xor %esp, %esp; int $0x80")), -SIGSEGV,
		"V08 sigreturn without a stack");
	is_int(in_child(__asm__ volatile("mov $173, %eax; mov $0xc0100000, %esp; int $0x80")),
		-SIGSEGV, "V08 rt_sigreturn from the kernel's memory");
	is_int(in_child(__asm__ volatile("mov $173, %eax; mov $4, %esp; int $0x80")), -SIGSEGV,
		"V08 rt_sigreturn from page 0");
}

static void
fpu_forged(void)
{
	double one = 1;
	is_int(forged_fpu(112 + 24, 0xffffffff, exit(mxcsr_now() >> 16 ? 1 : 8)), 8,
		"V12 V08 unknown bits of MXCSR");
	is_int(forged_fpu(112 + 24, 0x9fc0, exit(mxcsr_now() == 0x9fc0 ? 8 : 1)), 8,
		"V12 known ones are set");
	is_int(forged_fpu(0, 0xffff0000, exit(8)), 8, "V08 every FPU error unmasked");
	is_int(in_child(handle(SIGUSR1, forge_fpu, SA_SIGINFO); forged_place = 4;
			forged_value = 0xffff003f; raise(SIGUSR1);
			usleep(20000); /* switched away with it */
			exit(8)),
		8, "V08 errors in the FPU's status, masked");
	is_int(forged_fpu(8, 0, __asm__ volatile("fldl %0; fldl %0; fninit" : : "m"(one)); exit(8)),
		8, "V08 a tag word that says the stack is full");
	is_int(forged_fpu(112, 0xffffffff, exit(8)), 8, "V08 the other half's control word");
}

static volatile int again;

static void
pending_error(int number, siginfo_t *info, void *context)
{
	struct fpstate *f = ((ucontext_t *)context)->uc_mcontext.fpregs;
	(void)number;
	(void)info;
	f->cw = 0xffff0340;
	f->sw = 0xffff80bf;
	*(unsigned *)f->fxsave = 0x80bf0340;
	again++;
}

int
main(void)
{
	layout();
	entry();
	faults();
	codes();
	changes();
	signal(SIGSEGV, SIG_DFL);
	signal(SIGILL, SIG_DFL);
	signal(SIGTRAP, SIG_DFL);
	signal(SIGFPE, SIG_DFL);
	segments();
	flags_forged();
	places();
	fpu_forged();
	is_int(in_child(handle(SIGUSR1, pending_error, SA_SIGINFO); raise(SIGUSR1); usleep(20000);
			__asm__ volatile("fwait"); exit(9)),
		-SIGFPE, "V08 V12 an error that waits in the FPU waits for the program");
	return done();
}
