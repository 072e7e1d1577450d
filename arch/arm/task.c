/*
 * What a task is to the CPU: its kernel stack, its way into user mode and out, and the switch
 * between two.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <lib/string.h>
#include <task/task.h>

/* What switch_stacks leaves on a stack, and so what a new one must hold. */
struct switched_stack {
	uint32_t r4, r5, r6, r7, r8, r9, r10, fp, ip;
	uint32_t pc; /* where it returns to */
};

struct trap_frame *
arch_task_frame(struct task *task)
{
	return (struct trap_frame *)((vaddr_t)task + KSTACK_SIZE) - 1;
}

/* Below the frame, which is there should the task go to user mode. */
static struct switched_stack *
new_stack(struct task *task, void (*start)(void))
{
	struct switched_stack *stack = (struct switched_stack *)arch_task_frame(task) - 1;

	memset(stack, 0, sizeof(*stack));
	stack->pc = (uint32_t)start;
	task->arch.sp = (uint32_t)stack;
	return stack;
}

void
arch_task_init(struct task *task, void (*entry)(void *), void *argument)
{
	struct switched_stack *stack;

	memset(&task->arch, 0, sizeof(task->arch));
	stack = new_stack(task, task_start);
	stack->r4 = (uint32_t)argument;
	stack->r5 = (uint32_t)entry;
}

/* The parent is the running task: what the switch would save is still in the CPU. */
static void
save_registers(struct arch_context *context)
{
	fpu_save(&context->fpu);
	context->tls_writable = read_tpidrurw();
}

static void
load_registers(const struct arch_context *context)
{
	fpu_load(&context->fpu);
	write_tpidrurw(context->tls_writable);
	write_tpidruro(context->tls);
}

void
arch_task_fork(struct task *child, struct task *parent, const struct trap_frame *frame)
{
	*arch_task_frame(child) = *frame;
	syscall_return(arch_task_frame(child), 0);
	save_registers(&child->arch);
	child->arch.tls = parent->arch.tls;
	new_stack(child, leave_for_first_time);
}

int
arch_task_set_tls(struct task *child, vaddr_t tls)
{
	child->arch.tls = tls;
	return 0;
}

void
arch_task_exec(struct task *task, struct trap_frame *frame, vaddr_t pc, vaddr_t sp)
{
	memset(frame, 0, sizeof(*frame));
	frame->cpsr = MODE_USER | CPSR_FIQ_OFF | (pc & 1 ? CPSR_THUMB : 0);
	frame->pc = pc & ~1ul;
	frame->sp = sp;

	task->arch.tls = task->arch.tls_writable = 0;
	memset(&task->arch.fpu, 0, sizeof(task->arch.fpu));
	load_registers(&task->arch);
}

void
arch_switch(struct task *from, struct task *to)
{
	save_registers(&from->arch);
	load_registers(&to->arch);
	switch_stacks(&from->arch.sp, to->arch.sp);
}
