/* semtimedop: how long it waits, and what it takes for a time. */
#include "_sem.h"

/* The direct call: 64 bits of seconds on every port. */
struct time64 {
	long long seconds, nanoseconds;
};
#define timed(id, ops, count, time) syscall(SYS_semtimedop_time64, id, ops, count, time)

static long long
now_ms(void)
{
	struct timespec now;
	must(clock_gettime(CLOCK_MONOTONIC, &now));
	return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

int
main(void)
{
	int id = new_set(1), gone = new_set(1);
	struct sembuf down = {0, -1, 0}, up = {0, 1, 0}, past = {7, 1, 0};
	void *nowhere = private_pages(1, PROT_NONE);

	remove_set(gone);
	long long begin = now_ms();
	fails(semtimedop(id, &down, 1, &(struct timespec){0, 150000000}), EAGAIN, "E01 time is up");
	ok(now_ms() - begin >= 150, "E01 not before its time");
	ok(now_ms() - begin < 5000, "E01 and not long after");
	is_int(waiting_for_more(id, 0), 0, "E01 it is not counted any more");
	fails(semtimedop(id, &down, 1, &(struct timespec){0, 0}), EAGAIN, "E01 no time at all");
	is_int(semtimedop(id, &up, 1, &(struct timespec){0, 0}), 0, "E01 nor is any needed");
	is_int(semtimedop(id, &down, 1, &(struct timespec){5, 0}), 0, "E01 nothing to wait for");
	is_int(semtimedop(id, &up, 1, 0), 0, "E01 no timeout: as semop");
	must(sem_do(id, 0, -1, 0));

	pid_t child = spawn_call(semtimedop(id, &down, 1, &(struct timespec){20, 0}));
	wait_until(waiting_for_more(id, 0) == 1);
	must(sem_do(id, 0, 1, 0));
	is_int(reap(child), 0, "E01 woken before the time is up");
	child = spawn_call(timed(id, &down, 1, (&(struct time64){1ll << 40, 0})));
	wait_until(waiting_for_more(id, 0) == 1);
	must(sem_do(id, 0, 1, 0));
	is_int(reap(child), 0, "E01 more seconds than 32 bits hold");

	fails(timed(id, &up, 1, (&(struct time64){-1, 0})), EINVAL, "E01 less than no time");
	fails(timed(id, &up, 1, (&(struct time64){0, -1})), EINVAL, "E01 nanoseconds below 0");
	fails(timed(id, &up, 1, (&(struct time64){0, 1000000000})), EINVAL, "E01 a second of them");
	fails(timed(id, &up, 1, nowhere), EFAULT, "E01 V08 a time nowhere");
	fails(timed(gone, nowhere, 0, nowhere), EFAULT, "E01 the time is read first");
	fails(timed(id, nowhere, 1, (&(struct time64){-1, 0})), EFAULT,
		"E01 the operations before it is looked at");
	fails(timed(id, &past, 1, (&(struct time64){-1, 0})), EINVAL,
		"E01 a wrong time comes before a wrong semaphore");
	fails(timed(id, &past, 1, (&(struct time64){1, 0})), EFBIG,
		"E01 a wrong semaphore");
	is_int(value_of(id, 0), 0, "E01 nothing was done");
	remove_set(id);
	return done();
}
