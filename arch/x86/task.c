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
	uint32_t edi, esi, ebx, ebp;
	uint32_t eip; /* where it returns to */
};

static vaddr_t
stack_top(struct task *task)
{
	return (vaddr_t)task + KSTACK_SIZE;
}

struct trap_frame *
arch_task_frame(struct task *task)
{
	return (struct trap_frame *)stack_top(task) - 1;
}

void
arch_task_init(struct task *task, void (*entry)(void *), void *argument)
{
	struct {
		struct switched_stack switched;
		uint32_t return_address; /* entry never returns */
		uint32_t argument;
		struct trap_frame room; /* for arch_task_frame, should the task go to user mode */
	} *stack = (void *)(stack_top(task) - sizeof(*stack));

	memset(stack, 0, sizeof(*stack));
	stack->switched.eip = (uint32_t)entry;
	stack->argument = (uint32_t)argument;
	memset(&task->arch, 0, sizeof(task->arch));
	fpu_copy_fresh(task->arch.fpu);
	task->arch.esp = (uint32_t)stack;
}

/* The parent is the running task: what the switch would save is still in the CPU. */
static void
save_registers(struct arch_context *context)
{
	fpu_save(context->fpu);
	__asm__ volatile("movl %%gs, %0\n\tmovl %%fs, %1" : "=r"(context->gs), "=r"(context->fs));
}

void
arch_task_fork(struct task *child, struct task *parent, const struct trap_frame *frame)
{
	struct trap_frame *copy = arch_task_frame(child);
	struct switched_stack *stack = (struct switched_stack *)copy - 1;

	*copy = *frame;
	syscall_return(copy, 0);
	memset(stack, 0, sizeof(*stack));
	stack->eip = (uint32_t)leave_to_user;

	save_registers(&child->arch);
	memcpy(child->arch.tls, parent->arch.tls, sizeof(child->arch.tls));
	child->arch.esp = (uint32_t)stack;
}

void
arch_task_exec(struct task *task, struct trap_frame *frame, vaddr_t pc, vaddr_t sp)
{
	memset(frame, 0, sizeof(*frame));
	frame->ds = frame->es = frame->ss = USER_DS;
	frame->cs = USER_CS;
	frame->eflags = EFLAGS_RESERVED | EFLAGS_IF;
	frame->eip = pc;
	frame->esp = sp;

	memset(task->arch.tls, 0, sizeof(task->arch.tls));
	tls_load(task);
	__asm__ volatile("movl %0, %%gs\n\tmovl %0, %%fs" : : "r"(0));
	fpu_load_fresh();
}

void
arch_switch(struct task *from, struct task *to)
{
	save_registers(&from->arch);
	cpu_set_kernel_stack(stack_top(to));
	tls_load(to);
	__asm__ volatile("movl %0, %%gs\n\tmovl %1, %%fs" : : "r"(to->arch.gs), "r"(to->arch.fs));
	fpu_load(to->arch.fpu);
	switch_stacks(&from->arch.esp, to->arch.esp);
}
