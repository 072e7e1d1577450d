/*
 * semop: an array of operations on the semaphores of a set, all or none of them. They are tried one
 * after the other; the first that cannot be done takes back those before it, and its caller sleeps
 * (or goes home, by IPC_NOWAIT). Whoever changes a value tries for the sleepers, in the order in
 * which they came.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/sem.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/process.h>
#include <task/task.h>

#define FEW 64 /* operations that have room on the stack */
#define SEM_OPS_LARGEST 65536 /* there is never memory for more */

/* --- one attempt --- */

/* Take back the operations before `end`. */
static void
roll_back(struct sem_sleeper *s, const struct sembuf *end)
{
	for (const struct sembuf *op = s->ops; op < end; op++) {
		s->set->sems[op->sem_num].value -= op->sem_op;
		if (op->sem_flg & SEM_UNDO)
			s->undo->adjust[op->sem_num] += op->sem_op;
	}
}

/*
 * The one operation: 0, it has been done; SEM_ASLEEP, it cannot be done now; -ERANGE, the value or
 * what is to be taken back would leave its range.
 */
static int
operate(struct sem_sleeper *s, const struct sembuf *op)
{
	struct semaphore *sem = &s->set->sems[op->sem_num];
	int value = sem->value + op->sem_op;

	if (op->sem_op == 0 ? value != 0 : value < 0)
		return SEM_ASLEEP;
	if (value > SEMVMX)
		return -ERANGE;
	if (op->sem_flg & SEM_UNDO) {
		int adjust = s->undo->adjust[op->sem_num] - op->sem_op;
		if (adjust < -SEMAEM - 1 || adjust > SEMAEM)
			return -ERANGE;
		s->undo->adjust[op->sem_num] = adjust;
	}
	sem->value = value;
	return 0;
}

/* The operation cannot be done: none is. What operate_all() answers. */
static int
give_up(struct sem_sleeper *s, const struct sembuf *op, int result)
{
	roll_back(s, op);
	s->blocking = op;
	return result == SEM_ASLEEP && op->sem_flg & IPC_NOWAIT ? -EAGAIN : result;
}

/*
 * All or none: 0, all done; SEM_ASLEEP, -EAGAIN (the one that cannot be done must not wait),
 * -ERANGE.
 */
static int
operate_all(struct sem_sleeper *s)
{
	const struct sembuf *op = s->ops, *end = s->ops + s->count;

	do {
		int result = operate(s, op);
		if (result)
			return give_up(s, op, result);
	} while (++op < end);
	return 0;
}

/* The same, and who did it is written down. */
static int
attempt(struct sem_sleeper *s)
{
	const struct sembuf *op = s->ops, *end = s->ops + s->count;
	int result = operate_all(s), pid = s->task->process->pid;

	if (result)
		return result;
	do
		s->set->sems[op->sem_num].pid = pid;
	while (++op < end);
	return 0;
}

/* --- the lists --- */

static struct sem_sleeper *
sleeper_of(const struct list *link)
{
	return list_entry(link, struct sem_sleeper, link);
}

static void
move(struct list *link, struct list *to)
{
	list_remove(link);
	list_add_before(to, link);
}

static void
line_up(struct sem_sleeper *s)
{
	struct sem_set *set = s->set;
	struct semaphore *sem = &set->sems[s->ops->sem_num];

	set->sleepers++;
	/* the first with several operations: from now on one list has all who change a value */
	if (s->count > 1 && set->several++ == 0)
		for (unsigned i = 0; i < set->sem_nsems; i++)
			list_for_each_safe(link, &set->sems[i].alter)
				move(link, &set->alter);
	if (s->alters)
		list_add_before(set->several ? &set->alter : &sem->alter, &s->link);
	else
		list_add_before(s->count > 1 ? &set->zero : &sem->zero, &s->link);
}

static void
leave(struct sem_sleeper *s)
{
	list_remove(&s->link);
	s->set->sleepers--;
	if (s->count > 1)
		s->set->several--;
}

/* After some have left: without sleepers with several operations, each lies at its semaphore. */
static void
settle(struct sem_set *set)
{
	if (!set->several)
		list_for_each_safe(link, &set->alter)
			move(link, &set->sems[sleeper_of(link)->ops->sem_num].alter);
}

/* The call of who has left ends with `status`. */
static void
finish(struct sem_sleeper *s, int status)
{
	s->status = status;
	sched_wake(s->task, 0);
}

/* --- trying for the sleepers: these are true if one has gone on --- */

/* For those who wait for zeros only: they change nothing. */
static bool
try_zeros(struct list *list)
{
	bool done = false;

	list_for_each_safe(link, list) {
		struct sem_sleeper *s = sleeper_of(link);
		int result = attempt(s);
		if (result == SEM_ASLEEP)
			continue;
		leave(s);
		finish(s, result);
		done |= !result;
	}
	return done;
}

/* Operations have been done: for those who wait for a zero that may be there now. */
static bool
try_zeros_after(struct sem_set *set, const struct sembuf *op, unsigned count)
{
	const struct sembuf *end = op + count;
	bool zero = false, done = false;

	do {
		struct semaphore *sem = &set->sems[op->sem_num];
		if (sem->value)
			continue;
		zero = true;
		if (!list_empty(&sem->zero))
			done |= try_zeros(&sem->zero);
	} while (++op < end);
	if (zero && !list_empty(&set->zero))
		done |= try_zeros(&set->zero);
	return done;
}

/*
 * For the alter list of one semaphore: single operations that may wait. One that goes on takes from
 * the value, so nobody before it can go on because of that.
 */
static bool
try_semaphore(struct sem_set *set, struct semaphore *sem)
{
	bool done = false;

	list_for_each_safe(link, &sem->alter) {
		struct sem_sleeper *s = sleeper_of(link);
		if (!sem->value)
			break;
		int result = operate(s, s->ops);
		if (result == SEM_ASLEEP)
			continue;
		leave(s);
		if (!result) {
			sem->pid = s->task->process->pid;
			try_zeros_after(set, s->ops, 1);
			done = true;
		}
		finish(s, result);
	}
	return done;
}

/* One sleeper of the set's alter list goes on, if any can. */
static bool
try_one(struct sem_set *set)
{
	list_for_each_safe(link, &set->alter) {
		struct sem_sleeper *s = sleeper_of(link);
		int result = attempt(s);
		if (result == SEM_ASLEEP)
			continue;
		leave(s);
		if (!result)
			try_zeros_after(set, s->ops, s->count);
		finish(s, result);
		if (!result)
			return true;
	}
	return false;
}

/* For the set's alter list. What one changes may let any other go on, so begin anew each time. */
static bool
try_set(struct sem_set *set)
{
	bool done = false;

	while (try_one(set))
		done = true;
	return done;
}

void
sem_update_all(struct sem_set *set, bool completed)
{
	bool zero = false;

	for (unsigned i = 0; set->sleepers && i < set->sem_nsems; i++) {
		if (set->sems[i].value)
			continue;
		zero = true;
		completed |= try_zeros(&set->sems[i].zero);
	}
	if (zero)
		completed |= try_zeros(&set->zero);
	completed |= try_set(set);
	settle(set);
	for (unsigned i = 0; set->sleepers && i < set->sem_nsems; i++)
		completed |= try_semaphore(set, &set->sems[i]);
	if (completed)
		set->sem_otime = clock_seconds();
}

/* The running task has done its operations: for whom they let go on. */
static void
update_after(struct sem_set *set, const struct sembuf *op, unsigned count)
{
	const struct sembuf *end = op + count;

	try_zeros_after(set, op, count);
	if (!list_empty(&set->alter)) {
		try_set(set);
		settle(set);
		return;
	}
	do
		if (op->sem_op > 0)
			try_semaphore(set, &set->sems[op->sem_num]);
	while (++op < end);
}

static void
send_home(struct list *list)
{
	list_for_each_safe(link, list) {
		leave(sleeper_of(link));
		finish(sleeper_of(link), -EIDRM);
	}
}

void
sem_send_home(struct sem_set *set)
{
	send_home(&set->zero);
	send_home(&set->alter);
	for (unsigned i = 0; i < set->sem_nsems; i++) {
		send_home(&set->sems[i].zero);
		send_home(&set->sems[i].alter);
	}
}

static unsigned
count_blocked(const struct list *list, unsigned number, bool for_zero)
{
	unsigned count = 0;

	for (const struct list *link = list->next; link != list; link = link->next) {
		const struct sembuf *op = sleeper_of(link)->blocking;
		count += op->sem_num == number && for_zero == (op->sem_op == 0);
	}
	return count;
}

unsigned
sem_count_sleepers(const struct sem_set *set, unsigned number, bool for_zero)
{
	const struct semaphore *sem = &set->sems[number];

	return count_blocked(&set->zero, number, for_zero) +
	       count_blocked(&set->alter, number, for_zero) +
	       count_blocked(for_zero ? &sem->zero : &sem->alter, number, for_zero);
}

/* --- semop --- */

#define FOREVER UINT64_MAX

static bool
is_valid(const struct timespec64 *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < (long)NS_PER_SECOND;
}

/* The deadline that lies so far ahead. */
static uint64_t
from_now(const struct timespec64 *time)
{
	uint64_t now = arch_clock_ns();

	if ((uint64_t)time->tv_sec >= (FOREVER - now) / NS_PER_SECOND - 1)
		return FOREVER;
	return now + time->tv_sec * NS_PER_SECOND + time->tv_nsec;
}

/* Who slept was woken with an error. */
REFUSES static int
refuse_woken(int error)
{
	if (error == -EIDRM)
		return ipc_refuse(EIDRM, "the set was removed while the caller slept");
	if (error == -EAGAIN)
		return ipc_refuse(EAGAIN,
			"after the sleep, one with IPC_NOWAIT would have to wait");
	return ipc_refuse(ERANGE, "a semaphore would have passed %lu", SEMVMX);
}

/* The operation that stands in the way: it cannot be done now, or never. */
REFUSES static int
refuse_operation(const struct sem_sleeper *s, int error)
{
	const struct sembuf *op = s->blocking;
	long value = s->set->sems[op->sem_num].value;

	if (error == -ERANGE)
		return ipc_refuse(ERANGE,
			"semaphore %lu is %ld, by %ld it, or its undo, would pass %lu",
			op->sem_num, value, op->sem_op, SEMVMX);
	return ipc_refuse(EAGAIN, "semaphore %lu is %ld, the operation %ld would have to wait",
		op->sem_num, value, op->sem_op);
}

/* Until all of it has been done by somebody else, or -EIDRM -EINTR -EAGAIN -ERANGE. */
static int
sleep(struct sem_sleeper *s, const struct timespec64 *timeout)
{
	int error;

	s->status = SEM_ASLEEP;
	line_up(s);
	if (timeout)
		error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, from_now(timeout));
	else
		error = wait_sleep(NULL, SLEEP_INTERRUPTIBLE);
	int status = s->status;
	if (!status)
		return 0;
	if (status != SEM_ASLEEP)
		return refuse_woken(status); /* the set may be gone */
	/* a signal, or the time: semop is never made again, even after a stop (signal(7)) */
	leave(s);
	settle(s->set);
	if (error != -ETIMEDOUT)
		return ipc_refuse(EINTR, "a signal ended the sleep");
	return refuse_operation(s, -EAGAIN);
}

/* Inline, for most calls have one operation: their copy of this has no loops. */
__attribute__((always_inline)) static inline long
run(int id, struct sembuf *ops, unsigned count, const struct timespec64 *timeout)
{
	struct sem_sleeper s; /* as far as it is needed: most calls do not sleep */
	const struct sembuf *op = ops;
	unsigned highest = 0, flags = 0;
	bool alters = false;

	if (timeout && !is_valid(timeout))
		return ipc_refuse(EINVAL, "the timeout is no time");
	do {
		if (op->sem_num > highest)
			highest = op->sem_num;
		flags |= op->sem_flg;
		alters |= op->sem_op != 0;
	} while (++op < ops + count);
	struct sem_set *set = sem_find(id);
	if (!set)
		return ipc_refuse_id(&sem_ids, id);
	if (highest >= set->sem_nsems)
		return ipc_refuse(EFBIG, "semaphore %lu, the set has 0 to %lu", highest,
			set->sem_nsems - 1);
	if (!ipc_permitted(&set->sem_perm, alters ? 0222 : 0444))
		return ipc_refuse_access(&set->sem_perm, alters ? 0222 : 0444);
	if (flags & SEM_UNDO && !(s.undo = sem_undo_get(set)))
		return ipc_refuse(ENOMEM, "the kernel has no memory to take note for SEM_UNDO");
	s.set = set;
	s.ops = ops;
	s.count = count;
	s.alters = alters;
	s.task = current;
	int result = attempt(&s);
	if (result == SEM_ASLEEP)
		return sleep(&s, timeout);
	if (result)
		return refuse_operation(&s, result);
	set->sem_otime = clock_seconds();
	if (set->sleepers && alters)
		update_after(set, ops, count);
	return 0;
}

__attribute__((noinline)) static long
operate_several(int id, const struct sembuf *user, unsigned count, const struct timespec64 *timeout)
{
	struct sembuf few[FEW], *ops = few;
	long result = -EFAULT;

	if (count > FEW)
		ops = count > SEM_OPS_LARGEST ? NULL : kmalloc(count * sizeof(*ops));
	if (!ops)
		return ipc_refuse(ENOMEM, "the kernel has no memory for %lu operations", count);
	if (!copy_from_user(ops, user, count * sizeof(*ops)))
		result = run(id, ops, count, timeout);
	if (ops != few)
		kfree(ops);
	return result;
}

long
sem_operate(int id, const struct sembuf *user, unsigned count, const struct timespec64 *timeout)
{
	struct sembuf op;

	if (count > (unsigned)sem_opm)
		return ipc_refuse(E2BIG, "%lu operations in one call, %lu may be (sem)", count,
			sem_opm);
	if (count != 1)
		return count ? operate_several(id, user, count, timeout)
			     : ipc_refuse(EINVAL, "no operation is asked for");
	return copy_from_user(&op, user, sizeof(op)) ? -EFAULT : run(id, &op, 1, timeout);
}

/* --- check=1 --- */

static void
check_list(const struct sem_set *set, const struct list *list, const struct semaphore *sem,
	bool alters)
{
	for (const struct list *link = list->next; link != list; link = link->next) {
		struct sem_sleeper *s = sleeper_of(link);
		if (s->set != set || s->status != SEM_ASLEEP || s->alters != alters)
			panic("a sleeper of set %d lies where it does not belong",
				set->sem_perm.id);
		if (sem && (s->count > 1 || &set->sems[s->ops->sem_num] != sem))
			panic("a sleeper of set %d is not its semaphore's", set->sem_perm.id);
		const struct sembuf *blocking = s->blocking;
		if (!operate_all(s))
			panic("a sleeper of set %d could go on", set->sem_perm.id);
		s->blocking = blocking; /* as it was when it was last tried for: as Linux counts */
	}
}

void
sem_check_sleepers(const struct sem_set *set)
{
	if (!set->several && !list_empty(&set->alter))
		panic("set %d holds back sleepers of single semaphores", set->sem_perm.id);
	check_list(set, &set->alter, NULL, true);
	check_list(set, &set->zero, NULL, false);
	for (unsigned i = 0; i < set->sem_nsems; i++) {
		const struct semaphore *sem = &set->sems[i];
		if (sem->value < 0 || sem->value > SEMVMX)
			panic("semaphore %u of set %d is %d", i, set->sem_perm.id, sem->value);
		check_list(set, &sem->alter, sem, true);
		check_list(set, &sem->zero, sem, false);
		if (set->several && !list_empty(&sem->alter))
			panic("semaphore %u of set %d keeps sleepers from the set's list", i,
				set->sem_perm.id);
	}
}
