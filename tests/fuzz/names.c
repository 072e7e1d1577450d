/* Names for ids, pids and addresses. */
#include "names.h"
#include <stdio.h>
#include <string.h>

static const char letters[KINDS][4] = {"shm", "sem", "msg"};

static int ids[KINDS][OBJECTS_MAX];
static unsigned counts[KINDS];

static struct {
	pid_t pid;
	char name[12];
} processes[1024];
static unsigned process_count, generations[WORKERS];

static struct attach attaches[WORKERS][ATTACHES_MAX];
static unsigned attach_counts[WORKERS], attach_numbers;

void
names_clear(void)
{
	memset(counts, 0, sizeof(counts));
	memset(attach_counts, 0, sizeof(attach_counts));
	memset(generations, 0, sizeof(generations));
	process_count = attach_numbers = 0;
}

void
name_object(enum kind kind, int id)
{
	for (unsigned i = 0; i < counts[kind]; i++)
		if (ids[kind][i] == id)
			return;
	if (counts[kind] < OBJECTS_MAX)
		ids[kind][counts[kind]++] = id;
}

unsigned
object_count(enum kind kind)
{
	return counts[kind];
}

int
object_id(enum kind kind, unsigned number)
{
	return ids[kind][number];
}

const char *
object_name(enum kind kind, int id)
{
	static char name[16];

	for (unsigned i = 0; i < counts[kind]; i++) {
		if (ids[kind][i] == id) {
			snprintf(name, sizeof(name), "%s%u", letters[kind], i);
			return name;
		}
	}
	return "no-id";
}

void
name_process(int worker, pid_t pid)
{
	if (process_count == 1024)
		return;
	processes[process_count].pid = pid;
	snprintf(processes[process_count].name, sizeof(processes[0].name), "w%d.%u", worker,
		generations[worker]++);
	process_count++;
}

const char *
process_name(pid_t pid)
{
	if (pid == 0)
		return "0";
	for (unsigned i = process_count; i-- > 0;)
		if (processes[i].pid == pid)
			return processes[i].name;
	return "conductor";
}

void
attach_add(int worker, long start, long length)
{
	if (attach_counts[worker] < ATTACHES_MAX)
		attaches[worker][attach_counts[worker]++] =
			(struct attach){start, length, attach_numbers++};
}

void
attach_remove(int worker, long start)
{
	for (unsigned i = 0; i < attach_counts[worker]; i++) {
		if (attaches[worker][i].start == start) {
			attaches[worker][i] = attaches[worker][--attach_counts[worker]];
			return;
		}
	}
}

void
attaches_copy(int from, int to)
{
	memcpy(attaches[to], attaches[from], sizeof(attaches[to]));
	attach_counts[to] = attach_counts[from];
}

void
attaches_clear(int worker)
{
	attach_counts[worker] = 0;
}

const struct attach *
attach_pick(int worker)
{
	unsigned count = attach_counts[worker];

	return count ? &attaches[worker][pick(count)] : NULL;
}

const char *
address_name(int worker, long address)
{
	static char name[40];

	snprintf(name, sizeof(name), "%#lx", address);
	for (unsigned i = 0; i < attach_counts[worker]; i++) {
		const struct attach *attach = &attaches[worker][i];
		if (address >= attach->start && address < attach->start + attach->length)
			snprintf(name, sizeof(name), "attach%u+%#lx", attach->number,
				address - attach->start);
	}
	return name;
}
