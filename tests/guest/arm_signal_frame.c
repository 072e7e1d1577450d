/*
 * ARM: the frames on a handler's stack; the registers that a handler changes; handlers in Thumb
 * code; and frames that were made up, which must not give a program what it could not have.
 */
#include "_tap.h"
#include <setjmp.h>

#define CPSR_MODE 0x1f
#define THUMB 0x20

static volatile int calls;
static struct sigframe plain;
static struct rt_sigframe with_info;
static unsigned long frame_at, at_entry[4];

/* The blocks of uc_regspace: which they are is the kernel's choice. */
static struct vfp_sigframe *
vfp_of(ucontext_t *c)
{
	for (unsigned long *block = c->uc_regspace; block[0]; block += block[1] / 4)
		if (block[0] == VFP_MAGIC)
			return (struct vfp_sigframe *)block;
	return 0;
}

static void
handle(int number, void *handler, int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	must(sigaction(number, &action, 0));
	calls = 0;
}

/* A handler's first instructions: its registers, and then `body`. */
#define ENTRY(name, body) \
	__attribute__((naked)) static void name(__attribute__((unused)) int number) \
	{ \
		__asm__("ldr	r3, =at_entry_place\n\t" \
			"ldr	r3, [r3]\n\t" \
			"str	sp, [r3]\n\t" \
			"str	r0, [r3, #4]\n\t" \
			"str	lr, [r3, #8]\n\t" \
			"mrs	ip, cpsr\n\t" \
			"str	ip, [r3, #12]\n\t" \
			"b	" #body "\n\t" \
			".ltorg"); \
	}
unsigned long *at_entry_place = at_entry;

__attribute__((used)) static void
keep_plain(int number)
{
	(void)number;
	frame_at = at_entry[0];
	plain = *(struct sigframe *)frame_at;
	calls++;
}

__attribute__((used)) static void
keep_info(int number, siginfo_t *info, void *context)
{
	(void)number;
	frame_at = at_entry[0];
	with_info = *(struct rt_sigframe *)frame_at;
	calls += (unsigned long)info == frame_at &&
		 (unsigned long)context == frame_at + sizeof(siginfo_t);
}

ENTRY(enter_plain, keep_plain)
ENTRY(enter_info, keep_info)

/* Sends itself SIGUSR1 with known registers: whether they are the same behind it. */
__attribute__((noinline)) static int
send(unsigned seed)
{
	register unsigned r0 __asm__("r0") = getpid();
	register unsigned r1 __asm__("r1") = SIGUSR1;
	register unsigned r2 __asm__("r2") = seed;
	register unsigned r3 __asm__("r3") = seed + 1;
	register unsigned r7 __asm__("r7") = SYS_kill;
	register unsigned r8 __asm__("r8") = seed + 2;
	__asm__ volatile("svc #0"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3), "+r"(r7), "+r"(r8)
			 :
			 : "memory");
	return r0 == 0 && r1 == SIGUSR1 && r2 == seed && r3 == seed + 1 && r7 == SYS_kill &&
	       r8 == seed + 2;
}

static int
shows(const struct sigcontext *c, unsigned seed)
{
	return c->arm_r0 == 0 && c->arm_r1 == SIGUSR1 && c->arm_r2 == seed &&
	       c->arm_r3 == seed + 1 && c->arm_r7 == SYS_kill && c->arm_r8 == seed + 2 &&
	       (c->arm_cpsr & 0xff) == 0x10;
}

static void
layout(void)
{
	handle(SIGUSR1, enter_plain, 0);
	is_int(send(1000), 1, "V05 registers behind a handler");
	is_int(calls, 1, "V05 it ran");
	is_int(plain.context.uc_flags, 0x5ac3c35a, "V05 sigframe: its mark");
	ok(shows(&plain.context.uc_mcontext, 1000), "V05 the registers in it");
	is_int(frame_at % 8, 0, "V05 at a multiple of 8");
	ok(vfp_of(&plain.context), "V12 the floating-point registers are there");

	handle(SIGUSR1, enter_info, SA_SIGINFO);
	is_int(send(2000), 1, "V05 with SA_SIGINFO too");
	is_int(calls, 1, "V05 rt_sigframe: siginfo and ucontext lie in it");
	ok(shows(&with_info.frame.context.uc_mcontext, 2000), "V05 the registers in it");
	is_int(with_info.frame.context.uc_flags, 0, "V05 uc_flags");
	is_int(with_info.frame.context.uc_stack.ss_flags, SS_DISABLE, "V05 uc_stack");
	is_int(frame_at % 8, 0, "V05 at a multiple of 8");
	is_int(at_entry[1], SIGUSR1, "V05 the number in r0");
}

/* --- Thumb --- */

__attribute__((target("thumb"), noinline)) static void
in_thumb(int number)
{
	unsigned flags;
	__asm__ volatile("mrs %0, cpsr" : "=r"(flags));
	calls += number == SIGUSR1;
}

__attribute__((target("thumb"), noinline)) static int
raise_in_thumb(void)
{
	int calm = 0;
	for (int i = 0; i < 100; i++) { /* in the middle of if-then blocks, perhaps */
		if (i & 1)
			calm += raise(SIGUSR1) == 0;
		else
			calm += raise(SIGUSR1) + 1;
	}
	return calm;
}

static void
thumb(void)
{
	handle(SIGUSR1, in_thumb, 0);
	ok((unsigned long)in_thumb & 1, "V05 a function in Thumb code");
	raise(SIGUSR1);
	is_int(calls, 1, "V05 is a handler as well");
	is_int(raise_in_thumb(), 100, "V05 and may interrupt another");
	handle(SIGUSR1, enter_plain, 0);
	is_int(raise_in_thumb(), 100, "V05 ARM code interrupts Thumb code");
	is_int(at_entry[3] & THUMB, 0, "V05 in ARM state");
	struct kernel_sigaction raw = {.handler = in_thumb};
	must(syscall(SYS_rt_sigaction, SIGUSR1, &raw, 0, 8));
	calls = 0;
	is_int(raise_in_thumb(), 100, "V05 without a restorer");
	is_int(calls, 100, "V05 too");
}

/* --- what a fault leaves --- */

static volatile struct sigcontext at_fault;
static volatile siginfo_t told;
static sigjmp_buf back;

static void
keep_fault(int number, siginfo_t *info, void *context)
{
	(void)number;
	told = *info;
	at_fault = ((ucontext_t *)context)->uc_mcontext;
	siglongjmp(back, 1);
}

#define fault_by(signal, statement) \
	({ \
		handle(signal, keep_fault, SA_SIGINFO); \
		told.si_code = -100; \
		if (!sigsetjmp(back, 1)) { \
			statement; \
		} \
		told.si_code; \
	})
#define told_pc() ((unsigned long)told.si_addr == at_fault.arm_pc)

static void
faults(void)
{
	is_int(fault_by(SIGSEGV, poke(12, 1)), SEGV_MAPERR, "V05 SEGV_MAPERR");
	ok(at_fault.fault_address == 12 && at_fault.trap_no == 14 &&
		(at_fault.error_code & 0x80d) == 0x805,
		"V05 a page fault: its address and status");
	is_int(fault_by(SIGILL, __asm__ volatile("udf #0")), ILL_ILLOPC, "V05 ILL_ILLOPC");
	ok(told_pc(), "V05 at the instruction");
	is_int(fault_by(SIGBUS,
		__asm__ volatile("ldrex r0, [%0]" ::"r"((char *)&plain + 1) : "r0")),
		BUS_ADRALN, "V05 BUS_ADRALN");
	is_int((char *)told.si_addr - (char *)&plain, 1, "V05 at the address");
	is_int(fault_by(SIGTRAP, __asm__ volatile("bkpt")), 4 /* TRAP_HWBKPT */, "V05 bkpt");
}

/* --- what a handler changes --- */

static void
change(int number, siginfo_t *info, void *context)
{
	ucontext_t *c = context;
	(void)number;
	(void)info;
	c->uc_mcontext.arm_r0 = 111;
	c->uc_mcontext.arm_r2 = 222;
	c->uc_mcontext.arm_cpsr |= 0x80000000;
	vfp_of(c)->d[9] = 333;
	vfp_of(c)->d[20] = 444;
	vfp_of(c)->fpscr |= 3 << 22;
	sigaddset(&c->uc_sigmask, SIGUSR2);
}

static void
changes(void)
{
	unsigned flags, fpscr, pid = getpid();
	unsigned long long d9, d20;
	sigset_t set;
	handle(SIGUSR1, change, SA_SIGINFO);
	/* from here to the svc there is no call, which would spoil them */
	register unsigned r0 __asm__("r0") = pid;
	register unsigned r1 __asm__("r1") = SIGUSR1;
	register unsigned r2 __asm__("r2") = 0;
	register unsigned r7 __asm__("r7") = SYS_kill;
	__asm__ volatile(".fpu neon\n\tvmov.i32 d9, #0\n\tvmov.i32 d20, #0\n\tsvc #0\n\t"
			 "mrs %3, cpsr\n\tvmov %Q4, %R4, d9\n\tvmov %Q5, %R5, d20\n\t"
			 "vmrs %6, fpscr\n\t"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "=&r"(flags), "=&r"(d9), "=&r"(d20),
			 "=&r"(fpscr)
			 : "r"(r7)
			 : "memory", "d9");
	unsigned answer = r0, other = r2;
	__asm__ volatile("vmsr fpscr, %0" : : "r"(0));
	ok(answer == 111 && other == 222, "V05 a handler changes registers");
	ok(flags >> 31, "V05 the flags");
	ok(d9 == 333 && d20 == 444, "V12 vectors");
	is_int(fpscr >> 22 & 3, 3, "V12 the rounding mode");
	must(sigprocmask(SIG_SETMASK, 0, &set));
	ok(sigismember(&set, SIGUSR2) && !sigismember(&set, SIGUSR1), "V05 the blocked signals");
	sigemptyset(&set);
	must(sigprocmask(SIG_SETMASK, &set, 0));
}

/* --- frames made up --- */

static size_t forged_place;
static unsigned long forged_value;

static void
forge(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	*(unsigned long *)((char *)context + forged_place) = forged_value;
}

static void
forge_vfp(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	*(unsigned long *)((char *)vfp_of(context) + forged_place) = forged_value;
}

/* How a child ends whose handler changes one word of what it returns to. */
#define forged(field, value, ...) \
	in_child(handle(SIGUSR1, forge, SA_SIGINFO); \
		 forged_place = __builtin_offsetof(ucontext_t, uc_mcontext.field); \
		 forged_value = (value); raise(SIGUSR1); __VA_ARGS__)
#define forged_vfp(field, value, ...) \
	in_child(handle(SIGUSR1, forge_vfp, SA_SIGINFO); \
		 forged_place = __builtin_offsetof(struct vfp_sigframe, field); \
		 forged_value = (value); raise(SIGUSR1); __VA_ARGS__)

static unsigned
flags_now(void)
{
	unsigned flags;
	__asm__ volatile("mrs %0, cpsr" : "=r"(flags));
	return flags;
}

static void
modes(void)
{
	static const struct {
		unsigned long cpsr;
		const char *name;
	} modes[] = {
		{0x13, "supervisor"}, {0x1f, "system"}, {0x12, "interrupt"}, {0x17, "abort"},
		{0x11, "fast interrupt"}, {0x1b, "undefined"}, {0x16, "monitor"},
		{0x1a, "hypervisor"}, {0, "26-bit user"}, {0x15, "no"},
	};
	for (unsigned i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		is_int(forged(arm_cpsr, modes[i].cpsr), -SIGSEGV, "V08 into %s mode",
			modes[i].name);
	is_int(forged(arm_cpsr, 0x90), -SIGSEGV, "V08 user mode without interrupts");
	is_int(forged(arm_cpsr, 0x1d0, exit(flags_now() & 0x180 ? 1 : 6)), -SIGSEGV,
		"V08 and without anything");
	is_int(forged(arm_cpsr, 0x150, exit(flags_now() & CPSR_MODE ? 6 : 1)), 6,
		"V08 without fast interrupts and aborts: that is not looked at");
	is_int(forged(arm_cpsr, 0xf0000010, exit(6)), 6, "V05 flags are anybody's");
	is_int(forged(arm_cpsr, 0x01000010, exit(6)), 6, "V08 Jazelle state: not here");
}

static void
places(void)
{
	is_int(forged(arm_pc, 0xc0008000), -SIGSEGV, "V08 back into the kernel");
	is_int(forged(arm_pc, 0), -SIGSEGV, "V08 back to nowhere");
	is_int(forged(arm_sp, 0, exit(7)), -SIGSEGV, "V08 without a stack");
	is_int(in_child(__asm__ volatile("mov r7, #119\n\tmov sp, #0\n\tsvc #0")), -SIGSEGV,
		"V08 sigreturn without a stack");
	is_int(in_child(__asm__ volatile("mov r7, #173\n\tmov sp, #0xc0000000\n\tsvc #0")),
		-SIGSEGV, "V08 rt_sigreturn from the kernel's memory");
	is_int(in_child(__asm__ volatile("mov r7, #173\n\tsub sp, sp, #4\n\tbic sp, sp, #3\n\t"
					 "orr sp, sp, #4\n\tsvc #0")),
		-SIGSEGV, "V08 from a place that is no multiple of 8");
	is_int(in_child(__asm__ volatile("mov r7, #173\n\tsub sp, sp, #4096\n\tbic sp, sp, #7\n\t"
					 "svc #0")),
		-SIGSEGV, "V08 from a piece of stack");
}

static void
vfp_forged(void)
{
	unsigned fpscr;
	is_int(forged_vfp(magic, 1), -SIGSEGV, "V08 the floating-point block with another mark");
	is_int(forged_vfp(size, 4), -SIGSEGV, "V08 with another size");
	is_int(forged_vfp(fpscr, 0xffffffff, __asm__ volatile("vmrs %0, fpscr" : "=r"(fpscr));
			__asm__ volatile("vmsr fpscr, %0" : : "r"(0));
			exit(fpscr >> 22 & 3)),
		3, "V12 V08 every bit of its status");
	is_int(forged_vfp(fpexc, 0xffffffff, usleep(20000); exit(8)), 8,
		"V08 its control is not looked at");
}

int
main(void)
{
	layout();
	thumb();
	faults();
	changes();
	signal(SIGSEGV, SIG_DFL);
	signal(SIGILL, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	signal(SIGTRAP, SIG_DFL);
	modes();
	places();
	vfp_forged();
	return done();
}
