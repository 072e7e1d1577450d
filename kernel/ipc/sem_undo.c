/*
 * SEM_UNDO: what a process did with that flag, its end takes back. A struct sem_undo is made before
 * the first such operation is tried, so that taking note of one never fails for want of memory.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/sem.h>
#include <mm/kmalloc.h>
#include <task/process.h>
#include <task/task.h>

static unsigned long count;

static struct sem_undo *
of_process(const struct list *link)
{
	return list_entry(link, struct sem_undo, of_process);
}

static struct sem_undo *
of_set(const struct list *link)
{
	return list_entry(link, struct sem_undo, of_set);
}

/* The running process's list. NULL: no memory. */
static struct sem_undo_list *
own_list(void)
{
	struct process *process = current->process;

	if (!process->undo) {
		process->undo = kmalloc(sizeof(*process->undo));
		if (process->undo)
			list_init(&process->undo->undos);
	}
	return process->undo;
}

struct sem_undo *
sem_undo_get(struct sem_set *set)
{
	struct sem_undo_list *list = own_list();

	if (!list)
		return NULL;
	list_for_each(link, &list->undos)
		if (of_process(link)->semid == set->sem_perm.id)
			return of_process(link);
	struct sem_undo *undo = kzalloc(sizeof(*undo) + set->sem_nsems * sizeof(undo->adjust[0]));
	if (!undo)
		return NULL;
	undo->semid = set->sem_perm.id;
	list_add_after(&list->undos, &undo->of_process);
	list_add_after(&set->undos, &undo->of_set);
	count++;
	return undo;
}

static void
drop(struct sem_undo *undo)
{
	list_remove(&undo->of_process);
	list_remove(&undo->of_set);
	kfree(undo);
	count--;
}

void
sem_undo_clear(struct sem_set *set, int number)
{
	list_for_each(link, &set->undos) {
		struct sem_undo *undo = of_set(link);
		for (unsigned i = 0; i < set->sem_nsems; i++)
			if (number < 0 || i == (unsigned)number)
				undo->adjust[i] = 0;
	}
}

void
sem_undo_drop(struct sem_set *set)
{
	list_for_each_safe(link, &set->undos)
		drop(of_set(link));
}

/* What POSIX leaves open Linux does so: a value that would leave its range stops at its end. */
static void
take_back(struct sem_set *set, const struct sem_undo *undo, int pid)
{
	for (unsigned i = 0; i < set->sem_nsems; i++) {
		struct semaphore *sem = &set->sems[i];
		if (!undo->adjust[i])
			continue;
		sem->value += undo->adjust[i];
		if (sem->value < 0)
			sem->value = 0;
		if (sem->value > SEMVMX)
			sem->value = SEMVMX;
		sem->pid = pid;
	}
}

void
sem_process_ended(struct process *process)
{
	struct sem_undo_list *list = process->undo;

	if (!list)
		return;
	list_for_each_safe(link, &list->undos) {
		struct sem_undo *undo = of_process(link);
		struct sem_set *set = sem_find(undo->semid); /* it is: its removal drops the undo */
		take_back(set, undo, process->pid);
		drop(undo);
		sem_update_all(set, true);
	}
	process->undo = NULL;
	kfree(list);
}

unsigned long
sem_undo_count(void)
{
	return count;
}

void
sem_undo_check(const struct sem_set *set)
{
	for (const struct list *link = set->undos.next; link != &set->undos; link = link->next)
		if (of_set(link)->semid != set->sem_perm.id ||
			list_empty(&of_set(link)->of_process))
			panic("set %d has an undo that is not its own", set->sem_perm.id);
}
