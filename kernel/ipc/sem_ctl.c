/* semctl and /proc/sysvipc/sem: what can be asked and said of semaphores. */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/sem.h>
#include <lib/text.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/process.h>
#include <task/task.h>

/* What Linux says of its own undo structures, include/uapi/linux/sem.h: constants without use. */
#define SEMMNU 1024000000
#define SEMMAP 1024000000
#define SEMUME 500
#define SEMUSZ 20

static void
export(const struct ipc_perm *perm, void *ds)
{
	const struct sem_set *set = sem_of(perm);

	*(struct semid64_ds *)ds = (struct semid64_ds){
		.sem_otime = set->sem_otime,
		.sem_ctime = set->sem_ctime,
		.sem_nsems = set->sem_nsems,
	};
}

static void
export_old(const struct ipc_perm *perm, void *ds)
{
	const struct sem_set *set = sem_of(perm);

	*(struct semid_ds_old *)ds = (struct semid_ds_old){
		.sem_otime = set->sem_otime,
		.sem_ctime = set->sem_ctime,
		.sem_nsems = set->sem_nsems,
	};
}

static void
note_change(struct ipc_perm *perm, const void *ds, bool old)
{
	(void)ds, (void)old; /* nothing but the ipc_perm can be set */
	sem_of(perm)->sem_ctime = clock_seconds();
}

static void
describe(struct text *text, const struct ipc_perm *p)
{
	const struct sem_set *s = sem_of(p);

	text_printf(text, "%10d %10d  %4o %10u %5u %5u %5u %5u %10lu %10lu\n", p->key, p->id,
		p->mode, s->sem_nsems, p->uid, p->gid, p->cuid, p->cgid, s->sem_otime,
		s->sem_ctime);
}

static void
check(const struct ipc_perm *perm)
{
	sem_check_sleepers(sem_of(perm));
	sem_undo_check(sem_of(perm));
}

_Static_assert(sizeof(struct semid64_ds) <= IPC_DS_MAX, "one buffer for every kind");

const struct ipc_kind sem_kind = {
	.name = "semaphore set",
	.create = sem_create,
	.suits = sem_suits,
	.ds_size = sizeof(struct semid64_ds),
	.old_ds_size = sizeof(struct semid_ds_old),
	.export = export,
	.export_old = export_old,
	.set = note_change,
	.remove = sem_remove,
	.heading = "       key      semid perms      nsems   uid   gid  cuid  cgid"
		   "      otime      ctime",
	.describe = describe,
	.check = check,
};

/* IPC_INFO: the limits; SEM_INFO: with the use made of them in two places. */
static long
info(int command, void *user)
{
	struct seminfo info = {
		.semmap = SEMMAP,
		.semmni = sem_ids.limit,
		.semmns = sem_mns,
		.semmnu = SEMMNU,
		.semmsl = sem_msl,
		.semopm = sem_opm,
		.semume = SEMUME,
		.semusz = command == SEM_INFO ? sem_ids.in_use : SEMUSZ,
		.semvmx = SEMVMX,
		.semaem = command == SEM_INFO ? sem_used : SEMAEM,
	};
	int highest = ipc_highest(&sem_ids);

	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : highest;
}

/* -EINVAL: there is no such set, or no such semaphore in it. */
REFUSES static int
refuse_semaphore(const struct sem_set *set, int id, int number)
{
	if (!set)
		return ipc_refuse_id(&sem_ids, id);
	return ipc_refuse(EINVAL, "semaphore %ld, the set has 0 to %lu", number,
		set->sem_nsems - 1);
}

REFUSES static int
refuse_removed(void)
{
	return ipc_refuse(EIDRM, "the set was removed while its values were copied");
}

REFUSES static int
refuse_value(unsigned number, int value)
{
	return ipc_refuse(ERANGE, "semaphore %lu to be %ld, 0 to %lu may be", number, value,
		SEMVMX);
}

/* GETVAL, GETPID, GETNCNT, GETZCNT */
static long
get(int id, int number, int command)
{
	const struct sem_set *set = sem_find(id);

	if (!set)
		return ipc_refuse_id(&sem_ids, id);
	if (!ipc_permitted(&set->sem_perm, 0444))
		return ipc_refuse_access(&set->sem_perm, 0444);
	if (number < 0 || (unsigned)number >= set->sem_nsems)
		return refuse_semaphore(set, id, number);
	switch (command) {
	case GETVAL:
		return set->sems[number].value;
	case GETPID:
		return set->sems[number].pid;
	default:
		return sem_count_sleepers(set, number, command == GETZCNT);
	}
}

/* A value is set: what was to be taken back of it is not meant any more. */
static void
put(struct sem_set *set, unsigned number, int value)
{
	set->sems[number].value = value;
	set->sems[number].pid = current->process->pid;
}

static long
set_value(int id, int number, int value)
{
	if (value < 0 || value > SEMVMX)
		return refuse_value(number, value);
	struct sem_set *set = sem_find(id);
	if (!set || number < 0 || (unsigned)number >= set->sem_nsems)
		return refuse_semaphore(set, id, number);
	if (!ipc_permitted(&set->sem_perm, 0222))
		return ipc_refuse_access(&set->sem_perm, 0222);
	sem_undo_clear(set, number);
	put(set, number, value);
	set->sem_ctime = clock_seconds();
	sem_update_all(set, false);
	return 0;
}

static void
get_values(const struct sem_set *set, uint16_t *values)
{
	for (unsigned i = 0; i < set->sem_nsems; i++)
		values[i] = set->sems[i].value;
}

static long
set_values(struct sem_set *set, const uint16_t *values)
{
	for (unsigned i = 0; i < set->sem_nsems; i++)
		if (values[i] > SEMVMX)
			return refuse_value(i, values[i]);
	sem_undo_clear(set, -1);
	for (unsigned i = 0; i < set->sem_nsems; i++)
		put(set, i, values[i]);
	set->sem_ctime = clock_seconds();
	sem_update_all(set, false);
	return 0;
}

/* GETALL, SETALL: the values go through a buffer, for copying them may sleep. */
static long
all_values(int id, int command, void *user)
{
	struct sem_set *set = sem_find(id);
	unsigned wanted = command == SETALL ? 0222 : 0444;
	long result;

	if (!set)
		return ipc_refuse_id(&sem_ids, id);
	if (!ipc_permitted(&set->sem_perm, wanted))
		return ipc_refuse_access(&set->sem_perm, wanted);
	unsigned count = set->sem_nsems;
	size_t size = count * sizeof(uint16_t);
	uint16_t *values = kmalloc(size);
	if (!values)
		return ipc_refuse(ENOMEM, "the kernel has no memory for %lu values", count);
	if (command == GETALL) {
		get_values(set, values);
		result = copy_to_user(user, values, size);
	} else {
		result = copy_from_user(values, user, size);
		if (!result) {
			set = sem_find(id); /* it may have been removed meanwhile */
			result = set && set->sem_nsems == count ? set_values(set, values)
									: refuse_removed();
		}
	}
	kfree(values);
	return result;
}

long
sem_control(int id, int number, int command, unsigned long argument, bool old)
{
	void *user = (void *)argument;

	if (id < 0)
		return ipc_refuse_command(&sem_ids, id, command);
	switch (command) {
	case IPC_INFO:
	case SEM_INFO:
		return info(command, user);
	case IPC_STAT:
		return ipc_stat(&sem_ids, id, user, old);
	case SEM_STAT:
		return ipc_stat_slot(&sem_ids, id, 0444, user, old);
	case SEM_STAT_ANY:
		return ipc_stat_slot(&sem_ids, id, 0, user, old);
	case IPC_SET:
		return ipc_set(&sem_ids, id, user, old);
	case IPC_RMID:
		return ipc_remove(&sem_ids, id);
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
		return get(id, number, command);
	case SETVAL:
		return set_value(id, number, argument);
	case GETALL:
	case SETALL:
		return all_values(id, command, user);
	default:
		return ipc_refuse_command(&sem_ids, id, command);
	}
}

void
sem_check(void)
{
	int used = 0;

	ipc_check(&sem_ids);
	for (unsigned slot = 0; slot < sem_ids.slots.count; slot++)
		if (sem_ids.slots.objects[slot])
			used += sem_of(sem_ids.slots.objects[slot])->sem_nsems;
	if (used != sem_used)
		panic("sets have %d semaphores, the count says %d", used, sem_used);
}
