/*
 * The scheduler: round robin. One queue of ready tasks; who has used up its slice goes to the end.
 * When the queue is empty the idle task (the boot stack, on no queue) waits for an interrupt.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

static struct list ready = LIST_INIT(ready);
static struct task *idle;
static unsigned long switches;

void
sched_init(void)
{
	idle = current;
	idle->canary = TASK_CANARY;
	idle->process = &kernel_process;
	list_init(&idle->run_link);
}

unsigned long
sched_switches(void)
{
	return switches;
}

void
sched_ready(struct task *task)
{
	task->state = TASK_READY;
	list_add_before(&ready, &task->run_link);
}

unsigned long
sched_idle_ticks(void)
{
	return idle->ticks;
}

unsigned long
sched_ready_count(void)
{
	unsigned long count = current != idle;

	list_for_each(link, &ready)
		count++;
	return count;
}

void
sched_set_floor(void)
{
	space_runs(current->space);
}

static struct task *
choose(void)
{
	if (list_empty(&ready))
		return idle;
	struct task *task = list_entry(ready.next, struct task, run_link);
	list_remove(&task->run_link);
	return task;
}

/*
 * Whoever is current when this is called has put itself where it will be found again: on the ready
 * queue, on a wait queue, among the ended. Everything that was true before may be false after.
 */
void
schedule(void)
{
	struct task *from = current;
	struct task *to = choose();

	if (from->canary != TASK_CANARY)
		panic("the kernel stack of pid %d ran over", from->process->pid);
	if (from == to)
		return;
	switches++;
	to->switches++;
	if (to->space && to->space != from->space)
		mmu_switch(&to->space->mmu);
	space_runs(to->space);
	arch_switch(from, to); /* others run now; it returns when `from` is chosen again */
}

void
sched_wake(struct task *task, int reason)
{
	if (task->state != TASK_SLEEPING)
		return;
	list_remove(&task->run_link);
	timer_stop(&task->wakeup);
	task->wake_reason = reason;
	sched_ready(task);
}

void
sched_tick(void)
{
	struct task *task = current;

	/* they come in user mode, in the idle loop, or as wait_pause() lets them */
	task->ticks++;
	if (task == idle)
		return;
	if (task->slice)
		task->slice--;
	if (!task->slice)
		task->attention |= ATTENTION_SCHEDULE;
}

void
wait_yield(void)
{
	if (current == idle)
		return;
	current->slice = SLICE_TICKS;
	sched_ready(current);
	schedule();
}

void
wait_pause(void)
{
	arch_take_interrupts();
	if (!(current->attention & ATTENTION_SCHEDULE))
		return;
	current->attention &= ~ATTENTION_SCHEDULE;
	wait_yield();
}

_Noreturn void
sched_idle(void)
{
	for (;;) {
		while (!list_empty(&ready))
			schedule();
		arch_idle();
	}
}
