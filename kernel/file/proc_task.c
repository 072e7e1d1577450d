/*
 * /proc/PID: what is known of one process, in Linux's formats. A zombie has no tasks and no space.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <file/node.h>
#include <file/proc.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/image.h>
#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define CONSOLE_DEVICE (5 << 8 | 1)
#define KIB_PER_PAGE   (PAGE_SIZE / 1024)

/* The first of its tasks stands for them all. */
static char
state_letter(const struct process *process)
{
	if (process_is_zombie(process))
		return 'Z';
	const struct task *task = process_first_task(process);
	switch (task->state) {
	case TASK_NEW:
	case TASK_SLEEPING:
		return task->sleep_kind == SLEEP_INTERRUPTIBLE ? 'S' : 'D';
	case TASK_STOPPED:
		return 'T';
	default:
		return 'R';
	}
}

/* Bit n-1: the process ignores signal n. */
static unsigned long
ignored_signals(const struct process *process)
{
	unsigned long set = 0;

	for (int signal = 1; signal < 32; signal++) {
		if (process->actions[signal].handler == SIG_IGN)
			set |= 1ul << (signal - 1);
	}
	return set;
}

/* The same of those that a handler is set for. */
static unsigned long
caught_signals(const struct process *process)
{
	unsigned long set = 0;

	for (int signal = 1; signal < 32; signal++) {
		sighandler_t handler = process->actions[signal].handler;
		if (handler != SIG_IGN && handler != SIG_DFL)
			set |= 1ul << (signal - 1);
	}
	return set;
}

static unsigned long
count_tasks(const struct process *process)
{
	unsigned long count = 0;

	list_for_each(link, &process->tasks)
		count++;
	return count;
}

/* What a zombie's space was like. */
static const struct space no_space;

static const struct space *
space_of(const struct process *process)
{
	const struct space *space = process_space(process);

	return space ? space : &no_space;
}

/* 52 fields, numbered in proc(5); those that mean nothing here are 0. */
static void
stat_text(struct text *text, struct process *process)
{
	const struct space *space = space_of(process);
	const struct task *task = process_first_task(process);
	const struct usage usage = process_usage(process), *children = &process->children_used;
	unsigned long blocked = task ? task->signals.blocked : 0;
	int group = terminal_group(process);
	uint64_t started = process->started / (1000000000 / HZ);
	unsigned long limit = process->limits[RLIMIT_RSS].rlim_cur;

	text_printf(text, "%d (%s) %c %d %d %d ", process->pid, process->name,
		state_letter(process), process->parent->pid, process->pgid, process->sid); /* 1-6 */
	text_printf(text, "%d %d 0 ", group < 0 ? 0 : CONSOLE_DEVICE, group); /* 7-9 */
	text_printf(text, "%lu %lu 0 0 ", usage.faults, children->faults);    /* 10-13 */
	text_printf(text, "%lu 0 %lu 0 ", usage.ticks, children->ticks); /* 14-17: user, system */
	text_printf(text, "%d %d %lu 0 %llu ", 20 + process->nice, process->nice,
		count_tasks(process), (unsigned long long)started); /* 18-22 */
	text_printf(text, "%lu %lu %lu ", space->pages * PAGE_SIZE, space->resident,
		limit);			 /* 23-25 */
	text_printf(text, "0 0 0 0 0 "); /* code, stack, esp, eip: 26-30 */
	text_printf(text, "%lu %lu %lu %lu 0 0 0 ",
		(unsigned long)process->signals.set & 0x7fffffff,
		blocked & 0x7fffffff, ignored_signals(process),
		caught_signals(process));		     /* 31-37 */
	text_printf(text, "%d 0 0 0 0 0 0 0 0 ", SIGCHLD); /* 38-46 */
	text_printf(text, "%lu %lu %lu %lu %lu %d\n", space->heap_start, space->arguments,
		space->environment, space->environment, space->environment_end,
		process_is_zombie(process) ? process->exit_status : 0); /* 47-52 */
}

/* Pages of the space by what they are: what file and shared memory have in it, and its areas. */
struct sizes {
	unsigned long shared, text, data, stack, locked;
};

static struct sizes
sizes_of(const struct space *space)
{
	struct sizes sizes = {0};
	struct mmu_entry entry;

	if (space == &no_space)
		return sizes;
	list_for_each(link, &space->areas) {
		const struct vm_area *area = list_entry(link, struct vm_area, link);
		unsigned long pages = (area->end - area->start) / PAGE_SIZE;
		if (area->flags & VM_GROWSDOWN)
			sizes.stack += pages;
		else if (area->rights & VM_WRITE && !(area->flags & VM_SHARED))
			sizes.data += pages;
		else if (area->rights & VM_EXEC)
			sizes.text += pages;
		if (area->flags & VM_LOCKED)
			sizes.locked += pages;
	}
	for (vaddr_t at = 0; mmu_next(&space->mmu, &at, USER_END, &entry); at += PAGE_SIZE)
		sizes.shared += frames[entry.frame].kind != FRAME_ANON;
	return sizes;
}

/* In pages: all, resident, shared, text, 0, data and stack, 0. */
static void
statm_text(struct text *text, struct process *process)
{
	const struct space *space = space_of(process);
	struct sizes sizes = sizes_of(space);

	text_printf(text, "%lu %lu %lu %lu 0 %lu 0\n", space->pages, space->resident, sizes.shared,
		sizes.text, sizes.data + sizes.stack);
}

/*
 * Bytes [start, end) of the process's memory, as far as they are there: nothing is brought in, for
 * that may sleep. They are not the kernel's: who reads them must expect anything.
 */
static void
memory_text(struct text *text, const struct space *space, vaddr_t start, vaddr_t end)
{
	struct mmu_entry entry;

	while (start < end && mmu_query(&space->mmu, start, &entry)) {
		size_t offset = start & PAGE_MASK, size = PAGE_SIZE - offset;
		if (size > end - start)
			size = end - start;
		text_bytes(text, (char *)arch_frame_address(entry.frame) + offset, size);
		start += size;
	}
}

static void
cmdline_text(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);

	if (space)
		memory_text(text, space, space->arguments, space->environment);
}

static void
environ_text(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);

	if (space)
		memory_text(text, space, space->environment, space->environment_end);
}

static void
comm_text(struct text *text, struct process *process)
{
	text_printf(text, "%s\n", process->name);
}

static const char *
state_word(char letter)
{
	switch (letter) {
	case 'R':
		return "running";
	case 'S':
		return "sleeping";
	case 'D':
		return "disk sleep";
	case 'T':
		return "stopped";
	}
	return "zombie";
}

static void
memory_line(struct text *text, const char *name, unsigned long pages)
{
	text_printf(text, "%s:\t%8lu kB\n", name, pages * KIB_PER_PAGE);
}

static void
status_memory(struct text *text, const struct space *space)
{
	struct sizes sizes = sizes_of(space);

	memory_line(text, "VmSize", space->pages);
	memory_line(text, "VmLck", sizes.locked);
	memory_line(text, "VmHWM", space_most_resident(space));
	memory_line(text, "VmRSS", space->resident);
	memory_line(text, "VmData", sizes.data);
	memory_line(text, "VmStk", sizes.stack);
	memory_line(text, "VmExe", sizes.text);
}

static void
status_signals(struct text *text, const struct process *process)
{
	const struct task *task = process_first_task(process);
	unsigned long long own = task ? task->signals.pending.set : 0;
	unsigned long long blocked = task ? task->signals.blocked : 0;

	text_printf(text, "SigPnd:\t%016llx\nShdPnd:\t%016llx\n", own,
		(unsigned long long)process->signals.set);
	text_printf(text, "SigBlk:\t%016llx\nSigIgn:\t%016lx\nSigCgt:\t%016lx\n", blocked,
		ignored_signals(process), caught_signals(process));
}

static void
status_text(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);
	const struct credentials *cred = &process->cred;
	char letter = state_letter(process);

	text_printf(text, "Name:\t%s\nUmask:\t%04o\nState:\t%c (%s)\n", process->name,
		process->umask, letter, state_word(letter));
	text_printf(text, "Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n",
		process->pid, process->pid, process->parent->pid);
	text_printf(text, "Uid:\t%u\t%u\t%u\t%u\n", cred->uid, cred->euid, cred->suid, cred->euid);
	text_printf(text, "Gid:\t%u\t%u\t%u\t%u\n", cred->gid, cred->egid, cred->sgid, cred->egid);
	text_printf(text, "FDSize:\t%d\nGroups:\t", OPEN_MAX);
	for (unsigned i = 0; i < cred->group_count; i++)
		text_printf(text, "%u ", cred->groups[i]);
	text_printf(text, "\n");
	if (space)
		status_memory(text, space);
	text_printf(text, "Threads:\t%lu\n", count_tasks(process));
	status_signals(text, process);
}

/* start-end rights offset device inode, and from a fixed column on the name, if there is one. */
static void
map_line(struct text *text, const struct vm_area *area)
{
	const size_t name_column = 49; /* as on every 32-bit Linux */
	char name[IMAGE_NAME];
	unsigned long inode = area_describe(area, name, sizeof(name));
	size_t line = text->length;

	text_printf(text, "%08lx-%08lx %c%c%c%c %08lx 00:%02x %lu ", area->start, area->end,
		area->rights & VM_READ ? 'r' : '-', area->rights & VM_WRITE ? 'w' : '-',
		area->rights & VM_EXEC ? 'x' : '-', area->flags & VM_SHARED ? 's' : 'p',
		area->offset * PAGE_SIZE, inode ? 1 : 0, inode);
	if (name[0]) {
		int gap = name_column - (text->length - line);
		text_printf(text, "%*s%s", gap > 0 ? gap : 0, "", name);
	}
	text_printf(text, "\n");
}

static void
maps_text(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);

	if (!space)
		return;
	list_for_each(link, &space->areas)
		map_line(text, list_entry(link, struct vm_area, link));
}

/* The program's path; for nobody but its user and root. */
static long
exe_link(struct place place, char *path, size_t size)
{
	const struct process *process = place_process(place);
	const struct space *space = process ? process_space(process) : NULL;

	if (!place_owned(place))
		return -EACCES;
	if (!space || !space->program)
		return -ENOENT;
	return strlcpy(path, space->program->name, size);
}

static const struct file_operations exe_operations = {.name = "exe", .read_link = exe_link};

/* What a link in /proc/PID/fd leads to; -ENOENT: it was closed. */
static int
fd_follow(struct place place, struct place *target)
{
	const struct files *files = place_files(place);
	const struct file *file = files ? files_at(files, place.fd) : NULL;

	if (!file)
		return -ENOENT;
	*target = file->place;
	return 0;
}

/* As on Linux: the path; of a pipe, its node's number. */
static long
fd_link(struct place place, char *text, size_t size)
{
	struct place target;
	int error = fd_follow(place, &target);

	if (error)
		return error;
	if (S_ISFIFO(target.node->mode) && !node_last_name(target.node))
		return snprintf(text, size, "pipe:[%u]", target.node->inode);
	char path[PATH_SIZE];
	const char *begin = place_path(target, path, sizeof(path));
	return snprintf(text, size, "%s%s", begin ? begin : "",
		target.node->links ? "" : " (deleted)");
}

static const struct file_operations fd_operations = {
	.name = "fd", .read_link = fd_link, .follow = fd_follow};

static void
fd_add(struct node *each_process)
{
	struct node *fd = node_add(each_process, "fd", S_IFDIR | 0500, &directory_operations);

	fd->each_descriptor = node_create(fd->filesystem, S_IFLNK | 0700, &fd_operations);
	if (!fd->each_descriptor)
		panic("too little memory for /proc");
}

void
proc_task_add(struct node *each_process)
{
	fd_add(each_process);
	proc_add_file(each_process, "cmdline", 0444, cmdline_text);
	proc_add_file(each_process, "comm", 0444, comm_text);
	proc_add_file(each_process, "environ", 0400, environ_text);
	node_add(each_process, "exe", S_IFLNK | 0777, &exe_operations);
	proc_add_file(each_process, "maps", 0444, maps_text)->for_owner = true;
	proc_add_file(each_process, "stat", 0444, stat_text);
	proc_add_file(each_process, "statm", 0444, statm_text);
	proc_add_file(each_process, "status", 0444, status_text);
}
