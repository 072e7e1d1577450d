/*
 * Acting on signals, on the way out to user mode: a handler's frame is pushed, the process ends or
 * stops, and a call that was interrupted is made again or ends with EINTR.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

/* --- the interrupted call --- */

/* What becomes of it, `action` being that of the handler to be called first; NULL: none was. */
static void
settle_call(struct trap_frame *frame, const struct kernel_sigaction *action)
{
	struct task_signals *s = &current->signals;
	long result = syscall_result(frame);
	bool again = !action;

	if (action && s->call.resumed) { /* it was on its way to be made again */
		s->call.resumed = false;
		syscall_give_up(frame, -EINTR);
	}
	if (!s->call.interrupted)
		return;
	s->call.interrupted = false;
	if (result == -ERESTARTSYS)
		again = !action || action->flags & SA_RESTART;
	else if (result != -ERESTARTNOHAND && result != -ERESTART_RESTARTBLOCK)
		return; /* it had something to return all the same */
	if (again) {
		syscall_repeat(frame, s->call.first_word);
		s->call.resumed = result == -ERESTART_RESTARTBLOCK;
	} else {
		syscall_return(frame, -EINTR);
	}
}

/* --- the alternate stack --- */

bool
signal_on_stack(vaddr_t sp)
{
	const stack_t *stack = &current->signals.stack;

	return !(stack->ss_flags & SS_AUTODISARM) && sp > (vaddr_t)stack->ss_sp &&
		sp - (vaddr_t)stack->ss_sp <= stack->ss_size;
}

int
signal_set_stack(const stack_t *stack, vaddr_t sp)
{
	unsigned mode = stack->ss_flags & ~SS_AUTODISARM;

	if (signal_on_stack(sp))
		return -EPERM;
	if (mode != 0 && mode != SS_ONSTACK && mode != SS_DISABLE)
		return -EINVAL;
	if (mode == SS_DISABLE) {
		current->signals.stack = (stack_t){.ss_flags = stack->ss_flags};
		return 0;
	}
	if (stack->ss_size < MINSIGSTKSZ)
		return -ENOMEM;
	current->signals.stack = *stack;
	return 0;
}

/* --- a handler's call and return --- */

static void
choose_stack(struct signal_call *call, vaddr_t sp, bool wants_other)
{
	const stack_t *stack = &current->signals.stack;
	bool nested = signal_on_stack(sp);

	call->stack = *stack;
	call->sp = sp;
	call->bottom = nested ? (vaddr_t)stack->ss_sp : 0;
	if (!wants_other || nested || !stack->ss_size)
		return;
	call->sp = (vaddr_t)stack->ss_sp + stack->ss_size;
	call->bottom = (vaddr_t)stack->ss_sp;
}

/* Where the handler returns to; false: nowhere, there is no memory. */
static bool
choose_restorer(struct signal_call *call, const struct kernel_sigaction *action)
{
	vaddr_t page;

	if (action->flags & SA_RESTORER) {
		call->restorer = (vaddr_t)action->restorer;
		return true;
	}
	page = space_signal_page(current->space);
	call->restorer = page + (call->with_info ? offsetof(struct signal_code, rt_sigreturn)
						 : offsetof(struct signal_code, sigreturn));
	return page;
}

static void
refuse(struct trap_frame *frame, int signal, vaddr_t sp)
{
	if (signal == SIGSEGV)
		current->process->actions[SIGSEGV].handler = SIG_DFL;
	user_fault(frame, SIGSEGV, SI_KERNEL, sp, "no room on the stack for a handler's frame");
}

static void
call_handler(struct trap_frame *frame, const siginfo_t *info)
{
	struct task_signals *s = &current->signals;
	int signal = info->si_signo;
	struct kernel_sigaction action = current->process->actions[signal];
	struct signal_call call = {
		.handler = (vaddr_t)action.handler,
		.info = info,
		.with_info = action.flags & SA_SIGINFO,
		.blocked = s->suspended ? s->blocked_before : s->blocked,
	};

	settle_call(frame, &action);
	if (action.flags & SA_RESETHAND)
		current->process->actions[signal].handler = SIG_DFL;
	choose_stack(&call, trap_sp(frame), action.flags & SA_ONSTACK);
	if (!choose_restorer(&call, &action) || arch_signal_push(frame, &call)) {
		refuse(frame, signal, call.sp);
		return;
	}
	if (s->stack.ss_flags & SS_AUTODISARM)
		s->stack = (stack_t){.ss_flags = SS_DISABLE};
	s->suspended = false;
	signal_block(s->blocked | signals_of(&action.mask) |
		(action.flags & SA_NODEFER ? 0 : SIGNAL_BIT(signal)));
}

long
signal_return(bool with_info)
{
	struct trap_frame *frame = arch_task_frame(current);
	vaddr_t sp = trap_sp(frame);
	struct signal_return back = {0};

	if (with_info ? arch_signal_pop_info(frame, &back) : arch_signal_pop(frame, &back)) {
		user_fault(frame, SIGSEGV, SI_KERNEL, sp, "sigreturn without a signal's frame");
		return 0;
	}
	signal_block(back.blocked);
	if (with_info)
		signal_set_stack(&back.stack, trap_sp(frame)); /* as Linux: if that can be */
	return syscall_result(frame);
}

/* --- the default --- */

static void
wait_for_continue(void)
{
	current->state = TASK_STOPPED;
	schedule();
}

/* No task of the process comes to user mode any more: so it has stopped. */
static void
stop(int signal)
{
	struct process *process = current->process;

	process->stopped = true;
	process->stop_reported = false;
	process->continued = false;
	process->exit_status = signal << 8 | 0x7f;
	signal_alert_all(process);
	signal_parent(process, CLD_STOPPED, signal);
}

static void
act(struct trap_frame *frame, const siginfo_t *info)
{
	struct process *process = current->process;
	int signal = info->si_signo;
	sighandler_t handler = process->actions[signal].handler;

	if (handler != SIG_DFL && handler != SIG_IGN)
		call_handler(frame, info);
	else if (signal_ignored(process, signal))
		return;
	else if (!(SIGNAL_BIT(signal) & SIGNALS_STOP))
		process_exit(signal);
	else if (signal == SIGSTOP || !group_is_orphaned(process->pgid))
		stop(signal);
}

/* --- the way out --- */

static int
next_signal(siginfo_t *info)
{
	struct task_signals *s = &current->signals;

	if (!s->fault.signal)
		return signal_take(~s->blocked, info);
	*info = (siginfo_t){.si_signo = s->fault.signal, .si_code = s->fault.code};
	if (s->fault.code != SI_KERNEL)
		info->si_addr = (void *)s->fault.address;
	s->fault.signal = 0;
	return info->si_signo;
}

static void
act_on_signals(struct trap_frame *frame)
{
	struct task *task = current;
	siginfo_t info;

	for (;;) {
		if (task->process->exiting || (task->process->heir && task->process->heir != task))
			task_exit(0);
		if (task->process->stopped)
			wait_for_continue(); /* slept: anything may be pending now */
		else if (next_signal(&info))
			act(frame, &info);
		else
			break;
	}
	settle_call(frame, NULL);
	signal_resume();
}

void
return_to_user(struct trap_frame *frame)
{
	struct task *task = current;

	if (task->attention & ATTENTION_SCHEDULE) {
		task->attention &= ~ATTENTION_SCHEDULE;
		wait_yield();
	}
	if (task->attention & ATTENTION_SIGNAL) {
		task->attention &= ~ATTENTION_SIGNAL;
		act_on_signals(frame);
	}
}

/* --- faults --- */

static const char *
signal_name(int signal)
{
	switch (signal) {
	case SIGILL:
		return "SIGILL";
	case SIGTRAP:
		return "SIGTRAP";
	case SIGBUS:
		return "SIGBUS";
	case SIGFPE:
		return "SIGFPE";
	case SIGKILL:
		return "SIGKILL";
	default:
		return "SIGSEGV";
	}
}

/* The report of row V09. */
static void
explain(const struct trap_frame *frame, int signal, vaddr_t address, const char *what)
{
	console_begin();
	kprintf("%s[%d]: %s at 0x%lx, pc 0x%lx: %s\n", current->process->name,
		current->process->pid, signal_name(signal), address, trap_pc(frame), what);
	kprintf("  ");
	arch_describe_fault(frame);
	kprintf("\n");
	vm_explain(current->space, address);
	arch_print_frame(frame);
	kprintf("  so the kernel sends it %s, which kills it\n", signal_name(signal));
	console_end();
}

void
user_fault(struct trap_frame *frame, int signal, int code, vaddr_t address, const char *what)
{
	struct task *task = current;
	struct kernel_sigaction *action = &task->process->actions[signal];

	/* It cannot be ignored or put off: the program would run into it again at once. */
	if (action->handler == SIG_IGN || task->signals.blocked & SIGNAL_BIT(signal))
		action->handler = SIG_DFL;
	task->signals.blocked &= ~SIGNAL_BIT(signal);
	if (action->handler == SIG_DFL) {
		explain(frame, signal, address, what);
		if (task->process == init_process)
			panic("init was killed by %s", signal_name(signal));
	}
	if (signal == SIGKILL) { /* perhaps in the kernel still: it is not to sleep any more */
		signal_send(task->process, SIGKILL);
		return;
	}
	task->signals.fault.signal = signal;
	task->signals.fault.code = code;
	task->signals.fault.address = address;
	task->attention |= ATTENTION_SIGNAL;
}

void
user_page_fault(struct trap_frame *frame, vaddr_t address, int error)
{
	int code = space_find(current->space, address) ? SEGV_ACCERR : SEGV_MAPERR;

	if (error == -ENOMEM)
		user_fault(frame, SIGKILL, SI_KERNEL, address, "out of memory");
	else if (error == -ENXIO)
		user_fault(frame, SIGBUS, BUS_ADRERR, address,
			"page fault beyond the object's end");
	else if (error == -EFAULT)
		user_fault(frame, SIGSEGV, code, address, "page fault");
	/* else a signal that kills ended its sleep: that is dealt with on the way out */
}
