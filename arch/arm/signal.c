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

/* What a program may change: N Z C V Q, IT, GE, E, T (ARM ARM B1.3.3). */
#define CPSR_USER 0xfe0ffe20u
#define CPSR_IT 0x0600fc00u
#define CPSR_BIG_ENDIAN 0x200u
#define CPSR_PRIVILEGE 0x9fu /* the mode, and interrupts off */
#define FPEXC_ENABLED 0x40000000u
#define PLAIN_FLAGS 0x5ac3c35aul /* uc_flags of a frame without a siginfo */

#define TRAP_ABORT 14 /* Linux's trap_no of page faults, and of undefined instructions */
#define TRAP_UNDEFINED 6

/* mov r7, #119; svc 0 — mov r7, #173; svc 0. Thumb code comes back to it as well. */
const struct signal_code arch_signal_code = {
	.sigreturn = {0x77, 0x70, 0xa0, 0xe3, 0, 0, 0, 0xef},
	.rt_sigreturn = {0xad, 0x70, 0xa0, 0xe3, 0, 0, 0, 0xef},
};

static void
fill_vfp(struct vfp_sigframe *vfp)
{
	struct fpu_state state;

	fpu_save(&state);
	*vfp = (struct vfp_sigframe){
		.magic = VFP_MAGIC,
		.size = sizeof(*vfp),
		.fpscr = state.fpscr,
		.fpexc = FPEXC_ENABLED,
	};
	memcpy(vfp->d, state.d, sizeof(state.d));
}

static void
fill_registers(struct sigcontext *c, const struct trap_frame *frame)
{
	const struct arch_context *arch = &current->arch;

	c->trap_no = arch->fault_status == ABORT_NONE ? TRAP_UNDEFINED : TRAP_ABORT;
	c->error_code = arch->fault_status;
	c->fault_address = arch->fault_address;
	memcpy(&c->arm_r0, frame->r, sizeof(frame->r));
	c->arm_sp = frame->sp;
	c->arm_lr = frame->lr;
	c->arm_pc = frame->pc;
	c->arm_cpsr = frame->cpsr & ~CPSR_FIQ_OFF;
}

static void
fill_context(struct ucontext *c, const struct trap_frame *frame, const struct signal_call *call)
{
	c->uc_mcontext.oldmask = call->blocked;
	c->uc_sigmask.sig[0] = call->blocked;
	c->uc_sigmask.sig[1] = call->blocked >> 32;
	fill_registers(&c->uc_mcontext, frame);
	fill_vfp((struct vfp_sigframe *)c->uc_regspace);
}

/* The frames differ only in that the one has a siginfo before it. */
int
arch_signal_push(struct trap_frame *frame, const struct signal_call *call)
{
	struct rt_sigframe f = {.info = *call->info};
	size_t size = call->with_info ? sizeof(f) : sizeof(f.frame);
	vaddr_t place = (call->sp - size) & -8ul;
	struct rt_sigframe *user = (void *)place;
	bool thumb = call->handler & 1;

	if (place < call->bottom || place > call->sp)
		return -EFAULT;
	fill_context(&f.frame.context, frame, call);
	if (call->with_info)
		f.frame.context.uc_stack = call->stack;
	else
		f.frame.context.uc_flags = PLAIN_FLAGS;
	if (copy_to_user(user, call->with_info ? (void *)&f : (void *)&f.frame, size))
		return -EFAULT;

	frame->r[0] = call->info->si_signo;
	if (call->with_info) {
		frame->r[1] = (uint32_t)&user->info;
		frame->r[2] = (uint32_t)&user->frame.context;
	}
	frame->sp = place;
	frame->lr = call->restorer;
	frame->pc = call->handler & (thumb ? ~1ul : ~3ul);
	frame->cpsr &= ~(CPSR_IT | CPSR_BIG_ENDIAN | CPSR_THUMB);
	frame->cpsr |= thumb ? CPSR_THUMB : 0;
	fpu_clear_vector_mode();
	return 0;
}

static int
pop_vfp(const struct vfp_sigframe *vfp)
{
	struct fpu_state state = {.fpscr = vfp->fpscr};

	if (vfp->magic != VFP_MAGIC || vfp->size != sizeof(*vfp))
		return -EFAULT;
	memcpy(state.d, vfp->d, sizeof(state.d));
	fpu_load(&state);
	return 0;
}

static void
pop_registers(struct trap_frame *frame, const struct sigcontext *c)
{
	bool thumb = c->arm_cpsr & CPSR_THUMB;

	memcpy(frame->r, &c->arm_r0, sizeof(frame->r));
	frame->sp = c->arm_sp;
	frame->lr = c->arm_lr;
	frame->pc = c->arm_pc & (thumb ? ~1ul : ~3ul);
	frame->cpsr = (c->arm_cpsr & CPSR_USER) | MODE_USER | CPSR_FIQ_OFF;
}

static int
pop(struct trap_frame *frame, vaddr_t context, struct signal_return *result)
{
	struct ucontext c;

	if (frame->sp & 7 || copy_from_user(&c, (const void *)context, sizeof(c)))
		return -EFAULT;
	if ((c.uc_mcontext.arm_cpsr & CPSR_PRIVILEGE) != MODE_USER)
		return -EFAULT;
	if (pop_vfp((const struct vfp_sigframe *)c.uc_regspace))
		return -EFAULT;
	result->blocked = c.uc_sigmask.sig[0] | (uint64_t)c.uc_sigmask.sig[1] << 32;
	result->stack = c.uc_stack;
	pop_registers(frame, &c.uc_mcontext);
	return 0;
}

int
arch_signal_pop(struct trap_frame *frame, struct signal_return *result)
{
	return pop(frame, frame->sp, result);
}

int
arch_signal_pop_info(struct trap_frame *frame, struct signal_return *result)
{
	return pop(frame, frame->sp + sizeof(siginfo_t), result);
}
