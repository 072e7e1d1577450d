/* Semaphore sets ("arrays"). */

#define _GNU_SOURCE /* SEM_INFO, SEM_STAT */
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>

#include "ipcs.h"

#define LARGEST_VALUE 32767 /* of a semaphore */

/* What semctl wants as its fourth argument; every program defines it for itself. */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *__buf;
};

struct set {
	struct object object;
	unsigned long long count; /* of semaphores */
	long long used, changed;
};

static bool
parse(const char *line, void *object)
{
	struct set *s = object;
	struct object *o = object;

	return sscanf(line, "%d %d %o %llu %u %u %u %u %lld %lld", &o->key, &o->id, &o->mode,
		       &s->count, &o->uid, &o->gid, &o->cuid, &o->cgid, &s->used,
		       &s->changed) == 10;
}

static bool
ask(int slot, void *object)
{
	struct set *s = object;
	struct semid_ds ds;
	struct ipc_perm *perm = &ds.sem_perm;
	int id = semctl(slot, 0, SEM_STAT, (union semun){.buf = &ds});

	if (id < 0)
		return false;
	s->object = (struct object){
		perm->__key, id, perm->mode, perm->uid, perm->gid, perm->cuid, perm->cgid};
	s->count = ds.sem_nsems;
	s->used = ds.sem_otime;
	s->changed = ds.sem_ctime;
	return true;
}

/* The highest slot in use, -1 where the kernel has no such thing; and the numbers of -u. */
static int
last_slot(struct seminfo *info)
{
	return semctl(0, 0, SEM_INFO, (union semun){.__buf = info});
}

static void
show_limits(void)
{
	struct seminfo info;

	printf("------ Semaphore Limits --------\n");
	if (semctl(0, 0, IPC_INFO, (union semun){.__buf = &info}) < 0)
		return;
	printf("max number of arrays = %d\n", info.semmni);
	printf("max semaphores per array = %d\n", info.semmsl);
	printf("max semaphores system wide = %d\n", info.semmns);
	printf("max ops per semop call = %d\n", info.semopm);
	printf("semaphore max value = %d\n", LARGEST_VALUE);
}

static void
show_status(const struct seminfo *info)
{
	printf("------ Semaphore Status --------\n");
	printf("used arrays = %d\n", info->semusz);
	printf("allocated semaphores = %d\n", info->semaem);
}

static void
print_title(enum view view)
{
	switch (view) {
	case CREATORS:
		printf("------ Semaphore Arrays Creators/Owners --------\n");
		print_creators_title("semid");
		break;
	case TIMES:
		printf("------ Semaphore Operation/Change Times --------\n");
		printf("%-8s %-10s %-26.24s %-26.24s\n", "semid", "owner", "last-op",
			"last-changed");
		break;
	default:
		printf("------ Semaphore Arrays --------\n");
		printf("%-10s %-10s %-10s %-10s %-10s\n", "key", "semid", "owner", "perms",
			"nsems");
	}
}

static void
print_set(const struct set *set, enum view view)
{
	const struct object *object = &set->object;

	switch (view) {
	case CREATORS:
		print_creators(object);
		break;
	case TIMES:
		print_owner(object, 8);
		print_long_time("  %-26.24s", set->used);
		print_long_time(" %-26.24s\n", set->changed);
		break;
	default:
		printf("0x%08x ", object->key);
		print_owner(object, 10);
		printf(" %-10o %-10llu\n", object->mode & 0777, set->count);
	}
}

void
sem_show(enum view view)
{
	struct seminfo info;
	struct set set;
	struct walk walk = {"/proc/sysvipc/sem", parse, ask, .last = last_slot(&info)};

	if (walk.last < 0) {
		printf("kernel not configured for semaphores\n");
	} else if (view == LIMITS) {
		show_limits();
	} else if (view == STATUS) {
		show_status(&info);
	} else if (view != PIDS) { /* a set as a whole has none */
		print_title(view);
		walk_begin(&walk);
		while (walk_next(&walk, &set))
			print_set(&set, view);
		walk_end(&walk);
	}
}

static void
print_detail(const struct set *set)
{
	const struct object *object = &set->object;

	printf("\nSemaphore Array semid=%d\n", object->id);
	printf("uid=%u\t gid=%u\t cuid=%u\t cgid=%u\n", object->uid, object->gid, object->cuid,
		object->cgid);
	printf("mode=%#o, access_perms=%#o\n", object->mode, object->mode & 0777);
	printf("nsems = %llu\n", set->count);
	print_long_time("otime = %-26.24s\n", set->used);
	print_long_time("ctime = %-26.24s\n", set->changed);
	printf("%-10s %-10s %-10s %-10s %-10s\n", "semnum", "value", "ncount", "zcount", "pid");
	for (int i = 0; i < (int)set->count; i++)
		printf("%-10d %-10d %-10d %-10d %-10d\n", i, semctl(object->id, i, GETVAL),
			semctl(object->id, i, GETNCNT), semctl(object->id, i, GETZCNT),
			semctl(object->id, i, GETPID));
	putchar('\n');
}

bool
sem_detail(int id)
{
	struct seminfo info;
	struct set set;
	struct walk walk = {"/proc/sysvipc/sem", parse, ask, .last = last_slot(&info)};

	if (!walk_find(&walk, id, &set))
		return false;
	print_detail(&set);
	return true;
}
