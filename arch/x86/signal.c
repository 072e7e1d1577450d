/*
 * A handler's call and return. The registers that the signal found lie in a frame on the user's
 * stack, in Linux's layout, and come back from there: whatever the program has made of them.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <lib/string.h>
#include <machine/signal.h>
#include <mm/uaccess.h>
#include <task/task.h>

/* What a program may change of its flags: all that popf lets it (Linux: FIX_EFLAGS). */
#define EFLAGS_USER 0x50dd5u
#define EFLAGS_TF 0x100u
#define EFLAGS_DF 0x400u
#define EFLAGS_RF 0x10000u

/* pop eax; mov eax, 119; int 0x80 — mov eax, 173; int 0x80 */
const struct signal_code arch_signal_code = {
	.sigreturn = {0x58, 0xb8, 119, 0, 0, 0, 0xcd, 0x80},
	.rt_sigreturn = {0xb8, 173, 0, 0, 0, 0xcd, 0x80},
};

/* The frame, and the FPU's registers above it. */
struct place {
	vaddr_t frame;
	struct fpstate *fpregs;
};

/* At the handler's first instruction the stack is as after a call: i386 psABI, 2.2.2. */
static struct place
choose_place(const struct signal_call *call, size_t size)
{
	vaddr_t fxsave = (call->sp - sizeof(((struct fpstate *)0)->fxsave)) & -64ul;
	vaddr_t fpregs = fxsave - __builtin_offsetof(struct fpstate, fxsave);

	return (struct place){((fpregs - size + 4) & -16ul) - 4, (struct fpstate *)fpregs};
}

static int
push_fpregs(struct fpstate *user)
{
	struct fpstate state __attribute__((aligned(16)));

	fpu_save_frame(&state);
	return copy_to_user(user, &state, sizeof(state));
}

static void
fill_context(struct sigcontext *c, const struct trap_frame *f, const struct signal_call *call,
	struct fpstate *fpregs)
{
	const struct last_fault *fault = &current->arch.fault;

	*c = (struct sigcontext){{{.es = f->es & 0xffff, .ds = f->ds & 0xffff,
		.edi = f->edi, .esi = f->esi, .ebp = f->ebp, .esp = f->esp,
		.ebx = f->ebx, .edx = f->edx, .ecx = f->ecx, .eax = f->eax,
		.trapno = fault->vector, .err = fault->error,
		.eip = f->eip, .cs = f->cs & 0xffff, .eflags = f->eflags,
		.esp_at_signal = f->esp, .ss = f->ss & 0xffff}},
		.fpregs = fpregs, .oldmask = call->blocked, .cr2 = fault->address};
	__asm__ volatile("movl %%gs, %0\n\tmovl %%fs, %1" : "=r"(c->gs), "=r"(c->fs));
}

static int
push_plain(const struct trap_frame *frame, const struct signal_call *call, struct place place)
{
	struct sigframe f = {.return_address = call->restorer, .signal = call->info->si_signo,
		.mask_high = call->blocked >> 32};

	memcpy(f.code, arch_signal_code.sigreturn, sizeof(f.code));
	fill_context(&f.context, frame, call, place.fpregs);
	return copy_to_user((void *)place.frame, &f, sizeof(f));
}

static int
push_with_info(const struct trap_frame *frame, const struct signal_call *call, struct place place)
{
	struct rt_sigframe *user = (void *)place.frame;
	struct rt_sigframe f = {.return_address = call->restorer, .signal = call->info->si_signo,
		.info_address = &user->info, .context_address = &user->context,
		.info = *call->info};

	f.context.uc_stack = call->stack;
	f.context.uc_sigmask.sig[0] = call->blocked;
	f.context.uc_sigmask.sig[1] = call->blocked >> 32;
	memcpy(f.code, arch_signal_code.rt_sigreturn, sizeof(f.code));
	fill_context(&f.context.uc_mcontext, frame, call, place.fpregs);
	return copy_to_user(user, &f, sizeof(f));
}

int
arch_signal_push(struct trap_frame *frame, const struct signal_call *call)
{
	size_t size = call->with_info ? sizeof(struct rt_sigframe) : sizeof(struct sigframe);
	struct place place = choose_place(call, size);
	struct rt_sigframe *user = (void *)place.frame;

	if (place.frame < call->bottom || place.frame > call->sp || push_fpregs(place.fpregs))
		return -EFAULT;
	if (call->with_info ? push_with_info(frame, call, place) : push_plain(frame, call, place))
		return -EFAULT;

	frame->eip = call->handler;
	frame->esp = place.frame;
	frame->eax = call->info->si_signo; /* as Linux: for handlers that take it in registers */
	frame->edx = call->with_info ? (uint32_t)&user->info : 0;
	frame->ecx = call->with_info ? (uint32_t)&user->context : 0;
	frame->cs = USER_CS;
	frame->ds = frame->es = frame->ss = USER_DS;
	frame->eflags &= ~(EFLAGS_TF | EFLAGS_DF | EFLAGS_RF);
	fpu_load_fresh();
	return 0;
}

/*
 * Code and stack that iret would refuse: the program stays with its own, and hears of it by SIGILL,
 * as on Linux, where iret does fault.
 */
static void
pop_segments(struct trap_frame *f, const struct sigcontext *c)
{
	bool good = (c->cs | 3) == USER_CS && tls_is_stack(c->ss | 3);

	__asm__ volatile("movl %0, %%gs\n\tmovl %1, %%fs"
			 : : "r"((unsigned)tls_loadable(c->gs)),
			   "r"((unsigned)tls_loadable(c->fs)));
	f->ds = tls_loadable(c->ds);
	f->es = tls_loadable(c->es);
	f->ss = good ? (c->ss | 3) & 0xffff : USER_DS;
	if (!good)
		user_fault(f, SIGILL, ILL_BADSTK, 0, "sigreturn to segments that are not its own");
}

static int
pop_context(struct trap_frame *f, const struct sigcontext *c)
{
	struct fpstate state __attribute__((aligned(16)));

	if (c->fpregs && copy_from_user(&state, c->fpregs, sizeof(state)))
		return -EFAULT;
	if (c->fpregs)
		fpu_load_frame(&state);
	else
		fpu_load_fresh();
	f->edi = c->edi;
	f->esi = c->esi;
	f->ebp = c->ebp;
	f->esp = c->esp;
	f->ebx = c->ebx;
	f->edx = c->edx;
	f->ecx = c->ecx;
	f->eax = c->eax;
	f->eip = c->eip;
	f->eflags = (f->eflags & ~EFLAGS_USER) | (c->eflags & EFLAGS_USER);
	pop_segments(f, c);
	return 0;
}

/* The handler's return has popped the first word, the other code the second. */
int
arch_signal_pop(struct trap_frame *frame, struct signal_return *result)
{
	struct sigframe f;

	if (copy_from_user(&f, (const void *)(frame->esp - 8), sizeof(f)))
		return -EFAULT;
	result->blocked = f.context.oldmask | (uint64_t)f.mask_high << 32;
	return pop_context(frame, &f.context);
}

int
arch_signal_pop_info(struct trap_frame *frame, struct signal_return *result)
{
	struct rt_sigframe f;

	if (copy_from_user(&f, (const void *)(frame->esp - 4), sizeof(f)))
		return -EFAULT;
	result->blocked = f.context.uc_sigmask.sig[0] | (uint64_t)f.context.uc_sigmask.sig[1] << 32;
	result->stack = f.context.uc_stack;
	return pop_context(frame, &f.context.uc_mcontext);
}
