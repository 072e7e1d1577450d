/* Shared memory segments. */

#define _GNU_SOURCE /* SHM_INFO, SHM_STAT */
#include <stdint.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "ipcs.h"

struct segment {
	struct object object;
	unsigned long long size, attaches;
	int creator, last; /* pids */
	long long attached, detached, changed;
};

static bool
parse(const char *line, void *object)
{
	struct segment *s = object;
	struct object *o = object;

	return sscanf(line, "%d %d %o %llu %d %d %llu %u %u %u %u %lld %lld %lld", &o->key, &o->id,
		       &o->mode, &s->size, &s->creator, &s->last, &s->attaches, &o->uid, &o->gid,
		       &o->cuid, &o->cgid, &s->attached, &s->detached, &s->changed) == 14;
}

static bool
ask(int slot, void *object)
{
	struct segment *s = object;
	struct shmid_ds ds;
	struct ipc_perm *perm = &ds.shm_perm;
	int id = shmctl(slot, SHM_STAT, &ds);

	if (id < 0)
		return false;
	s->object = (struct object){
		perm->__key, id, perm->mode, perm->uid, perm->gid, perm->cuid, perm->cgid};
	s->size = ds.shm_segsz;
	s->attaches = ds.shm_nattch;
	s->creator = ds.shm_cpid;
	s->last = ds.shm_lpid;
	s->attached = ds.shm_atime;
	s->detached = ds.shm_dtime;
	s->changed = ds.shm_ctime;
	return true;
}

/* The highest slot in use, -1 where the kernel has no such thing; and the numbers of -u. */
static int
last_slot(struct shm_info *info)
{
	return shmctl(0, SHM_INFO, (struct shmid_ds *)info);
}

/* A number from a file of /proc/sys/kernel; without it, what the call says of the same limit. */
static unsigned long long
limit(const char *path, unsigned long otherwise)
{
	unsigned long long number = otherwise;
	FILE *file = fopen(path, "r");

	if (file) {
		if (fscanf(file, "%llu", &number) != 1)
			number = otherwise;
		fclose(file);
	}
	return number;
}

/* All pages, in units of which a page has so many; as much as there can be if that runs over. */
static unsigned long long
all_pages(unsigned long long pages, unsigned units)
{
	return pages > UINT64_MAX / units ? UINT64_MAX - UINT64_MAX % units : pages * units;
}

static void
show_limits(void)
{
	struct shminfo info;
	unsigned page = getpagesize();

	printf("------ Shared Memory Limits --------\n");
	if (shmctl(0, IPC_INFO, (struct shmid_ds *)&info) < 0)
		return;
	unsigned long long all = limit("/proc/sys/kernel/shmall", info.shmall);
	printf("max number of segments = %llu\n", limit("/proc/sys/kernel/shmmni", info.shmmni));
	print_limit("max seg size", limit("/proc/sys/kernel/shmmax", info.shmmax), true);
	if (unit == USUAL)
		printf("max total shared memory (kbytes) = %llu\n", all_pages(all, page / 1024));
	else
		print_limit("max total shared memory", all_pages(all, page), false);
	print_limit("min seg size", 1, false);
}

static void
show_status(const struct shm_info *info)
{
	printf("------ Shared Memory Status --------\n");
	printf("segments allocated %d\n", info->used_ids);
	printf("pages allocated %lu\n", info->shm_tot);
	printf("pages resident  %lu\n", info->shm_rss);
	printf("pages swapped   %lu\n", info->shm_swp);
	printf("Swap performance: %lu attempts\t %lu successes\n", info->swap_attempts,
		info->swap_successes);
}

static void
print_title(enum view view)
{
	switch (view) {
	case CREATORS:
		printf("------ Shared Memory Segment Creators/Owners --------\n");
		print_creators_title("shmid");
		break;
	case TIMES:
		printf("------ Shared Memory Attach/Detach/Change Times --------\n");
		printf("%-10s %-10s %-20s %-20s %-20s\n", "shmid", "owner", "attached", "detached",
			"changed");
		break;
	case PIDS:
		printf("------ Shared Memory Creator/Last-op PIDs --------\n");
		printf("%-10s %-10s %-10s %-10s\n", "shmid", "owner", "cpid", "lpid");
		break;
	default:
		printf("------ Shared Memory Segments --------\n");
		printf("%-10s %-10s %-10s %-10s %-10s %-10s %-12s\n", "key", "shmid", "owner",
			"perms", unit == HUMAN ? "size" : "bytes", "nattch", "status");
	}
}

static void
print_segment(const struct segment *segment, enum view view)
{
	const struct object *object = &segment->object;

	switch (view) {
	case CREATORS:
		print_creators(object);
		break;
	case TIMES:
		print_owner(object, 10);
		print_time(" %-20s", segment->attached);
		print_time(" %-20s", segment->detached);
		print_time(" %-20s\n", segment->changed);
		break;
	case PIDS:
		print_owner(object, 10);
		printf(" %-10u %-10u\n", segment->creator, segment->last);
		break;
	default:
		printf("0x%08x ", object->key);
		print_owner(object, 10);
		printf(" %-10o ", object->mode & 0777);
		print_size(segment->size, 10);
		printf(" %-10llu %-6s %-6s\n", segment->attaches,
			object->mode & SHM_DEST ? "dest" : " ",
			object->mode & SHM_LOCKED ? "locked" : " ");
	}
}

void
shm_show(enum view view)
{
	struct shm_info info;
	struct segment segment;
	struct walk walk = {"/proc/sysvipc/shm", parse, ask, .last = last_slot(&info)};

	if (walk.last < 0) {
		printf("kernel not configured for shared memory\n");
	} else if (view == LIMITS) {
		show_limits();
	} else if (view == STATUS) {
		show_status(&info);
	} else {
		print_title(view);
		walk_begin(&walk);
		while (walk_next(&walk, &segment))
			print_segment(&segment, view);
		walk_end(&walk);
	}
}

static void
print_detail(const struct segment *segment)
{
	const struct object *object = &segment->object;
	char text[16];

	printf("\nShared memory Segment shmid=%d\n", object->id);
	printf("uid=%u\tgid=%u\tcuid=%u\tcgid=%u\n", object->uid, object->gid, object->cuid,
		object->cgid);
	printf("mode=%#o\taccess_perms=%#o\n", object->mode, object->mode & 0777);
	if (unit == HUMAN)
		printf("size=%s", human_size(segment->size, text));
	else
		printf("bytes=%llu", segment->size);
	printf("\tlpid=%u\tcpid=%u\tnattch=%llu\n", segment->last, segment->creator,
		segment->attaches);
	print_long_time("att_time=%-26.24s\n", segment->attached);
	print_long_time("det_time=%-26.24s\n", segment->detached);
	print_long_time("change_time=%-26.24s\n\n", segment->changed);
}

bool
shm_detail(int id)
{
	struct shm_info info;
	struct segment segment;
	struct walk walk = {"/proc/sysvipc/shm", parse, ask, .last = last_slot(&info)};

	if (!walk_find(&walk, id, &segment))
		return false;
	print_detail(&segment);
	return true;
}
